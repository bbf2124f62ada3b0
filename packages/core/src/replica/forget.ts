import type { RoomName } from '../protocol/index.ts';
import type { SessionHost } from './sessionHost.ts';

/**
 * Removes what this device holds of a room that is no longer this account's: recorded rows, cache, cursor, and what says outside
 * IndexedDB that it should be there. What is indexed of it goes as the index finds it gone.
 *
 * @returns false when it stays for now: a context has it open, or something of it waits to be sent
 * @throws {InfraError} when the disk does not do it; it can be asked for again
 * @see SPEC.md P26, P63
 */
export async function forgetRoom(
  { store, ports, names }: Pick<SessionHost, 'store' | 'ports' | 'names'>,
  room: RoomName,
): Promise<boolean> {
  const release = await ports.locks.tryExclusive(names.roomLock(room));
  if (release === null) return false;
  try {
    const generation = await store.generationOf(room);
    if (!(await store.forgetRoom(room))) return false;
    // Finding nothing there later is no loss.
    await ports.sentinel.erase(names.sentinel(room, generation));
    return true;
  } finally {
    release();
  }
}
