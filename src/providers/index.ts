import type { Provider } from './model/provider.ts';

/** What no document can say, by API; loaded only when that API is served. */
const providers: Readonly<Record<string, () => Promise<Provider>>> = {
  authentic: async () => (await import('./authentic.ts')).authenticProvider,
  apitree: async () => (await import('./apitree.ts')).apitreeProvider,
  hive: async () => (await import('./hive.ts')).hiveProvider,
  hover: async () => (await import('./hover.ts')).hoverProvider,
  rehive: async () => (await import('./rehive.ts')).rehiveProvider,
};

/** The behaviours of a bundled API; undefined for one that is all in its document. */
export async function loadProvider(api: string): Promise<Provider | undefined> {
  return Object.hasOwn(providers, api) ? providers[api]?.() : undefined;
}
