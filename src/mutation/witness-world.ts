import { systemTime, type TimeSource } from '../clock.ts';
import { createReceiver } from '../receiver/create-receiver.ts';
import { mockApis } from '../server/create-mock.ts';
import type { Mock } from '../server/model/mock.ts';
import type { ServedApi } from '../server/model/served-api.ts';
import type { WitnessAnswer, WitnessRequest } from './mutants/script.ts';

/** When all mocks of mutants begin; nothing but requests moves their clocks. */
export const standstill = '2026-01-01T00:00:00Z';

/** Stamps and signatures are the same in every run. */
const stillTime: TimeSource = {
  now: () => Date.parse(standstill),
  monotonic: () => 0,
  wait: (delay, callback) => systemTime.wait(delay, callback),
};

/** What somebody sees who calls a mock and has subscribed to its webhooks. */
export interface Observed {
  readonly answers: readonly WitnessAnswer[];
  readonly deliveries: readonly string[];
  /** The events that were told, as the mock has it. */
  readonly told: readonly string[];
}

/** Mocks that are asked the same and seen by the same receiver of webhooks. */
export interface WitnessWorld {
  /** Where webhooks are received. */
  readonly receiver: string;
  start(api: ServedApi, seed: number): Promise<WitnessedMock>;
  close(): Promise<void>;
}

export interface WitnessedMock {
  readonly mock: Mock;
  /** Sends requests one after the other to a namespace of their own; the receiver fails the first so many times. */
  observe(requests: readonly WitnessRequest[], failures?: number): Promise<Observed>;
  close(): Promise<void>;
}

export async function openWitnessWorld(): Promise<WitnessWorld> {
  const { Agent, request } = await import('undici');
  const agent = new Agent();
  const receiver = await createReceiver();
  let namespaces = 0;

  async function send(mock: Mock, namespace: string, asked: WitnessRequest): Promise<WitnessAnswer> {
    const { body, headers, method, path } = asked;
    const answer = await request(`${mock.url}${path}`, {
      dispatcher: agent,
      method,
      headers: { ...headers, 'sparring-namespace': namespace },
      ...(body !== undefined && { body }),
    });
    return {
      status: answer.statusCode,
      headers: steadyHeaders(answer.headers),
      body: (await answer.body.text()).replaceAll(mock.url, 'http://mock'),
    };
  }

  return {
    receiver: `${receiver.url}/hooks`,
    async start(api, seed) {
      const mock = await mockApis(new Map([[api.name, api]]), {
        port: 0,
        now: standstill,
        seed,
        time: stillTime,
      });
      let former: string | undefined;
      return {
        mock,
        async observe(requests, failures = 0) {
          namespaces += 1;
          const namespace = `witness-${namespaces}`;
          receiver.clear();
          let left = failures;
          receiver.answer(() => {
            left -= 1;
            return { status: left >= 0 ? 500 : 200 };
          });
          const answers: WitnessAnswer[] = [];
          for (const asked of requests) answers.push(await send(mock, namespace, asked).catch(unanswered));
          const { webhooks } = await mock.namespace(namespace);
          await webhooks.whenIdle();
          const told = webhooks
            .deliveries()
            .flatMap(({ event, state }) => (state === 'delivered' ? [event] : []));
          const deliveries = receiver.requests.map(deliveryText);
          // Who is asked but once need not forget.
          if (former !== undefined)
            await send(mock, former, { ...nothing, path: `/_sparring/namespaces/${former}` });
          former = namespace;
          return { answers, deliveries, told };
        },
        close: () => mock.close(),
      };
    },
    async close() {
      await agent.destroy();
      await receiver.close();
    },
  };
}

const nothing = { method: 'DELETE', headers: {}, body: undefined };

function unanswered(error: unknown): WitnessAnswer {
  return { status: 0, headers: {}, body: error instanceof Error ? error.message : String(error) };
}

/** Header fields that tell of the connection rather than of the answer; and the list of what a request breaks, which names the exchange. */
const passing = [
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'sparring-violations',
  'host',
];

function steadyHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !passing.includes(name.toLowerCase()));
  return Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]));
}

interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

function deliveryText({ headers, method, path, text }: Arrived): string {
  return JSON.stringify([method, path, steadyHeaders(headers), text]);
}

/** Whether two mocks could be told apart by what was seen of them. */
export function differ(one: Observed, other: Observed): boolean {
  const seen = ({ answers, deliveries }: Observed) => JSON.stringify([answers, deliveries]);
  return seen(one) !== seen(other);
}
