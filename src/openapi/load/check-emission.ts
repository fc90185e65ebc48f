import type { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject, type JsonObject, objectOrEmpty } from '../../json/is-object.ts';
import { type Pointer, pointerTo } from '../../json/json-pointer.ts';
import { nearest } from '../../json/nearest.ts';
import type { DocumentProblem } from '../document/document-problem.ts';
import type { IndexedOperation } from '../document/indexed-operation.ts';
import { checkTemplate, type TemplateScope } from '../expressions/fill-template.ts';
import { webhookPlaces } from '../webhooks/webhooks.ts';

/** What the checks of one document share. */
interface Emission {
  readonly ajv: Ajv2020;
  readonly events: readonly string[];
  readonly settings: readonly string[];
}

const eventRoots = ['$before', '$after', '$subscription', '$event', '$delivery', '$now', '$setting'];
const messageRoots = ['$request', '$response', '$url', '$method', '$statusCode'];
const rootId = 'document';

/**
 * Checks what `x-sparring` says of events beyond its shape: that `emits` name webhooks, that `when` are schemas, and that
 * templates are well-formed and speak of what has a value where they stand.
 *
 * @param ajv a compiler with nothing in it of the document yet; `$ref`s in `when` lead into the document
 */
export function* checkEmission(
  root: JsonObject,
  operations: readonly IndexedOperation[],
  ajv: Ajv2020,
): Generator<DocumentProblem> {
  const extension = objectOrEmpty(root['x-sparring']);
  ajv.addSchema(root, rootId, undefined, false);
  const emission: Emission = {
    ajv,
    events: webhookPlaces(root).map(({ name }) => name),
    settings: Object.keys(objectOrEmpty(extension.settings)),
  };
  for (const [collection, resource] of Object.entries(objectOrEmpty(extension.resources))) {
    const pointer = pointerTo('#/x-sparring/resources', collection, 'emits');
    yield* checkEmits(emission, objectOrEmpty(resource).emits, pointer, eventRoots);
  }
  for (const { definition, pointer } of operations) {
    const { emits } = objectOrEmpty(Reflect.get(definition, 'x-sparring'));
    yield* checkEmits(emission, emits, pointerTo(pointer, 'x-sparring', 'emits'), [
      ...eventRoots,
      ...messageRoots,
    ]);
  }
  for (const { node, pointer } of itemsOf(extension.subscriptions, '#/x-sparring/subscriptions')) {
    yield* checkSubscription(emission, node, pointer);
  }
}

function* checkEmits(
  emission: Emission,
  emits: unknown,
  at: Pointer,
  roots: readonly string[],
): Generator<DocumentProblem> {
  for (const { node, pointer } of itemsOf(emits, at)) {
    if (typeof node.event === 'string' && !emission.events.includes(node.event)) {
      yield { pointer: pointerTo(pointer, 'event'), message: unknownEvent(node.event, emission.events) };
    }
    yield* checkWhen(emission, node, pointer);
    yield* checkTemplates(node, pointer, ['payload'], { roots, settings: emission.settings });
  }
}

function unknownEvent(name: string, events: readonly string[]): string {
  const guess = nearest(name, events);
  if (guess !== undefined) return `there is no webhook named "${name}"; did you mean ${guess}?`;
  return `there is no webhook named "${name}"${events.length === 0 ? ', nor any other' : ''}`;
}

function* checkSubscription(
  emission: Emission,
  node: JsonObject,
  pointer: Pointer,
): Generator<DocumentProblem> {
  const { settings } = emission;
  const roots = [...eventRoots, ...messageRoots];
  yield* checkWhen(emission, node, pointer);
  yield* checkTemplates(node, pointer, ['url', 'events', 'secret'], { roots, settings });
  for (const list of ['onDelivery', 'onAttempt', 'onDisable']) {
    for (const write of itemsOf(node[list], pointerTo(pointer, list))) {
      yield* checkWhen(emission, write.node, write.pointer);
      const scope = { roots: list === 'onDelivery' ? roots : [...roots, '$attempt'], settings };
      yield* checkTemplates(write.node, write.pointer, ['id', 'set'], scope);
    }
  }
}

function* checkTemplates(
  node: JsonObject,
  pointer: Pointer,
  names: readonly string[],
  scope: TemplateScope,
): Generator<DocumentProblem> {
  for (const name of names) yield* checkTemplate(node[name], pointerTo(pointer, name), scope);
}

/** A `when` must be a schema by the meta-schema of JSON Schema 2020-12, and one that can be compiled. */
function* checkWhen({ ajv }: Emission, { when }: JsonObject, at: Pointer): Generator<DocumentProblem> {
  if (when === undefined) return;
  const pointer = pointerTo(at, 'when');
  if (!isObject(when) && typeof when !== 'boolean') return;
  if (ajv.validateSchema(when) !== true) {
    for (const { instancePath, message } of ajv.errors ?? [])
      yield { pointer: `${pointer}${instancePath}`, message: `no JSON Schema: this ${message}` };
    return;
  }
  try {
    ajv.compile({ $ref: `${rootId}${pointer}` });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    yield { pointer, message: `this schema cannot be compiled: ${why}` };
  }
}

function itemsOf(
  list: unknown,
  pointer: Pointer,
): readonly { readonly node: JsonObject; readonly pointer: Pointer }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((node: unknown, index) =>
    isObject(node) ? [{ node, pointer: pointerTo(pointer, index) }] : [],
  );
}
