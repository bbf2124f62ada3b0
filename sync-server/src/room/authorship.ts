import type { AccountId } from '@liasse/core/protocol';
import type { StoredRoom } from '../store/roomStore.ts';
import { ByteReader, Malformed } from './byteReader.ts';
import { shapeOf } from './gate.ts';

/**
 * Which account first wrote under each client id of a room, as far as its rows say. Yjs trusts whoever writes under an id: someone else’s
 * structs at the clocks that its owner is about to use would make the owner’s own edits pass for known, and vanish without a word.
 *
 * A compacted prefix no longer knows who wrote: of its ids, the next to write is taken for the owner.
 */
export class Authorship {
  readonly #owners = new Map<number, AccountId>();
  /** Ids whose first row is not committed yet. */
  readonly #unsure = new Set<number>();

  constructor(rows: StoredRoom['tail']) {
    for (const { update, account } of rows) {
      for (const client of clientsIn(update)) if (!this.#owners.has(client)) this.#owners.set(client, account);
    }
  }

  /** Null when nobody is known to have written under it. */
  ownerOf(client: number): AccountId | null {
    return this.#owners.get(client) ?? null;
  }

  /** Something of these ids waits to be committed. */
  queue(clients: readonly number[], account: AccountId): void {
    for (const client of clients) {
      if (this.#owners.has(client)) continue;
      this.#owners.set(client, account);
      this.#unsure.add(client);
    }
  }

  committed(clients: readonly number[]): void {
    for (const client of clients) this.#unsure.delete(client);
  }

  /** What waited was dropped. */
  dropQueued(): void {
    for (const client of this.#unsure) this.#owners.delete(client);
    this.#unsure.clear();
  }
}

/** Ids under which a stored update brings structs. Most bring those of one, which its first numbers say. */
function clientsIn(update: Uint8Array): Iterable<number> {
  try {
    const reader = new ByteReader(update);
    const count = reader.varUint();
    if (count === 0) return [];
    if (count === 1) {
      reader.varUint();
      return [reader.varUint()];
    }
    return shapeOf(update)?.structs.keys() ?? [];
  } catch (error) {
    // A row that does not apply is left out of the document too.
    if (error instanceof Malformed) return [];
    throw error;
  }
}
