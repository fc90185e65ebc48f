import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

/**
 * A process to be killed: `lock-holder.ts <data> [<host> <pid>]` says "ready", opens the data once its input ends, says how that went,
 * commits one record where it may, and holds the data until it is killed. With a host and a process id it takes them for its own.
 */
const [, , data = '', host, pid] = process.argv;
if (host !== undefined) {
  os.hostname = () => host;
  syncBuiltinESMExports();
  Object.defineProperty(process, 'pid', { value: Number(pid) });
}
const { openStorage } = await import('../../src/storage/open-storage.ts');
const storage = await openStorage(data, {
  time: { now: Date.now, monotonic: () => performance.now(), wait: () => () => undefined },
});
process.stdout.write('ready\n');
for await (const _ of process.stdin);
try {
  await storage.load();
  await storage.commit({
    namespace: 'default',
    clear: false,
    changes: [],
    events: [],
    ordinals: { 'a/b': 2 },
  });
  process.stdout.write('loaded\n');
  setInterval(() => undefined, 1000);
} catch (error) {
  process.stdout.write(`${error instanceof Error && 'code' in error ? error.code : error}\n`);
}
