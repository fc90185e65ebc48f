import { crc32, deflateSync, gzipSync } from 'node:zlib';

/** A small file that is what a media type says, for answers of which a document shows no bytes. */
export function sampleFile(essence: string): Uint8Array {
  const known = Object.hasOwn(makers, essence) ? makers[essence] : undefined;
  if (known) return known();
  if (essence.startsWith('image/')) return png();
  if (essence.startsWith('audio/')) return wav();
  if (essence.startsWith('video/')) return mp4();
  if (/zip|openxmlformats|opendocument|java-archive/.test(essence)) return zip('sample.txt', sentence);
  return Buffer.from(`${sentence}\n`);
}

/** Whether bytes begin as files of a media type do; true for types of which nothing is known. */
export function beginsAs(essence: string, bytes: Uint8Array): boolean {
  const start = Object.hasOwn(beginnings, essence) ? beginnings[essence] : undefined;
  return start === undefined || start.test(Buffer.from(bytes.subarray(0, 16)).toString('latin1'));
}

const sentence = 'A sample file.';

const makers: Readonly<Record<string, () => Uint8Array>> = {
  'image/png': png,
  'image/jpeg': jpeg,
  'image/jpg': jpeg,
  'image/gif': gif,
  'image/bmp': bmp,
  // One pixel, without loss.
  'image/webp': () => Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64'),
  'image/svg+xml': () =>
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><rect width="16" height="16" fill="#888"/></svg>\n',
    ),
  'image/x-icon': icon,
  'image/vnd.microsoft.icon': icon,
  'application/pdf': pdf,
  'application/zip': () => zip('sample.txt', sentence),
  'application/gzip': () => gzipSync(sentence),
  'application/x-gzip': () => gzipSync(sentence),
  'application/x-tar': () => Buffer.alloc(1024),
  'audio/wav': wav,
  'audio/x-wav': wav,
  'audio/mpeg': mp3,
  'audio/mp3': mp3,
  'video/mp4': mp4,
};

// Latin-1 texts of the first bytes.
const beginnings: Readonly<Record<string, RegExp>> = {
  'image/png': /^\x89PNG/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/jpg': /^\xff\xd8\xff/,
  'image/gif': /^GIF8/,
  'image/webp': /^RIFF....WEBP/s,
  'image/bmp': /^BM/,
  'application/pdf': /^%PDF-/,
  'application/zip': /^PK/,
  'audio/wav': /^RIFF/,
};

/** 16 pixels square, grey (PNG, sections 5 and 11). */
function png(): Uint8Array {
  const side = 16;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 8;
  // Each line begins with the kind of its filter, none.
  const lines = Buffer.concat(
    Array.from({ length: side }, () => Buffer.concat([Buffer.alloc(1), Buffer.alloc(side, 0x88)])),
  );
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** 8 pixels square: one block whose only coefficients are zero, by codes of one bit (ITU T.81, annex B). */
function jpeg(): Uint8Array {
  const segment = (marker: number, data: readonly number[]) => [
    0xff,
    marker,
    (data.length + 2) >> 8,
    (data.length + 2) & 255,
    ...data,
  ];
  const codes = (id: number) => segment(0xc4, [id, 1, ...Array(15).fill(0), 0]);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...Array(64).fill(1)]),
    ...segment(0xc0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
    ...codes(0x00),
    ...codes(0x10),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    ...[0x3f, 0xff, 0xd9],
  ]);
}

/** One grey pixel. */
function gif(): Uint8Array {
  const screen = [1, 0, 1, 0, 0x80, 0, 0, 0x88, 0x88, 0x88, 0xff, 0xff, 0xff];
  const image = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b];
  return Buffer.concat([Buffer.from('GIF89a', 'latin1'), Uint8Array.from([...screen, ...image])]);
}

/** One grey pixel of 24 bits. */
function bmp(): Uint8Array {
  const file = Buffer.alloc(58);
  file.write('BM', 'latin1');
  file.writeUInt32LE(58, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(1, 18);
  file.writeInt32LE(1, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(4, 34);
  return file.fill(0x88, 54, 57);
}

/** An icon holds a PNG. */
function icon(): Uint8Array {
  const image = png();
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head[6] = 16;
  head[7] = 16;
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(image.length, 14);
  head.writeUInt32LE(22, 18);
  return Buffer.concat([head, image]);
}

/** One empty page. */
function pdf(): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Resources << >> >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table + trailer, 'latin1');
}

/** An archive of one file, not compressed (APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16). */
function zip(name: string, content: string): Uint8Array {
  const [file, title] = [Buffer.from(content), Buffer.from(name)];
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  // 1 January 1980, the first day there is.
  facts.writeUInt16LE(0x21, 8);
  facts.writeUInt32LE(crc32(file), 10);
  facts.writeUInt32LE(file.length, 14);
  facts.writeUInt32LE(file.length, 18);
  facts.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, title, file]);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, Buffer.alloc(14), title]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

/** A tenth of a second of silence: 8-bit samples, 8,000 a second, which are 128 at rest. */
function wav(): Uint8Array {
  const samples = Buffer.alloc(800, 128);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** Four frames of silence: MPEG-1 layer III, 128 kbit/s, 44.1 kHz, one channel, 417 bytes each. */
function mp3(): Uint8Array {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0xc0]);
  return Buffer.concat([frame, frame, frame, frame]);
}

/** A film without tracks: its type, and a header of no length (ISO/IEC 14496-12, sections 4.3 and 8.2). */
function mp4(): Uint8Array {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1000, 12);
  header.writeUInt32BE(0x00010000, 20);
  header.writeUInt16BE(0x0100, 24);
  for (const [place, value] of [
    [36, 0x00010000],
    [52, 0x00010000],
    [68, 0x40000000],
    [96, 1],
  ] as const)
    header.writeUInt32BE(value, place);
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\x00\x00\x02\x00isomiso2mp41', 'latin1')),
    box('moov', box('mvhd', header)),
  ]);
}

function box(type: string, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}
