import type { Pointer } from '../../json/json-pointer.ts';
import type { NegotiatedAnswer } from '../../openapi/answer/negotiate.ts';
import type { Operation } from '../../openapi/document/document.ts';
import { withoutWriteOnly } from '../../openapi/document/without-write-only.ts';
import { bytesOfType } from '../../openapi/sample/bytes-of-type.ts';
import { sample } from '../../openapi/sample/sample.ts';
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
  return sample(document, schema, source, subject, { full: true, varied, validators, plausible: sampleTime });
}

/** The body as it may be shown: real bytes of files, nothing that the client alone writes, and an example's faults mended and told. */
export function shownBody(
  api: Pick<ServedApi, 'document' | 'validators'>,
  operation: Operation,
  { body, isExample = false, schema }: NegotiatedAnswer,
  mediaType: string,
  notes: string[],
): unknown {
  if (body instanceof Uint8Array) return body;
  if (!isExample) {
    const bytes = bytesOfType(mediaType);
    if (bytes) return bytes;
  }
  if (schema === undefined || body === undefined || !/\bjson\b/.test(mediaType)) return body;
  const shown = withoutWriteOnly(api.document, schema, body);
  return mendInferred(api, operation, schema, shown, notes);
}
