import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { embeddedDocument } from './embedded-document.ts';
import { installDebian } from './install-debian.ts';
import { jsonOf, sending } from './json-of.ts';
import type { RealServer } from './real-server.ts';
import { startProcess } from './started-process.ts';

/** Nobody is told of alerts: the receiver has no way to be reached. */
const configuration = `route: { receiver: team, group_by: [alertname], group_wait: 1h, group_interval: 1h, repeat_interval: 4h }
receivers: [{ name: team }]
`;

const day = 86_400_000;

/** Prometheus Alertmanager, alone and with a receiver that sends nothing. */
export const alertmanager: RealServer = {
  name: 'alertmanager',
  install: () => installDebian(['prometheus-alertmanager']),
  async start(folder) {
    await writeFile(join(folder, 'alertmanager.yml'), configuration);
    const command = [
      'prometheus-alertmanager',
      '--config.file=alertmanager.yml',
      '--storage.path=data',
      '--web.listen-address=127.0.0.1:0',
      '--cluster.listen-address=',
    ];
    const { ready, stop } = await startProcess(command, folder, /msg="Listening on" address=(127[.\d:]+)/);
    const url = `http://${ready[1]}/api/v2`;
    await fill(url);
    const document = join(folder, 'openapi.json');
    await writeFile(document, await embeddedDocument('/usr/bin/prometheus-alertmanager'));
    const { versionInfo } = await jsonOf(`${url}/status`);
    return {
      url,
      document,
      version: `prometheus-alertmanager ${versionInfo.version}`,
      options: [],
      async state() {
        const silences: { id: string; status: { state: string } }[] = await jsonOf(`${url}/silences`);
        const alerts: { fingerprint: string }[] = await jsonOf(`${url}/alerts`);
        return new Map([
          // To delete a silence is to let it expire; it is shown for days after. One that expired is not left behind.
          ...silences
            .filter(({ status }) => status.state !== 'expired')
            .map((each): [string, string] => [`silence ${each.id}`, JSON.stringify(each)]),
          ...alerts.map((each): [string, string] => [`alert ${each.fingerprint}`, JSON.stringify(each)]),
        ]);
      },
      stop,
    };
  },
};

/** A silence that works, one that is yet to begin, and three alerts, one of them silenced; all last longer than any run. */
async function fill(url: string): Promise<void> {
  const at = (days: number) => new Date(Date.now() + days * day).toISOString();
  const matcher = (value: string) => ({ name: 'alertname', value, isRegex: false, isEqual: true });
  const silence = { endsAt: at(300), createdBy: 'ann', comment: 'The disk is being replaced.' };
  await jsonOf(
    `${url}/silences`,
    sending('POST', { ...silence, startsAt: at(0), matchers: [matcher('DiskFull')] }),
  );
  await jsonOf(
    `${url}/silences`,
    sending('POST', { ...silence, startsAt: at(200), matchers: [matcher('Certificate')] }),
  );
  const alerts = ['DiskFull', 'Certificate', 'HighLoad'].map((alertname) => ({
    labels: { alertname, host: 'db1' },
    annotations: { summary: `${alertname} on db1` },
    startsAt: at(-1),
    endsAt: at(300),
  }));
  await jsonOf(`${url}/alerts`, sending('POST', alerts));
}
