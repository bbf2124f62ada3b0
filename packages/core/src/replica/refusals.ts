import * as Y from 'yjs';
import { newId } from '../index.ts';
import type { RoomName } from '../protocol/index.ts';
import type { DraftReason } from './deviceStore.ts';
import { readHeldDocument } from './heldDocument.ts';
import type { DocumentSession } from './session.ts';
import type { SessionHost } from './sessionHost.ts';

/** Between two tries to put something aside: its lock was held, or the disk refused. */
const RETRY_MS = 5_000;

/**
 * Puts aside, as drafts, the edits that a server refuses. Yjs takes nothing back, and other pages hold them too: the whole room begins
 * anew on this device, and what it was stays readable.
 *
 * @see SPEC.md P43
 */
export class Refusals {
  readonly #host: SessionHost;
  readonly #renewed: (room: RoomName, generation: number) => void;
  readonly #busy = new Map<RoomName, Promise<void>>();

  /** @param renewed - a room began its next generation here */
  constructor(host: SessionHost, renewed: (room: RoomName, generation: number) => void) {
    this.#host = host;
    this.#renewed = renewed;
  }

  /** Looks at a document whose state changed. Resolves when what had to be put aside is. */
  async consider(session: DocumentSession): Promise<void> {
    const { room, generation, refusal } = session;
    if (refusal === null || generation === null) return;
    const busy = this.#busy.get(room) ?? this.#putAside(session, generation, refusal);
    this.#busy.set(room, busy);
    await busy.finally(() => this.#busy.delete(room));
  }

  async #putAside(session: DocumentSession, generation: number, reason: DraftReason): Promise<void> {
    const { room } = session;
    const { ports, names, contexts } = this.#host;
    // Another context does it, and will tell; or this one is ending.
    const release = await ports.locks.tryExclusive(names.draftLock(room)).catch(() => null);
    if (release === null) return this.#later();
    try {
      if (!(await this.#makeDraft(session, generation, reason))) return;
      contexts.post({ kind: 'renewed', room, generation: generation + 1 });
      this.#renewed(room, generation + 1);
    } catch {
      // The disk: all is as it was.
      this.#later();
    } finally {
      release();
    }
  }

  /** @returns whether the generation is over, by this or by another context */
  async #makeDraft({ room, doc: shown }: DocumentSession, generation: number, reason: DraftReason): Promise<boolean> {
    const { store, ports, ledger } = this.#host;
    const unsent = (await store.rowsOf(room)).filter((row) => row.recordedSeq === null);
    if (unsent.length === 0) {
      if ((await store.generationOf(room)) > generation) return true;
      ledger.forget(room);
      return false;
    }
    // What the page holds too: a cache that lost something would leave edits that lean on it unreadable.
    const doc = await readHeldDocument(store, { room, isCached: true });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(shown));
    const draft = {
      draftId: newId(ports.random),
      room,
      reason,
      at: ports.clock.now(),
      edits: unsent.reduce((sum, { edits }) => sum + edits, 0),
      update: Y.encodeStateAsUpdate(doc),
      refused: Y.mergeUpdates(unsent.map(({ update }) => update)),
    };
    doc.destroy();
    await store.putAside(draft, { generation, holds: unsent.map(({ rowId }) => rowId) });
    return true;
  }

  #later(): void {
    this.#host.ports.timers.after(RETRY_MS, () => this.#host.changed());
  }
}
