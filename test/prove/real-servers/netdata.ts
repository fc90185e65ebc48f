import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { installDebian } from './install-debian.ts';
import { jsonOf } from './json-of.ts';
import type { RealServer } from './real-server.ts';
import { freePort, startProcess } from './started-process.ts';

/** Netdata, which everybody reads, and which is steered with its key; what it measures moves from second to second. */
export const netdata: RealServer = {
  name: 'netdata',
  install: () => installDebian(['netdata-core', 'netdata-web']),
  async start(folder) {
    for (const name of ['conf', 'cache', 'lib', 'log']) await mkdir(join(folder, name));
    // A file of this name is how it is told to report to nobody.
    await writeFile(join(folder, 'conf/.opt-out-from-anonymous-statistics'), '');
    const port = await freePort();
    const file = join(folder, 'conf/netdata.conf');
    await writeFile(file, configuration(folder, port));
    const { stop } = await startProcess(
      ['/usr/sbin/netdata', '-D', '-c', file, '-P', join(folder, 'pid')],
      folder,
      /netdata initialization completed/,
    );
    const origin = `http://127.0.0.1:${port}`;
    const url = `${origin}/api/v1`;
    const key = await readFile(join(folder, 'lib/netdata.api.key'), 'utf8');
    const steer = async (query: string) => {
      const headers = { 'x-auth-token': key.trim() };
      const response = await fetch(`${url}/manage/health?${query}`, { headers });
      if (!response.ok) throw new Error(`${query} was answered ${response.status}: ${await response.text()}`);
      return response.text();
    };
    await steer('cmd=SILENCE&alarm=disk*');
    await measured(url);
    const document = join(folder, 'openapi.json');
    await writeFile(document, JSON.stringify(await jsonOf(`${origin}/netdata-swagger.json`), null, 2));
    const { version } = await jsonOf(`${url}/info`);
    return {
      url,
      document,
      version: `netdata ${version}`,
      options: [],
      // All that a request can change are the alarms that are silenced; charts come and go by themselves.
      state: async () => new Map([['silenced alarms', await steer('cmd=LIST')]]),
      stop,
    };
  },
};

/** It says nowhere when it has measured for the first time; what alarms can use is there from then on. Throws after a minute. */
async function measured(url: string): Promise<void> {
  const late = AbortSignal.timeout(60_000);
  for (;;) {
    const answer = await fetch(`${url}/alarm_variables?chart=system.cpu`, { signal: late });
    if ((await answer.text()).includes('last_collected_t')) return;
    await delay(100, undefined, { signal: late });
  }
}

/** It measures this machine by /proc alone, keeps that in memory, listens to nobody else, and writes to its folder. */
function configuration(folder: string, port: number): string {
  const plugins = [
    'cgroups',
    'diskspace',
    'tc',
    'idlejitter',
    'timex',
    'apps',
    'go.d',
    'python.d',
    'charts.d',
  ];
  return `[global]
    run as user = root
[directories]
    config = ${join(folder, 'conf')}
    cache = ${join(folder, 'cache')}
    lib = ${join(folder, 'lib')}
    log = ${join(folder, 'log')}
    registry = ${join(folder, 'lib')}
    web = /usr/share/netdata/web
[logs]
    error = stderr
    access = none
    debug = none
    health = none
    errors flood protection period = 0
[db]
    mode = ram
    retention = 600
[web]
    bind to = 127.0.0.1
    default port = ${port}
[ml]
    enabled = no
[statsd]
    enabled = no
[plugins]
    proc = yes
    enable running new plugins = no
${plugins.map((name) => `    ${name} = no\n`).join('')}`;
}
