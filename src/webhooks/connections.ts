import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Agent, buildConnector } from 'undici';
import { AttemptFailure } from './attempt-error.ts';
import type { Deadline } from './deadline.ts';
import type { AllowedTarget } from './target-guard.ts';

/** What a new connection may be made to, and until when: the pin of the attempt that needs it, or of a later one at its origin. */
export interface Pin {
  readonly target: AllowedTarget;
  readonly deadline: Deadline;
}

/** Origins whose pins are kept: more than ever have requests waiting for a connection at once. */
const mostPins = 10_000;

/** Answers only with addresses the guard has checked; the name is not resolved a second time. */
function pinnedLookup({ addresses }: AllowedTarget): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
  };
}

function openSocket(options: buildConnector.Options, { target }: Pin, trust: string | undefined): Socket {
  const isTls = options.protocol === 'https:';
  const host = options.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(options.port || (isTls ? 443 : 80));
  const address = { host, port, lookup: pinnedLookup(target), autoSelectFamily: true, noDelay: true };
  if (!isTls) return connectTcp(address);
  const servername = isIP(host) === 0 ? host.replace(/\.$/, '') : '';
  return connectTls({
    ...address,
    servername,
    ALPNProtocols: ['http/1.1'],
    ...(trust !== undefined && { ca: trust }),
  });
}

/** The last check: whatever was asked for, this is who answered. */
function isPinned(socket: Socket, { target }: Pin): boolean {
  const remote = socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, '');
  return target.addresses.some(({ address }) => remote !== undefined && sameAddress(address, remote));
}

function sameAddress(left: string, right: string): boolean {
  return left === right || canonical(left) === canonical(right);
}

/** IPv6 has many spellings of one address; IPv4-mapped ones arrive as IPv4. */
function canonical(address: string): string {
  if (isIP(address) !== 6) return address;
  const [bare = ''] = address.split('%', 1);
  const mapped = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(new URL(`http://[${bare}]`).hostname);
  if (!mapped) return new URL(`http://[${bare}]`).hostname;
  const value = Number.parseInt(mapped[1] ?? '', 16) * 65_536 + Number.parseInt(mapped[2] ?? '', 16);
  return new URL(`http://${value}`).hostname;
}

function connectPinned(
  options: buildConnector.Options,
  callback: buildConnector.Callback,
  pin: Pin | undefined,
  trust: string | undefined,
): void {
  if (!pin) {
    callback(new AttemptFailure('closed', 'No attempt is waiting for this connection.'), null);
    return;
  }
  const socket = openSocket(options, pin, trust);
  let settled = false;
  pin.deadline.onPass(() => {
    if (!settled) socket.destroy(new AttemptFailure('timeout', 'The deadline passed while connecting.'));
  });
  const settle = (error: Error | null) => {
    if (settled) return;
    settled = true;
    if (error) callback(error, null);
    else callback(null, socket);
  };
  socket.on('error', settle);
  socket.once('close', () =>
    settle(new AttemptFailure('connection-reset', 'The receiver closed the connection.')),
  );
  socket.once(options.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    if (isPinned(socket, pin)) settle(null);
    else
      socket.destroy(new AttemptFailure('blocked', 'The connection led to an address that was not checked.'));
  });
}

function originOf({ host, protocol }: buildConnector.Options): string {
  return `${protocol}//${host}`;
}

/**
 * Connections kept alive between attempts, each made to an address the guard has checked. Give every guard its own, so
 * that one guard's connections never serve another's requests.
 */
export class Connections {
  readonly #trust: string | undefined;
  /** What the last attempt at an origin found, the latest one last. */
  readonly #pins = new Map<string, Pin>();
  #agent: Agent | undefined;
  #opening: Promise<Agent> | undefined;

  /** `trust`: certificates (PEM) that TLS targets may be signed by, instead of the system's. */
  constructor(options: { readonly trust?: string } = {}) {
    this.#trust = options.trust;
  }

  /** The client; undefined until it has been opened. */
  get agent(): Agent | undefined {
    return this.#agent;
  }

  open(): Promise<Agent> {
    this.#opening ??= this.#createAgent();
    return this.#opening;
  }

  /** Lets connections to the target's origin be made, to the pin's addresses; the client makes one when it has a request for it. */
  pin(pin: Pin): void {
    const { origin } = pin.target;
    if (this.#pins.size >= mostPins && !this.#pins.has(origin)) this.#forgetOldest();
    this.#pins.set(origin, pin);
  }

  /** Ends what is under way and closes every connection. */
  async close(): Promise<void> {
    const agent = await this.#opening;
    if (agent && !agent.destroyed) await agent.destroy();
  }

  #forgetOldest(): void {
    for (const origin of this.#pins.keys()) {
      this.#pins.delete(origin);
      return;
    }
  }

  /** The client is loaded at the first delivery, since most runs deliver nothing at start. */
  async #createAgent(): Promise<Agent> {
    const { Agent } = await import('undici');
    // An attempt has one deadline of its own, so that the client's timeouts by phase are off.
    this.#agent = new Agent({
      connect: (options, callback) => {
        connectPinned(options, callback, this.#pins.get(originOf(options)), this.#trust);
      },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    return this.#agent;
  }
}
