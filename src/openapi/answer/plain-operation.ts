import { isObject } from '../../json/is-object.ts';
import { pointerTo } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation } from '../document/document.ts';
import { resolverOf } from '../document/resolver-of.ts';
import { exceedsGeneratedSize } from '../sample/generated-size.ts';

/**
 * An operation with what choosing an answer takes: its answers, without the schemas that a generator which writes all of them
 * out would never end with. Those are left to our own samples.
 */
export function plainOperation(document: ApiDocument, operation: Operation): Operation {
  const { parameters: _, requestBody: __, ...definition } = operation.definition;
  const resolver = resolverOf(document);
  const responses = Object.keys(definition.responses ?? {}).map((status) => {
    const found = resolver.resolve(pointerTo(operation.pointer, 'responses', status));
    if (!found || !isObject(found.node) || !isObject(found.node.content)) return [status, found?.node];
    const { content } = found.node;
    const plain = Object.entries(content).map(([type, media]) => {
      const schema = pointerTo(found.pointer, 'content', type, 'schema');
      const isCut = isObject(media) && media.schema !== undefined && exceedsGeneratedSize(resolver, schema);
      return [type, isCut ? { ...media, schema: {} } : media];
    });
    return [status, { ...found.node, content: Object.fromEntries(plain) }];
  });
  return { ...operation, definition: { ...definition, responses: Object.fromEntries(responses) } };
}
