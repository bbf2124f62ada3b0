import type { AccountId } from '@liasse/core/protocol';
import * as Y from 'yjs';
import type { StoredRoom } from '../store/roomStore.ts';

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

  constructor({ snapshot, tail }: Pick<StoredRoom, 'snapshot' | 'tail'>) {
    // A row may hold much that was known before it: a device that had no space sends its whole document, colleagues' edits included.
    const reach = snapshot ? Y.decodeStateVector(Y.encodeStateVectorFromUpdateV2(snapshot)) : new Map<number, number>();
    for (const { update, account } of tail) {
      for (const [client, to] of endsIn(update)) {
        if (to <= (reach.get(client) ?? 0)) continue;
        reach.set(client, to);
        if (!this.#owners.has(client)) this.#owners.set(client, account);
      }
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

/** Up to where a stored update brings structs, by client id. */
function endsIn(update: Uint8Array): Iterable<[client: number, to: number]> {
  try {
    return Y.parseUpdateMeta(update).to;
  } catch {
    // A row that does not apply is left out of the document too.
    return [];
  }
}
