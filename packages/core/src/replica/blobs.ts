import { type BlobHash, Refusal, type RefusalCode, type View } from '../index.ts';
import { MAX_BLOB_BYTES, type RoomName } from '../protocol/index.ts';
import type { Contexts } from './channel.ts';
import type { DeviceStore, Upload } from './deviceStore.ts';
import type { LocalNames } from './names.ts';
import type { ReplicaPorts } from './ports.ts';
import { StateView } from './syncState.ts';
import type { Blobs, ServerPort } from './types.ts';

const RETRY_FIRST_MS = 2_000;
const RETRY_LAST_MS = 5 * 60_000;

/** The name of these bytes: their SHA-256. */
export async function hashOf(bytes: Blob): Promise<BlobHash> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') as BlobHash;
}

/** The blobs of one scope: stored first, named by their hash, uploaded one after the other by one context. */
export class BlobShelf implements Blobs {
  readonly waiting: View<number>;
  /** The server's refusals of uploads that wait: kept, tried again rarely, and shown. */
  readonly refused = new Map<string, RefusalCode>();

  readonly #store: DeviceStore;
  readonly #server: ServerPort | null;
  readonly #ports: ReplicaPorts;
  readonly #names: LocalNames;
  readonly #contexts: Contexts;
  readonly #changed: () => void;
  readonly #count: StateView<number>;
  readonly #kept = new Set<string>();
  #waiting = 0;
  #failures = 0;
  #running: Promise<void> | null = null;
  #again = false;
  #cancelRetry: () => void = () => {};
  #closed = false;

  constructor(options: {
    store: DeviceStore;
    server: ServerPort | null;
    ports: ReplicaPorts;
    names: LocalNames;
    contexts: Contexts;
    changed: () => void;
  }) {
    this.#store = options.store;
    this.#server = options.server;
    this.#ports = options.ports;
    this.#names = options.names;
    this.#contexts = options.contexts;
    this.#changed = options.changed;
    this.#count = new StateView(
      () => this.#waiting,
      (a, b) => a === b,
    );
    this.waiting = this.#count;
  }

  /** @throws {Refusal} `too-large`, `no-space` */
  async put(room: RoomName, bytes: Blob): Promise<BlobHash> {
    if (bytes.size > MAX_BLOB_BYTES) throw new Refusal('too-large', { bytes: bytes.size, most: MAX_BLOB_BYTES });
    const hash = await hashOf(bytes);
    try {
      await this.#store.putBlob(hash, bytes, this.#server === null ? null : room);
    } catch {
      throw new Refusal('no-space', { room });
    }
    this.#contexts.post({ kind: 'uploads' });
    void this.upload();
    return hash;
  }

  /** As `put`, but of a blob that this scope has under the room already nothing is sent again. @throws {Refusal} as `put` */
  async keep(room: RoomName, bytes: Blob): Promise<void> {
    const key = `${await hashOf(bytes)} ${room}`;
    if (this.#kept.has(key)) return;
    await this.put(room, bytes);
    this.#kept.add(key);
  }

  async get(room: RoomName, hash: BlobHash): Promise<Blob | null> {
    const kept = await this.#store.getBlob(hash);
    if (kept !== null || this.#server === null) return kept;
    const received = await this.#server.getBlob(room, hash);
    // Bytes that are not what their name says are nobody's blob, whatever the server holds.
    if (!(received instanceof Blob) || (await hashOf(received)) !== hash) return null;
    await this.#store.putBlob(hash, received, null).catch(() => {});
    return received;
  }

  /** Sends what waits, unless another context does; resolves when nothing can be sent now. */
  upload(): Promise<void> {
    this.#again = true;
    this.#running ??= this.#uploadAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Another context changed the queue. It may die before it has sent it. */
  hearOfUploads(): void {
    this.#recount().then(
      () => this.#planRetry(),
      () => {},
    );
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
  }

  async #recount(): Promise<void> {
    this.#waiting = this.#server === null ? 0 : (await this.#store.uploads()).length;
    this.#count.refresh();
    this.#changed();
  }

  async #uploadAll(): Promise<void> {
    try {
      await this.#recount();
      const release = await this.#ports.locks.tryExclusive(this.#names.uploadsLock);
      if (release === null) return;
      try {
        while (this.#again) {
          this.#again = false;
          for (const upload of await this.#store.uploads()) await this.#uploadOne(upload);
        }
      } finally {
        release();
      }
    } catch {
      // The device's storage did not answer: the queue is where it was.
    }
    await this.#recount().catch(() => {});
    this.#planRetry();
  }

  async #uploadOne(upload: Upload): Promise<void> {
    if (this.#server === null || this.#closed) return;
    const bytes = await this.#store.getBlob(upload.hash);
    const answer = bytes === null ? 'not-found' : await this.#server.putBlob(upload.room, upload.hash, bytes);
    const key = `${upload.hash} ${upload.room}`;
    if (answer === 'stored') {
      await this.#store.removeUpload(upload);
      this.refused.delete(key);
      this.#failures = 0;
      this.#contexts.post({ kind: 'uploads' });
    } else {
      this.#failures += 1;
      if (answer !== 'retry') this.refused.set(key, answer);
    }
  }

  #planRetry(): void {
    this.#cancelRetry();
    if (this.#waiting === 0 || this.#closed) return;
    const delayMs = Math.min(RETRY_FIRST_MS * 2 ** this.#failures, RETRY_LAST_MS);
    this.#cancelRetry = this.#ports.timers.after(delayMs, () => void this.upload());
  }
}
