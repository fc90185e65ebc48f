import type { Pointer } from '../../json/json-pointer.ts';
import { mendValue } from '../../openapi/answer/mend-value.ts';
import type { Operation } from '../../openapi/document/document.ts';
import { forgivingValidators } from '../../openapi/schema/forgiving-validators.ts';
import { createDerivation } from '../../state/derivation.ts';
import type { ServedApi } from '../model/served-api.ts';

/**
 * An answer that was made by inference and breaks its document, as near to it as the document allows: it is never an error of
 * the mock's that a schema was read wrongly. What was changed is told in `notes`, but for what was only added.
 */
export function mendInferred(
  { document, validators }: Pick<ServedApi, 'document' | 'validators'>,
  operation: Operation,
  schema: Pointer,
  body: unknown,
  notes: string[],
): unknown {
  const source = createDerivation(document.name, operation.id, 'answer');
  const note = (field: string, what: string) => notes.push(`${field} ${what}`);
  return mendValue(
    { document, validators: forgivingValidators(validators), source, note },
    schema,
    body,
    'answer',
  );
}
