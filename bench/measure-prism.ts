import { startServer } from './child-server.ts';
import { demoBasic } from './demo-credentials.ts';
import { type LoadRequest, load } from './load.ts';
import { formatRatio } from './statistics.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const john = '8462e8ce-4245-4eca-835c-4a160b93b030';

/** The mock beside Prism's on the same document, at 50 connections. */
export async function measurePrism(): Promise<string> {
  const ours = await startServer(
    ['src/cli.ts', 'serve', 'hive', '--quiet', '-p', '{port}'],
    '/hive/customers',
  );
  const prism = await startServer(
    [
      'node_modules/@stoplight/prism-cli/dist/index.js',
      'mock',
      'openapi/hive.yaml',
      '-p',
      '{port}',
      '-v',
      'silent',
    ],
    '/customers',
  );
  try {
    const { access_token: token } = await (
      await fetch(`${ours.url}/hive/token`, { headers: await demoBasic(ours.url) })
    ).json();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const cases: Readonly<Record<string, LoadRequest>> = {
      'GET one': { method: 'GET', path: `/customers/${john}`, headers },
      'POST valid': {
        method: 'POST',
        path: '/customers',
        headers,
        body: '{"email":"ann@example.com","first_name":"Ann"}',
      },
      'POST invalid': { method: 'POST', path: '/customers', headers, body: '{"email":"nobody","gender":7}' },
    };
    const lines: string[] = [];
    for (const [name, request] of Object.entries(cases)) {
      const ratios: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const mine = await load(
          ours.url,
          { ...request, path: `/hive${request.path}` },
          50,
          round === 0 ? 1 : seconds,
        );
        const theirs = await load(prism.url, request, 50, round === 0 ? 1 : seconds);
        if (round > 0) ratios.push(mine / theirs);
      }
      lines.push(`  ${name.padEnd(14)} of prism ${formatRatio(ratios)}  goal 8`);
    }
    return lines.join('\n');
  } finally {
    await Promise.all([ours.stop(), prism.stop()]);
  }
}
