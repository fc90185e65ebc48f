import type { TimeSource } from '../../clock.ts';
import type { Namespace } from '../../state/namespace.ts';
import type { Namespaces } from '../../state/namespaces.ts';
import type { EmitterMeans } from '../emission/emitter.ts';
import type { Exchange } from '../message/exchange.ts';
import type { MountOption } from '../model/mock-options.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { ServedNamespace } from '../model/served-namespace.ts';
import type { Exposure } from '../routing/exposure.ts';
import type { Mounts } from '../routing/locate-api.ts';
import { mountApis } from '../routing/mount-apis.ts';
import { SharedBytes } from '../traffic/shared-bytes.ts';
import { serveNamespace } from './serve-namespace.ts';

interface MockServerOptions {
  readonly apis: Map<string, ServedApi>;
  readonly mount: MountOption | undefined;
  readonly exposure: Exposure;
  readonly namespaces: Namespaces;
  readonly time: TimeSource;
  readonly emission: EmitterMeans;
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
  readonly onInternalError: ServedNamespace['onInternalError'];
  readonly tellOnce: ServedNamespace['tellOnce'];
  /** Called once for each namespace that is served. */
  readonly prepare: (served: ServedNamespace) => void;
  /** Called whenever a namespace begins to stay: what is scheduled in it may happen. */
  readonly start: (served: ServedNamespace) => void;
}

/** Bytes of bodies that the journals of all namespaces keep together. */
const mostJournalBytes = 64 * 1024 * 1024;

/** What the adapters need of a running mock: where APIs are mounted, whose state a request is about, who may call. */
export class MockServer {
  readonly exposure: Exposure;
  readonly namespaces: Namespaces;
  readonly apis: ReadonlyMap<string, ServedApi>;
  readonly #options: MockServerOptions;
  readonly #served = new WeakMap<Namespace, ServedNamespace>();
  readonly #journalBytes = new SharedBytes(mostJournalBytes);
  #mounts: Mounts<ServedApi>;

  constructor(options: MockServerOptions) {
    this.exposure = options.exposure;
    this.namespaces = options.namespaces;
    this.apis = options.apis;
    this.#options = options;
    this.#mounts = mountApis(options.apis, options.mount);
  }

  /** Tells the log what it should know, once. */
  get tellOnce(): ServedNamespace['tellOnce'] {
    return this.#options.tellOnce;
  }

  get mounts(): Mounts<ServedApi> {
    return this.#mounts;
  }

  /** Serves a document that was loaded again in the place of the former one of that name. */
  replace(api: ServedApi): void {
    this.#options.apis.set(api.name, api);
    this.#mounts = mountApis(this.#options.apis, this.#options.mount);
  }

  /** The namespace of that name, made from the fixtures on first use. Throws `namespace-invalid` or `namespace-limit`. */
  namespace(name: string): ServedNamespace | Promise<ServedNamespace> {
    const found = this.namespaces.get(name);
    if (found instanceof Promise) return found.then((namespace) => this.#serve(namespace));
    return this.#serve(found);
  }

  /** The namespace that a request names, which may be a passing one; see `Namespaces.visit`. */
  visit(name: string, isRemembered: boolean): ServedNamespace | Promise<ServedNamespace> {
    const found = this.namespaces.visit(name, isRemembered);
    if (found instanceof Promise) return found.then((namespace) => this.#serve(namespace));
    return this.#serve(found);
  }

  /** Lets the deliveries under way end, and starts no more. */
  async close(): Promise<void> {
    await Promise.all(
      this.namespaces.living().map((namespace) => this.#served.get(namespace)?.emitter.close()),
    );
    await this.#options.emission.connections.close();
  }

  #serve(namespace: Namespace): ServedNamespace {
    const kept = this.#served.get(namespace);
    if (kept) return kept;
    const served = serveNamespace(namespace, { ...this.#options, journalBytes: this.#journalBytes });
    this.#served.set(namespace, served);
    namespace.onClose(() => {
      served.journal.clear();
      void served.emitter.close();
    });
    this.#options.prepare(served);
    namespace.onStay(() => this.#options.start(served));
    if (!namespace.isPassing) this.#options.start(served);
    return served;
  }
}
