import type * as Y from 'yjs';
import type { Cursor, RoomName } from '../protocol/index.ts';
import type { DeviceStore } from './deviceStore.ts';
import { digestOf } from './digest.ts';

/**
 * Where one document stood in the server’s log when this device last noted it.
 *
 * @see SPEC.md P41, P42
 */
export class NotedCursor {
  readonly #store: Pick<DeviceStore, 'roomCursor' | 'noteCursor'>;
  readonly #room: RoomName;
  #noted: Cursor | null = null;

  constructor(store: Pick<DeviceStore, 'roomCursor' | 'noteCursor'>, room: RoomName) {
    this.#store = store;
    this.#room = room;
  }

  /** From where the document may resume: null unless it is exactly what it was when that was noted. */
  async find(doc: Y.Doc): Promise<Cursor | null> {
    const kept = await this.#store.roomCursor(this.#room);
    if (kept === null || kept.digest !== digestOf(doc)) return null;
    this.#noted = { epoch: kept.epoch, seq: kept.seq };
    return this.#noted;
  }

  /** Where this device stands, for a document that holds all that its cache does. */
  async last(): Promise<Cursor | null> {
    const kept = await this.#store.roomCursor(this.#room);
    return kept === null ? null : { epoch: kept.epoch, seq: kept.seq };
  }

  /** The document is what the server’s log is up to `cursor`, or later; and nothing of it waits. */
  async note(doc: Y.Doc, cursor: Cursor): Promise<void> {
    if (cursor.epoch === this.#noted?.epoch && cursor.seq === this.#noted.seq) return;
    const digest = digestOf(doc);
    if (digest === null) return;
    this.#noted = cursor;
    await this.#store.noteCursor(this.#room, { ...cursor, digest });
  }
}
