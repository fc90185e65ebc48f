import type { Judge } from './judge-answer.ts';
import type { Json, PlainDocument, PlainOperation } from './plain-document.ts';
import { type Known, sendOperation } from './send-operation.ts';

/** What was created for an operation: the ids to send, and how many of its path's records a creation answered for. */
export interface Created {
  readonly known: Known;
  /** The id of what the operation itself speaks of, when it was created. */
  readonly id: string | undefined;
  /** Creations that exist and did not succeed. */
  readonly failed: readonly string[];
}

/**
 * Creates what an operation speaks of, outermost first, and takes the ids from the answers, as somebody does who follows
 * the document: POST on the path before the id, or what a person named as the creation.
 *
 * @param creators ids of operations that a person calls creations; empty where nobody said
 */
export async function createFirst(
  document: PlainDocument,
  operation: PlainOperation,
  base: string,
  judge: Judge,
  creators: ReadonlySet<string>,
): Promise<Created> {
  const path: Record<string, string> = {};
  const failed: string[] = [];
  let id: string | undefined;
  for (const [whole, name = ''] of operation.path.matchAll(/\{([^}]+)\}/g)) {
    const creator = creatorFor(document, operation.path.slice(0, operation.path.indexOf(whole)), creators);
    if (!creator || creator === operation) continue;
    const answer = await sendOperation(document, creator, base, { path });
    const found =
      judge(creator, answer)?.kind === 'status' ? undefined : idIn(answer.text, name, answer.sent);
    if (found === undefined) failed.push(creator.id);
    else path[name] = found;
    id = found;
  }
  return { known: { path, body: await idsForBody(document, operation, base, creators) }, id, failed };
}

/** The creation on a collection's path; `.json`, a bracket or a quote may stand between it and the id. */
function creatorFor(
  { operations }: PlainDocument,
  before: string,
  creators: ReadonlySet<string>,
): PlainOperation | undefined {
  const collection = before.replace(/[/('"]+$/, '');
  const there = operations.filter(({ path }) => path.replace(/\/$|\.json$/, '') === collection);
  const named = there.filter(({ id }) => creators.has(id));
  return (
    named.find(({ method }) => method === 'post') ??
    named[0] ??
    (creators.size === 0 ? there.find(({ method }) => method === 'post') : undefined)
  );
}

/** Where all is POST, ids are fields of bodies: those that creations answered, by name. */
async function idsForBody(
  document: PlainDocument,
  operation: PlainOperation,
  base: string,
  creators: ReadonlySet<string>,
): Promise<Record<string, Json>> {
  if (operation.path.includes('{') || operation.method !== 'post' || creators.has(operation.id)) return {};
  const topic = operation.path.split('/')[1];
  const same = document.operations.filter(({ id, path }) => creators.has(id) && path.split('/')[1] === topic);
  if (same.some(({ path }) => path === operation.path)) return {};
  const known: Record<string, Json> = {};
  for (const creator of same) {
    const answer = parse((await sendOperation(document, creator, base)).text);
    for (const [name, value] of Object.entries(answer ?? {})) {
      if (/(_id|Id|_token|Token)$/.test(name) && typeof value === 'string') known[name] = value;
    }
  }
  return known;
}

/** The id in the answer of a creation: by the parameter's own name, else by what ids are usually called. */
function idIn(text: string, parameter: string, sent: { readonly url: string }): string | undefined {
  // Some let the client choose the id, beside the body.
  const chosen = new URL(sent.url).searchParams.get(`${parameter}Id`);
  if (chosen !== null) return chosen;
  const answer = parse(text);
  const plainName = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = [plainName(parameter), 'id', 'sid', 'uuid', 'guid', 'uid', 'name', 'key'];
  for (const name of wanted) {
    let level: Json[] = [answer];
    for (let depth = 0; depth < 4 && level.length > 0; depth += 1) {
      for (const one of level) {
        const key = Object.keys(one ?? {}).find((field) => plainName(field) === name);
        const value = key === undefined ? undefined : one[key];
        // A resource name ends in the id.
        if (['string', 'number'].includes(typeof value)) return String(value).split('/').at(-1);
      }
      level = level
        .flatMap((one) => Object.values(one ?? {}))
        .filter((one) => typeof one === 'object' && one !== null);
    }
  }
  return undefined;
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
