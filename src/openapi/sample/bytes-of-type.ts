import { deflateSync } from 'node:zlib';

/** Small files that are what their media type says, by that type. */
const makers: readonly (readonly [RegExp, () => Uint8Array])[] = [
  [/^image\/png$/, png],
  [/^image\/gif$/, () => Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
  [/^image\/(?:jpe?g|pjpeg)$/, jpeg],
  [/^image\/webp$/, () => Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64')],
  [/^image\/svg\+xml$/, () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')],
  [/^image\//, png],
  [/^application\/pdf$/, pdf],
  [/^application\/(?:x-)?zip(?:-compressed)?$/, () => Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex')],
  [
    /^application\/(?:x-)?gzip$/,
    () => Buffer.from('1f8b08000000000000030300000000000000000000', 'hex').subarray(0, 20),
  ],
  [/^audio\/(?:x-)?wave?$/, wav],
  [/^audio\/|^video\//, wav],
  [/^application\/octet-stream$/, () => Buffer.from('sample\n')],
];

/** The bytes of a small file of a media type; undefined for types that are text or JSON. */
export function bytesOfType(mediaType: string): Uint8Array | undefined {
  const [essence = ''] = mediaType.toLowerCase().split(';', 1);
  return makers.find(([type]) => type.test(essence.trim()))?.[1]();
}

/** A grey square of one pixel (PNG, third edition, sections 5 and 11). */
function png(): Uint8Array {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** One page without content (ISO 32000-1, section 7.5), with the offsets that its table needs. */
function pdf(): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join('');
  const start = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A hundredth of a second of silence: 8 bits, one channel, 8,000 samples a second. */
function wav(): Uint8Array {
  const samples = Buffer.alloc(80, 128);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** A grey pixel, baseline, with the shortest tables that serve (ITU-T T.81, annex B). */
function jpeg(): Uint8Array {
  const quantization = `ffdb004300${'01'.repeat(64)}`;
  const frame = 'ffc0000b080001000101011100';
  const codes = (kind: string) => `ffc40014${kind}01${'00'.repeat(15)}00`;
  const scan = 'ffda0008010100003f00';
  return Buffer.from(`ffd8${quantization}${frame}${codes('00')}${codes('10')}${scan}3fffd9`, 'hex');
}
