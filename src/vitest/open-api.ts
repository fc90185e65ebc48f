import { createPlanContext, type PlanContext } from '../contract/plan/requests/plan-context.ts';
import { SparringError } from '../errors.ts';
import { findApi } from '../openapi/load/bundled-apis.ts';
import { loadDocument } from '../openapi/load/load-document.ts';
import { createRouter, type Router } from '../openapi/request/router.ts';
import type { InlineDocument } from '../server/model/mock-options.ts';

/** Name of a bundled API, path of an OpenAPI document, or a document at hand. */
export type ApiSource = string | InlineDocument;

/** A document that answers are matched with. */
export interface OpenApi {
  readonly context: PlanContext;
  readonly router: Router;
}

export interface OpenApiOptions {
  /** What comes before the document's paths in the URLs of the tests, such as `/api/v1`; the API's name is tried by itself. */
  readonly basePath?: string | undefined;
}

/** What answers are matched with unless an assertion names its own. */
export interface OpenApiChoice extends OpenApiOptions {
  readonly api: ApiSource;
}

let chosen: OpenApiChoice | undefined;

/** Chooses the document that `toMatchOpenApi` matches answers with, for the tests of a file or, from a setup file, of all. */
export function setOpenApi(api: ApiSource, options: OpenApiOptions = {}): void {
  chosen = { ...options, api };
}

/** @throws SparringError `usage` where none was chosen */
export function chosenOpenApi(): OpenApiChoice {
  if (chosen) return chosen;
  throw new SparringError('usage', 'No OpenAPI document was chosen to match answers with.', {
    next: "Call setOpenApi('./openapi.yaml') first, or give toMatchOpenApi(operationId, { api }).",
  });
}

const loaded = new Map<ApiSource, Promise<OpenApi>>();

/** Loads a document once. Rejects as `loadDocument` and `findApi` do. */
export function loadOpenApi(api: ApiSource): Promise<OpenApi> {
  let openApi = loaded.get(api);
  if (!openApi) {
    openApi = load(api);
    loaded.set(api, openApi);
  }
  return openApi;
}

async function load(api: ApiSource): Promise<OpenApi> {
  const document = await loadDocument(typeof api === 'string' ? findApi(api) : api);
  return { context: createPlanContext(document, 1), router: createRouter(document) };
}
