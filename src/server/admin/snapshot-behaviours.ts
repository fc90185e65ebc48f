import { SparringError } from '../../errors.ts';
import { nearest } from '../../json/nearest.ts';
import { type AdminBehaviour, type AdminContext, done, optionalText } from './admin-behaviour.ts';
import { assertStored } from './assert-stored.ts';

/** Named copies of a namespace's records. */
export const snapshotBehaviours: Readonly<Record<string, AdminBehaviour>> = {
  listSnapshots: ({ served }) => ({ status: 200, body: served.namespace.snapshots() }),
  async takeSnapshot({ path, served }) {
    served.namespace.snapshot(optionalText(path.name));
    await assertStored(served.namespace.settingsKept(), 'The snapshot was taken');
    return done;
  },
  async deleteSnapshot(context) {
    const { namespace } = context.served;
    namespace.dropSnapshot(known(context));
    await assertStored(namespace.settingsKept(), 'The snapshot was deleted');
    return done;
  },
  async restoreSnapshot(context) {
    await context.served.namespace.restore(known(context));
    return done;
  },
};

/** The snapshot's name. Throws `record-not-found` with the nearest right one. */
function known({ path, served }: AdminContext): string {
  const name = optionalText(path.name);
  const names = served.namespace.snapshots();
  if (names.includes(name)) return name;
  throw new SparringError('record-not-found', `There is no snapshot "${name}".`, {
    next: adviceOn(name, names),
  });
}

function adviceOn(name: string, names: readonly string[]): string {
  const guess = nearest(name, names);
  if (guess !== undefined) return `Did you mean ${guess}?`;
  if (names.length > 0) return `There are: ${names.slice(0, 20).join(', ')}.`;
  return `Take one first: PUT /_sparring/snapshots/${name}.`;
}
