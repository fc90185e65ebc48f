import type { Operation } from '../openapi/document/document.ts';
import { resolverOf } from '../openapi/document/resolver-of.ts';
import { closureSize } from '../openapi/sample/generated-size.ts';
import { mostCompiledAtOnce } from '../openapi/schema/schema-pieces.ts';
import type { Direction } from '../openapi/schema/validators.ts';
import type { ServedApi } from './model/served-api.ts';

/**
 * What makes an operation's large schemas ready before its first request is read, while others are answered: undefined once that is
 * done, and where all are small. It never rejects: what is wrong with a schema is told by whoever uses it.
 */
export function schemaPreparation(
  { document, validators }: Pick<ServedApi, 'document' | 'validators'>,
  operation: Operation,
): () => Promise<void> | undefined {
  let isReady = false;
  let preparing: Promise<void> | undefined;
  return () => {
    if (isReady) return undefined;
    preparing ??= prepareLarge();
    if (!preparing) isReady = true;
    return preparing;
  };

  function prepareLarge(): Promise<void> | undefined {
    const resolver = resolverOf(document);
    const large = schemasOf(operation).filter(
      ({ schema }) => closureSize(resolver, schema, mostCompiledAtOnce) >= mostCompiledAtOnce,
    );
    return large.length === 0 ? undefined : prepareAll(large);
  }

  async function prepareAll(schemas: readonly UsedSchema[]): Promise<void> {
    for (const { direction, schema } of schemas)
      await validators.prepare(schema, direction).catch(() => undefined);
    isReady = true;
  }
}

interface UsedSchema {
  readonly schema: string;
  readonly direction: Direction;
}

function schemasOf({ parameters, requestBody, responses }: Operation): readonly UsedSchema[] {
  const asked = [...parameters, ...(requestBody?.mediaTypes ?? [])];
  const answered = responses.flatMap(({ headers, mediaTypes }) => [...headers, ...mediaTypes]);
  return [
    ...asked.flatMap(({ schema }) => (schema === undefined ? [] : { schema, direction: 'request' as const })),
    ...answered.flatMap(({ schema }) =>
      schema === undefined ? [] : { schema, direction: 'response' as const },
    ),
  ];
}
