import Dexie from 'dexie';
import { InfraError } from '../index.ts';
import { openContexts } from './channel.ts';
import { localNames } from './names.ts';
import type { ReplicaPorts } from './ports.ts';
import type { Scope } from './types.ts';

/**
 * Removes everything that this device holds of a scope. Its open replicas, here and in other contexts, let go first.
 *
 * @throws {InfraError} when a database could not be removed; what is left is removed by asking again
 */
export async function eraseScope(scope: Scope, ports: Pick<ReplicaPorts, 'channel' | 'sentinel'>): Promise<void> {
  const names = localNames(scope);
  const contexts = openContexts(ports.channel(names.channel));
  contexts.post({ kind: 'erased' });
  contexts.close();
  try {
    const databases = await indexedDB.databases();
    const own = databases.flatMap(({ name }) => (name?.startsWith(names.prefix) ? [name] : []));
    for (const name of own) await Dexie.delete(name);
  } catch (cause) {
    throw new InfraError('local data could not be erased', { cause, retryable: true });
  }
  await ports.sentinel.erase(names.prefix);
}
