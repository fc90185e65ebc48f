import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawDocument } from '../../../src/providers/hive/images/draw-document.ts';
import { drawPortrait } from '../../../src/providers/hive/images/draw-portrait.ts';
import { createDerivation } from '../../../src/state/derivation.ts';
import { type HiveClient, startHive } from '../../server/hive-client.ts';
import { decodePng } from './decode-png.ts';
import { completedCheck } from './verification.ts';

const face = { beard: false, mustache: false, eyeglasses: false, longHair: false };

describe('a drawn document', () => {
  const portrait = drawPortrait(face, createDerivation('face'));
  const drawn = (mrz: readonly string[]) =>
    Buffer.from(drawDocument({ title: 'passport', country: 'Estonia', lines: [], mrz }, portrait).toPng());

  it.each([
    ['card', 30],
    ['passport', 44],
  ])('shows the last character of each line of the zone of a %s', (_, length) => {
    const filler = '<'.repeat(length);
    expect(drawn([filler]).equals(drawn([`${filler.slice(1)}1`]))).toBe(false);
  });
});

describe('the pictures of a check', () => {
  let hive: HiveClient;
  beforeEach(async () => {
    hive = await startHive();
  });
  afterEach(() => hive.mock.close());

  const create = async (result: string): Promise<string> =>
    (
      await hive
        .call('post', '/customers')
        .send({ email: 'a@example.com', metadata: { sparring_result: result } })
    ).body.id;
  const picture = async (check: string, type: string): Promise<Buffer> => {
    const files = hive.mock.records('hive', 'files').list();
    const file = files.find((one) => one.check === check && one.type === type);
    return (await hive.call('get', `/downloads/${file?.id}`).buffer().expect(200)).body;
  };

  it('show one customer with one face, and another with another', async () => {
    const customer = await create('clear');
    const [first, second] = [await completedCheck(hive, customer), await completedCheck(hive, customer)];
    const portrait = await picture(first.check.id, 'portrait');
    expect(portrait.equals(await picture(second.check.id, 'portrait'))).toBe(true);
    await hive.call('delete', `/sessions/${second.check.session_id}`).expect(200);
    expect(portrait.equals(await picture(second.check.id, 'portrait'))).toBe(true);
    const other = await completedCheck(hive, await create('clear'));
    expect(portrait.equals(await picture(other.check.id, 'portrait'))).toBe(false);
  });

  it('show the same face on document and portrait exactly where the report says that they match', async () => {
    const matches = new Set<boolean>();
    for (let tries = 0; tries < 12; tries += 1) {
      const { check, report } = await completedCheck(hive, await create('consider'));
      const { faces_match } = report.facial_report.properties;
      expect(showsFace(await picture(check.id, 'document'), await picture(check.id, 'portrait'))).toBe(
        faces_match,
      );
      matches.add(faces_match);
    }
    expect(matches.size).toBe(2);
  });
});

/** Whether the portrait stands on the document, at half its size. */
function showsFace(documentPng: Buffer, portraitPng: Buffer): boolean {
  const [document, portrait] = [decodePng(documentPng), decodePng(portraitPng)];
  const at = ({ pixels, width }: typeof document, x: number, y: number) => {
    const start = y * (width * 3 + 1) + 1 + x * 3;
    return pixels.toString('hex', start, start + 3);
  };
  for (let y = 0; y < portrait.height / 2; y += 1) {
    for (let x = 0; x < portrait.width / 2; x += 1) {
      if (at(document, 18 + x, 52 + y) !== at(portrait, 2 * x, 2 * y)) return false;
    }
  }
  return true;
}
