import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {
  type Json,
  type PlainBody,
  type PlainDocument,
  type PlainOperation,
  resolve,
} from './plain-document.ts';
import type { Answer } from './send-operation.ts';

/** What is wrong with an answer; undefined where the document could be taken at its word. */
export type Fault = { readonly kind: 'status' | 'media type' | 'schema' | 'hollow'; readonly why: string };

export type Judge = (operation: PlainOperation, answer: Answer, filled?: boolean) => Fault | undefined;

/**
 * Judges answers by the document alone: a documented success, a documented media type, a body that its schema allows, and
 * one that says something. With `filled`, a list must show a record, too.
 */
export function createJudge(document: PlainDocument): Judge {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, unicodeRegExp: false });
  addFormats.default(ajv);
  ajv.addSchema(document.root, 'document');
  return (operation, answer, filled = false) => {
    const { sent, status, text } = answer;
    const declared = declaredFor(operation, status);
    if (!declared) {
      // Whether the request was as the document says is known here, and must not be laid at the server's door.
      const own = sent.pointer ? schemaFault(sent.pointer, sent.body) : undefined;
      const doubt = own === undefined ? '' : ` (of what the harness sent, itself: ${own})`;
      return { kind: 'status', why: `${status} ${answer.violations || detailOf(text)}${doubt}` };
    }
    if (declared.length === 0) return undefined;
    // A range is what is accepted, and no type that a body can have (RFC 9110, section 8.3.1).
    const named = !answer.mediaType.includes('*');
    const body = declared.find(({ mediaType }) => named && covers(mediaType, answer.mediaType));
    if (!body)
      return {
        kind: 'media type',
        why: `${answer.mediaType || 'none'}, of ${declared.map(({ mediaType }) => mediaType)}`,
      };
    if (body.schema === undefined) return text === '' ? { kind: 'hollow', why: 'no body' } : undefined;
    if (!/json/.test(answer.mediaType)) return text === '' ? { kind: 'hollow', why: 'no body' } : undefined;
    const value = parse(text);
    if (value === undefined) return { kind: 'schema', why: 'not JSON' };
    const fault = schemaFault(body.pointer, value);
    if (fault !== undefined) return { kind: 'schema', why: fault };
    const hollow = hollowness(document, body.schema, value, filled);
    return hollow === undefined ? undefined : { kind: 'hollow', why: hollow };
  };

  function schemaFault(pointer: string, value: Json): string | undefined {
    const fragment = pointer.split('/').map(encodeURIComponent).join('/');
    let validate: ReturnType<typeof ajv.getSchema>;
    try {
      validate = ajv.getSchema(`document#${fragment}`);
    } catch (error) {
      return `the harness cannot compile ${pointer}: ${error}`;
    }
    if (!validate) return `the harness cannot find ${pointer}`;
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath || 'body'} ${error?.message}`;
  }
}

/** The bodies that are declared for a success; undefined where this status is none. */
function declaredFor({ responses }: PlainOperation, status: number): readonly PlainBody[] | undefined {
  if (status < 200 || status > 299) return undefined;
  const success = [...responses.keys()].some((one) => /^2/.test(one));
  // Where a document names no success at all, any will do.
  const other = success ? undefined : (responses.get('default') ?? []);
  return responses.get(String(status)) ?? responses.get('2XX') ?? other;
}

function covers(declared: string, mediaType: string): boolean {
  const name = declared.split(';')[0]?.trim().toLowerCase() ?? '';
  const [type = '', subtype] = name.split('/');
  return name === '*/*' || name === mediaType || (subtype === '*' && mediaType.startsWith(`${type}/`));
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The title or detail of an error, short enough to group by. */
function detailOf(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 160);
}

function hollowness(document: PlainDocument, schema: Json, value: Json, filled: boolean): string | undefined {
  if (value === null || value === '') return JSON.stringify(value);
  if (typeof value !== 'object') return value === 'string' ? '"string"' : undefined;
  if (Object.keys(value).length === 0) {
    return !Array.isArray(value) && saysNothing(document, schema) ? undefined : JSON.stringify(value);
  }
  const words = leaves(value).filter((one) => typeof one === 'string');
  // Dates, ids and members of an enum cannot be it: where half of all texts are, nothing was made up.
  const literal = words.filter((one) => one === 'string');
  if (literal.length > 0 && literal.length * 2 >= words.length) return 'the literal "string" everywhere';
  if (filled && !Array.isArray(value) && !holdsList(value)) return 'a list without a record';
  return undefined;
}

/** Whether a schema has no field to fill, so that `{}` is all there is to say. */
function saysNothing({ root }: Pick<PlainDocument, 'root'>, written: Json): boolean {
  const schema = resolve(root, written) ?? {};
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const fields = Object.keys(schema.properties ?? {}).length + (schema.additionalProperties ? 1 : 0);
  return fields === 0 && parts.every((part: Json) => saysNothing({ root }, part));
}

function leaves(value: Json): Json[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

function holdsList(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsList);
}
