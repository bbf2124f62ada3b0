import type { RoomName } from '../protocol/index.ts';
import { forgetRoom } from './forget.ts';
import { DocumentSession } from './session.ts';
import type { SessionHost } from './sessionHost.ts';

/** Sockets open at once, the most recently opened documents first. */
export const MAX_SOCKETS = 8;
/** How long a document stays in memory after its last holder: going back and forth between screens reloads nothing. */
const LINGER_MS = 500;

/** The documents in memory: how long each stays there, and which of them have a socket. */
export class OpenSessions {
  readonly #host: SessionHost;
  readonly #sessions = new Map<RoomName, DocumentSession>();
  readonly #holders = new Map<DocumentSession, number>();
  readonly #lingering = new Map<DocumentSession, () => void>();
  /** Sessions being closed: a new one of the same room reads the device after them. */
  readonly #closing = new Map<RoomName, Promise<void>>();
  readonly #drains = new Set<DocumentSession>();
  #stopped = false;

  constructor(host: SessionHost) {
    this.#host = host;
  }

  get(room: RoomName): DocumentSession | null {
    return this.#sessions.get(room) ?? null;
  }

  /** In the order in which they were opened. */
  all(): readonly DocumentSession[] {
    return [...this.#sessions.values()];
  }

  /** @param options.draining - opened to send what waits in it, under a lock that the drain holds */
  hold(room: RoomName, options: { draining?: boolean } = {}): DocumentSession {
    let session = this.#sessions.get(room);
    if (!session) {
      session = new DocumentSession(room, this.#host, this.#closing.get(room) ?? Promise.resolve());
      session.drainLocked = options.draining ?? false;
      if (options.draining) this.#drains.add(session);
      this.#sessions.set(room, session);
      this.#assignSockets();
    }
    this.#lingering.get(session)?.();
    this.#lingering.delete(session);
    this.#holders.set(session, (this.#holders.get(session) ?? 0) + 1);
    return session;
  }

  /** One of the holders lets go; the last one's going closes the document a moment later. */
  letGo(session: DocumentSession): void {
    if (this.#release(session)) this.#linger(session);
  }

  /** A drain is over. Resolves when the document is closed, or at once when a screen has opened it meanwhile. */
  endDrain(session: DocumentSession): Promise<void> {
    this.#drains.delete(session);
    session.drainLocked = false;
    if (this.#release(session)) this.#retire(session);
    if (this.#sessions.get(session.room) === session) {
      // A screen opened it meanwhile: its socket must stand under a lock of its own.
      session.setSocket({ wanted: false });
      this.#assignSockets();
    }
    return this.#closing.get(session.room) ?? Promise.resolve();
  }

  /** What a room stands on was put aside: its document gives way to a new one, for whoever opens the room again. */
  renew(room: RoomName): void {
    const session = this.#sessions.get(room);
    if (session === undefined || this.#stopped) return;
    this.#drains.delete(session);
    this.#retire(session);
    // Only now: who is told opens the room again at once.
    session.supersede();
  }

  /** Nothing is opened or closed from here on, and nothing has a socket. */
  cutOff(): void {
    this.#stopped = true;
    for (const session of this.#sessions.values()) session.setSocket({ wanted: false });
  }

  /** Closes them all; resolves when what they held is durable. */
  async close(): Promise<void> {
    this.#stopped = true;
    for (const session of this.all()) this.#retire(session);
    await Promise.all(this.#closing.values());
  }

  /** @returns whether nobody holds it any more, and it may be closed */
  #release(session: DocumentSession): boolean {
    if (this.#sessions.get(session.room) !== session) return false;
    const left = (this.#holders.get(session) ?? 1) - 1;
    this.#holders.set(session, left);
    return left <= 0 && !this.#stopped;
  }

  /** For as long as something is not durable: who comes back finds it, and the device's state goes on speaking of it. */
  #linger(session: DocumentSession): void {
    const cancel = this.#host.ports.timers.after(LINGER_MS, () => {
      if (session.pendingEdits > 0) this.#linger(session);
      else this.#retire(session);
    });
    this.#lingering.set(session, cancel);
  }

  #retire(session: DocumentSession): void {
    this.#lingering.get(session)?.();
    this.#lingering.delete(session);
    this.#holders.delete(session);
    this.#sessions.delete(session.room);
    const closing = this.#closeFor(session).finally(() => {
      if (this.#closing.get(session.room) === closing) this.#closing.delete(session.room);
      this.#host.changed();
    });
    this.#closing.set(session.room, closing);
    this.#assignSockets();
  }

  async #closeFor(session: DocumentSession): Promise<void> {
    await session.close();
    // Where the disk does not do it now, the feed brings it up again.
    if (session.isErased && !this.#stopped) await forgetRoom(this.#host, session.room).catch(() => false);
  }

  /** The last opened are on screen; a drain has its own, two at most. */
  #assignSockets(): void {
    if (this.#stopped) return;
    const screens = this.all().filter((session) => !this.#drains.has(session));
    screens.forEach((session, index) => {
      session.setSocket({ wanted: index >= screens.length - MAX_SOCKETS });
    });
    for (const session of this.#drains) session.setSocket({ wanted: true });
  }
}
