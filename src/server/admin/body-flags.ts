import { isObject } from '../../json/is-object.ts';
import type { MediaType, Operation } from '../../openapi/document/document.ts';
import { type BodyFormat, formatOf } from '../../openapi/request/body-plan.ts';
import { shellWord } from '../../shell-word.ts';
import type { ServedApi } from '../model/served-api.ts';
import { sampleBodyOf } from './sample-value.ts';

/** What of a curl line sends a body. */
export interface BodyFlags {
  readonly flags: readonly string[];
}

const writable: readonly BodyFormat[] = ['json', 'urlencoded', 'multipart', 'text'];

/** The flags that send what an operation requires; undefined where it requires nothing, `unknown` where no body can be made. */
export function bodyFlagsFor(api: ServedApi, operation: Operation): BodyFlags | undefined | 'unknown' {
  const { requestBody } = operation;
  if (!requestBody?.required && !(requestBody && operation.method === 'post')) return undefined;
  const byFormat = requestBody.mediaTypes
    .map((mediaType) => ({ mediaType, format: formatOf(mediaType.name) }))
    .filter(({ format }) => writable.includes(format))
    .sort((one, other) => writable.indexOf(one.format) - writable.indexOf(other.format));
  for (const { format, mediaType } of byFormat) {
    const flags = flagsFor(format, mediaType, sampleBodyOf(api, mediaType));
    if (flags) return { flags };
  }
  return requestBody.required ? 'unknown' : undefined;
}

function flagsFor(format: BodyFormat, { name }: MediaType, value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (format === 'urlencoded' || format === 'multipart') {
    const flag = format === 'multipart' ? '-F' : '--data-urlencode';
    const fields = isObject(value) ? Object.entries(value) : [];
    const isPlain = fields.every(([, part]) => typeof part !== 'object' && !/^[@<]/.test(String(part)));
    return isPlain && fields.length > 0
      ? fields.map(([field, part]) => `${flag} ${shellWord(`${field}=${part}`)}`)
      : undefined;
  }
  const content = format === 'json' ? JSON.stringify(value) : String(value);
  const type = name.includes('*') ? 'application/json' : name;
  if (/^@|\0/.test(content)) return undefined;
  return [`-H 'Content-Type: ${type}'`, `-d ${shellWord(content)}`];
}
