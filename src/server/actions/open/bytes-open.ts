import { chooseMediaType } from '../../../openapi/answer/choose-media-type.ts';
import { sampleFile } from '../../../openapi/content/sample-file.ts';
import { isWritable } from '../../../openapi/content/write-content.ts';
import { parseMediaType } from '../../../openapi/document/media-type.ts';
import type { Behaviour } from '../../../providers/model/provider.ts';
import { StoredRecord } from '../../../state/stored-record.ts';
import { forgetRecord, keepRecord, keyOfRequest, openRecord } from './open-records.ts';
import type { OpenSource } from './open-source.ts';

/** What is done to a file that there is one of, such as an avatar: its bytes are kept as they were sent. */
export function bytesOpen(source: OpenSource): Behaviour {
  const { action } = source;
  const { operation, status } = action;
  const declared =
    operation.responses.find((response) => response.status === String(status))?.mediaTypes ?? [];
  return (context) => {
    if (action.action === 'read') {
      const { value } = openRecord(source, context);
      const isKept = typeof value.base64 === 'string' && typeof value.mediaType === 'string';
      const file = declared.filter(({ name }) => !isWritable(name));
      const usual =
        chooseMediaType(file.length > 0 ? file : declared, undefined)?.name ?? 'application/octet-stream';
      const mediaType = isKept ? String(value.mediaType) : usual;
      const body = isKept
        ? Buffer.from(String(value.base64), 'base64')
        : isWritable(usual)
          ? Buffer.alloc(0)
          : sampleFile(parseMediaType(usual)?.essence ?? usual);
      return { status, headers: { 'content-type': mediaType }, body };
    }
    if (action.action === 'delete') {
      forgetRecord(source, context, openRecord(source, context));
      return { status };
    }
    const id = keyOfRequest(source, action, context) ?? 'self';
    const bytes = context.body instanceof Uint8Array ? context.body : Buffer.from(String(context.body ?? ''));
    const value = {
      base64: Buffer.from(bytes).toString('base64'),
      mediaType: context.mediaType ?? 'application/octet-stream',
    };
    keepRecord(source, context, new StoredRecord(id, -1, {}), value);
    return { status };
  };
}
