import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Node = Readonly<Record<string, unknown>>;

const document: Node = parse(
  readFileSync(join(import.meta.dirname, '../../../openapi/sparring-admin.yaml'), 'utf8'),
);
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, 'admin');

/** What an answer breaks of the admin document, read by an Ajv of its own; undeclared operations and statuses included. */
export function brokenRules(answer: {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly mediaType: string | undefined;
  readonly body: unknown;
}): readonly string[] {
  const operation = operationAt(answer.method, answer.path);
  if (!operation) return [`no operation ${answer.method} ${answer.path}`];
  const responses = at(operation.node, 'responses');
  const status = String(answer.status) in responses ? String(answer.status) : 'default';
  if (!(status in responses)) return [`${operation.pointer} declares no ${answer.status}`];
  const declared = follow(`${operation.pointer}/responses/${status}`);
  const content = at(declared.node, 'content');
  if (Object.keys(content).length === 0)
    return answer.mediaType === undefined ? [] : ['a body is not declared'];
  const mediaType = answer.mediaType ?? '';
  if (!(mediaType in content)) return [`${operation.pointer} ${status} declares no ${mediaType}`];
  const pointer = `${declared.pointer}/content/${escapeKey(mediaType)}/schema`;
  // In a fragment, braces are percent-encoded (RFC 3986, section 3.5).
  const $ref = `admin#${pointer.replaceAll('{', '%7B').replaceAll('}', '%7D')}`;
  const validate = ajv.compile({ $ref });
  validate(answer.body);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function operationAt(
  method: string,
  path: string,
): { readonly pointer: string; readonly node: Node } | undefined {
  const templates = Object.keys(at(document, 'paths')).filter((template) => matches(template, path));
  // What is written out beats a parameter.
  templates.sort((a, b) => a.split('{').length - b.split('{').length);
  const template = templates.find((one) => method in at(at(document, 'paths'), one));
  if (template === undefined) return undefined;
  const pointer = `/paths/${escapeKey(template)}/${method}`;
  return { pointer, node: follow(pointer).node };
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith('{') || part === given[index])
  );
}

/** The node at a pointer, `$ref`s followed. */
function follow(pointer: string): { readonly pointer: string; readonly node: Node } {
  const node = pointer
    .split('/')
    .slice(1)
    .reduce((parent, key) => at(parent, key.replaceAll('~1', '/').replaceAll('~0', '~')), document);
  return typeof node.$ref === 'string' ? follow(node.$ref.slice(1)) : { pointer, node };
}

function at(node: Node, key: string): Node {
  const child = node[key];
  return typeof child === 'object' && child !== null ? { ...child } : {};
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
