import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { printable } from '../../../src/commands/common/print.ts';
import { createRequestLog } from '../../../src/commands/serve/request-log.ts';
import { createMock } from '../../../src/index.ts';

/** A stream that says it is a terminal, and keeps what was written. */
function terminal(): NodeJS.WriteStream & { readonly written: () => string } {
  const stream = new PassThrough();
  return Object.assign(stream, {
    isTTY: true,
    getColorDepth: () => 4,
    written: () => String(stream.read() ?? ''),
  }) as unknown as NodeJS.WriteStream & { readonly written: () => string };
}

const hostile = [
  '\u001b]0;owned\u0007',
  '\u009b2J',
  'a\n200 GET /forged 1.0 ms',
  '\u202egnp.exe',
  '\r\u0000',
];

it.each([false, true])('what a caller names steers no terminal (JSON: %s)', async (json) => {
  const stream = terminal();
  const log = createRequestLog({ json, requests: true, stream });
  const document = {
    openapi: '3.1.0',
    info: { title: '\u001b[2J', version: '1' },
    paths: {
      '/things': {
        post: {
          requestBody: {
            content: {
              'application/json': { schema: { type: 'object', additionalProperties: { type: 'array' } } },
            },
          },
          responses: { 200: { description: 'x' } },
        },
      },
    },
  };
  const mock = await createMock({
    apis: [{ name: 'shop', document }],
    onExchange: log.exchange,
    onNotice: (notice) => log.notice(notice),
  });
  for (const name of hostile) {
    const answer = await mock.fetch('/shop/things', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ [name]: 1 }),
    });
    expect(answer.status).toBe(400);
  }
  log.notice({ level: 'warning', message: 'a \u001b[2J b' });
  await new Promise((resolve) => setImmediate(resolve));
  const text = stream.written();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  expect(text.replaceAll(/\u001b\[\d+m/g, '')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(text).not.toMatch(/^200 GET \/forged/m);
  expect(text).toContain('owned');
  await mock.close();
});

it('colours are for terminals', () => {
  vi.stubEnv('FORCE_COLOR', undefined);
  expect(printable('\u001b[31mred\u001b[39m\u001b[2J', { isTTY: true })).toBe(
    '\u001b[31mred\u001b[39m\\u001b[2J',
  );
  expect(printable('\u001b[31mred', { isTTY: false })).toBe('\\u001b[31mred');
});
