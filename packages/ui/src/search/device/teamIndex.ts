import { type BlobHash, linesOfContent, type Searchable, searchablesOf, type TeamId } from '@liasse/core';
import { type RoomName, roomParts } from '@liasse/core/protocol';
import { type DeviceStore, type HeldRoom, readHeldDocument, type SearchShelf, type Timers } from '@liasse/core/replica';
import { decodeSegment, SearchIndex } from '@liasse/core/search';
import type { IndexState } from './contract.ts';
import { ShelfWriter } from './shelfWriter.ts';

/** After the last change of a document: people type on, and the journal has written by then. */
const QUIET_MS = 1_500;
/** Texts are kept together up to here. */
const BATCH_CHARACTERS = 500_000;
/** Documents between two writes of an index that is being made: what a sudden end costs. */
const KEEP_AFTER = 20;
/** A digest of nothing: what could not be read whole is read again the next time. */
const UNREAD = '';

export interface TeamIndexOptions {
  readonly team: TeamId;
  readonly store: Pick<DeviceStore, 'heldRooms' | 'readCache' | 'rowsOf' | 'getBlob'>;
  readonly shelf: SearchShelf;
  readonly timers: Timers;
  /** Lets the messages through that came meanwhile. */
  readonly rest: () => Promise<void>;
  /** Whether this is the context that writes the team's index: asked before each write, as the one that did may have gone. */
  readonly isWriter: () => Promise<boolean>;
  readonly onState: (state: IndexState) => void;
}

/**
 * The index of what this device holds of one team, kept in step with the documents. It reads them from the device's own store,
 * one at a time, and never opens one as a screen does: no socket, nothing written.
 */
export class TeamIndex {
  readonly index = new SearchIndex();
  readonly #options: TeamIndexOptions;
  readonly #writer: ShelfWriter;
  readonly #waiting = new Map<RoomName, HeldRoom | null>();
  readonly #quiet = new Map<RoomName, () => void>();
  #texts = new Map<string, string>();
  #batched = 0;
  #unkept = 0;
  #done = 0;
  #total = 0;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: TeamIndexOptions) {
    this.#options = options;
    this.#writer = new ShelfWriter(this.index, options);
  }

  /** Takes up what was kept, then reads every document held. Resolves when all is indexed. */
  async start(): Promise<void> {
    try {
      await this.#writer.begin();
      for (const { id, bytes, deleted } of await this.#options.shelf.segments()) {
        const segment = decodeSegment(bytes);
        // What it held is not in the index, so its documents are read again.
        if (segment === null) continue;
        for (const doc of deleted) segment.deleted.add(doc);
        this.index.load(segment);
        this.#writer.isKept(segment, id);
        await this.#options.rest();
      }
      const held = await this.#ofTeam();
      this.#forgetAbsent(new Set(held.map(({ room }) => room)));
      // The board first: it names everything.
      for (const room of held.sort((a, b) => rankOf(a.room) - rankOf(b.room))) this.#waiting.set(room.room, room);
      this.#total = held.length;
      await this.#run();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** A document was changed: it is read again once it has been quiet for a moment. */
  changed(room: RoomName): void {
    if (roomParts(room).team !== this.#options.team || this.#closed) return;
    this.#quiet.get(room)?.();
    const cancel = this.#options.timers.after(QUIET_MS, () => {
      this.#quiet.delete(room);
      if (!this.#waiting.has(room)) this.#total += 1;
      this.#waiting.set(room, null);
      this.#run().catch((error) => this.#failed(error));
    });
    this.#quiet.set(room, cancel);
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#quiet.values()) cancel();
    this.#options.shelf.close();
  }

  #failed(error: unknown): void {
    // A scope that is being erased takes its storage away under whoever reads it.
    if (this.#closed) return;
    console.error('the index cannot be brought up to date', error);
    this.#options.onState({ kind: 'failed' });
  }

  #run(): Promise<void> {
    this.#running ??= this.#readWaiting().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #readWaiting(): Promise<void> {
    for (let [next] = this.#waiting; next && !this.#closed; [next] = this.#waiting) {
      const [room, known] = next;
      this.#waiting.delete(room);
      this.#tell();
      const held = known ?? (await this.#ofTeam()).find((one) => one.room === room);
      if (held) await this.#read(held);
      this.#done += 1;
      for (const _ of this.index.maintain()) await this.#options.rest();
      this.#unkept += 1;
      if (this.#unkept >= KEEP_AFTER) await this.#keep();
    }
    if (this.#closed) return;
    await this.#keep();
    this.#done = 0;
    this.#total = 0;
    this.#options.onState({ kind: 'ready' });
  }

  #tell(): void {
    this.#options.onState({ kind: 'indexing', done: this.#done, total: this.#total });
  }

  async #ofTeam(): Promise<HeldRoom[]> {
    const held = await this.#options.store.heldRooms();
    return held.filter(({ room }) => roomParts(room).team === this.#options.team);
  }

  /** @see SPEC.md X15 */
  async #read(held: HeldRoom): Promise<void> {
    const { room } = held;
    const isBoard = roomParts(room).kind === 'board';
    const doc = await readHeldDocument(this.#options.store, held);
    try {
      const seen = new Set<string>();
      for (const thing of searchablesOf(room, doc)) {
        if (this.#closed) return;
        const { key, digest, trashed } = thing.entry;
        const known = this.index.entry(key);
        // A dossier that this device holds speaks for itself, and of the others the register says the title. A piece that was
        // moved stays behind in the trash of the dossier that it left.
        if (known && known.room !== room && (isBoard || (trashed && !known.trashed))) continue;
        seen.add(key);
        if (known?.digest === digest) continue;
        await this.#put(thing);
        await this.#options.rest();
      }
      for (const { key, room: from } of [...this.index.entries()])
        if (from === room && !seen.has(key)) this.#remove(key);
    } finally {
      doc.destroy();
    }
  }

  async #put({ entry, fields, text }: Searchable): Promise<void> {
    const content = text.kind === 'text' ? text.text : text.read();
    const lines = typeof content === 'string' ? content : await this.#blobLines(content.blob);
    const body = lines ?? '';
    this.index.put({
      // A text that has not arrived is looked for again.
      entry: lines === null ? { ...entry, digest: UNREAD } : entry,
      fields: { ...fields, text: body },
    });
    this.#texts.set(entry.key, fields.notes === '' ? body : `${fields.notes}\n${body}`);
    this.#batched += body.length;
    if (this.#batched > BATCH_CHARACTERS) await this.#keepTexts();
  }

  /** From this device alone: looking for words asks nothing of the network. */
  async #blobLines(hash: BlobHash): Promise<string | null> {
    const blob = await this.#options.store.getBlob(hash);
    return blob === null ? null : linesOfContent(await blob.text());
  }

  #remove(key: string): void {
    this.index.remove(key);
    this.#texts.delete(key);
    this.#writer.removeText(key);
  }

  #forgetAbsent(rooms: ReadonlySet<string>): void {
    for (const { key, room } of [...this.index.entries()]) if (!rooms.has(room)) this.#remove(key);
  }

  /** The texts of some results, to make snippets and verify phrases. */
  async texts(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const kept = await this.#options.shelf.texts(keys);
    const batched = keys.flatMap((key) => {
      const text = this.#texts.get(key);
      return text === undefined ? [] : [[key, text] as const];
    });
    return new Map([...kept, ...batched]);
  }

  /** The texts first: what is in the index has its text. */
  async #keep(): Promise<void> {
    this.#unkept = 0;
    await this.#keepTexts();
    await this.#writer.keep();
  }

  async #keepTexts(): Promise<void> {
    if (this.#texts.size > 0) await this.#options.shelf.putTexts(this.#texts);
    // Until then they are read from here: nothing is added meanwhile, as documents are read one after the other.
    this.#texts = new Map();
    this.#batched = 0;
  }
}

const rankOf = (room: RoomName): number => (roomParts(room).kind === 'board' ? 0 : 1);
