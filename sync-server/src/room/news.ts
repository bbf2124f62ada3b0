import { webSocketFrames } from './webSocketFrame.ts';

/** Frames that many sockets are sent, encoded once for all of them. */
export class Bundle {
  readonly frames: readonly Uint8Array[];
  readonly bytes: number;
  #wire: Buffer | null = null;

  constructor(frames: readonly Uint8Array[]) {
    this.frames = frames;
    this.bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
  }

  /** With the headers of the WebSocket around them: one write a socket. */
  get wire(): Buffer {
    this.#wire ??= webSocketFrames(this.frames);
    return this.#wire;
  }
}

/** What a commit brought, for each of those who have the room open. */
export class News<Peer> {
  readonly #updates: readonly { readonly frame: Uint8Array; readonly from: Peer }[];
  readonly #at: Uint8Array;
  readonly #authors: ReadonlySet<Peer>;
  readonly #forReaders = new Map<boolean, Bundle>();

  /** @param at - says that all up to the commit's last row was sent */
  constructor(updates: readonly { readonly frame: Uint8Array; readonly from: Peer }[], at: Uint8Array) {
    this.#updates = updates;
    this.#at = at;
    this.#authors = new Set(updates.map(({ from }) => from));
  }

  /** Nobody is sent their own edits. */
  bundleFor(peer: Peer, { withAt }: { readonly withAt: boolean }): Bundle {
    if (this.#authors.has(peer)) return this.#bundle(peer, withAt);
    const known = this.#forReaders.get(withAt);
    if (known) return known;
    const made = this.#bundle(null, withAt);
    this.#forReaders.set(withAt, made);
    return made;
  }

  #bundle(author: Peer | null, withAt: boolean): Bundle {
    const frames = this.#updates.filter(({ from }) => from !== author).map(({ frame }) => frame);
    return new Bundle(withAt ? [...frames, this.#at] : frames);
  }
}
