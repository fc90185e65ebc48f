import type { Pointer } from '../../json/json-pointer.ts';
import type { NegotiatedAnswer } from '../../openapi/answer/negotiate.ts';
import type { Operation } from '../../openapi/document/document.ts';
import { withoutWriteOnly } from '../../openapi/document/without-write-only.ts';
import { sample } from '../../openapi/sample/sample.ts';
import { forgivingValidators } from '../../openapi/schema/forgiving-validators.ts';
import type { Derivation } from '../../state/derivation.ts';
import type { ServedApi } from '../model/served-api.ts';
import { mendInferred } from './mend-inferred.ts';

/** What samples count their times back from: a fixed time, so that answers are the same each time. */
const sampleTime = Date.UTC(2026, 0, 1);

/** An answer of a schema with values like those of real records, what the document shows of its parts first. */
export function plausibleAnswer(
  { document, validators }: Pick<ServedApi, 'document' | 'validators'>,
  { path }: Operation,
  schema: Pointer,
  source: Derivation,
  varied: boolean,
): unknown {
  const subject = path.split('/').findLast((part) => part !== '' && !part.includes('{')) ?? 'answer';
  return sample(document, schema, source, subject, {
    full: true,
    varied,
    validators: forgivingValidators(validators),
    plausible: sampleTime,
  });
}

/** The body as it may be shown: nothing that the client alone writes, and an example's faults mended and told. */
export function shownBody(
  api: Pick<ServedApi, 'document' | 'validators'>,
  operation: Operation,
  { chosen: { declared, name }, value }: NonNullable<NegotiatedAnswer['content']>,
  notes: string[],
): unknown {
  const { schema } = declared;
  if (schema === undefined || value === undefined) return value;
  // Text of other media types is the content itself.
  if (!/\bjson\b/.test(name) && (typeof value !== 'object' || value === null)) return value;
  const shown = withoutWriteOnly(api.document, schema, value);
  return mendInferred(api, operation, schema, shown, notes);
}
