import { SparringError } from '../../errors.ts';

/**
 * Resolves when what has been changed in memory survives the end of the process. `what` begins the sentence: "The clock was changed".
 *
 * @throws SparringError `storage-failed`: it counts, and is lost with the process.
 */
export async function assertStored(stored: Promise<void>, what: string): Promise<void> {
  try {
    await stored;
  } catch (cause) {
    throw new SparringError('storage-failed', `${what}, but that could not be stored.`, {
      next: 'It goes back to what was stored when the server starts again. See the server log.',
      cause,
    });
  }
}
