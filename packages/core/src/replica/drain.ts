import type { RoomName } from '../protocol/index.ts';
import { type BatchOutcome, syncByBatch } from './batchSync.ts';
import type { DocumentSession } from './session.ts';
import type { SessionHost } from './sessionHost.ts';

const AT_ONCE = 2;
/** A server that takes rows and never says that it recorded them is waited for this long. */
const PATIENCE_MS = 30_000;

interface Drain {
  readonly host: SessionHost;
  /** Whether the server takes batches: false once it has said that it knows none. */
  readonly batches: { isKnown: boolean };
  /** The session of a room that a screen has open here. */
  readonly openSession: (room: RoomName) => DocumentSession | null;
  readonly hold: (room: RoomName) => DocumentSession;
  readonly letGo: (session: DocumentSession) => Promise<void>;
  /** What the server refused of it is put aside. */
  readonly refused: (session: DocumentSession) => Promise<void>;
}

/**
 * Sends what the journal holds for any room: of this context, of others that have no socket, of dead ones. A room whose
 * lock someone holds is theirs to send. What is not on screen goes by batch; by socket where the server knows no batches, or
 * where only the exchange of states can find what an edit leans on.
 *
 * @see SPEC.md P13, P23
 */
export async function drainRooms(drain: Drain): Promise<void> {
  const { host } = drain;
  host.ledger.add(await host.store.unsentRows());
  const rooms = await notByBatch(drain, host.ledger.rooms());
  const worker = async () => {
    for (let room = rooms.shift(); room !== undefined; room = rooms.shift()) await drainRoom(drain, room);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The rooms that are left for sockets: also those that the server refuses, whose tickets say why. */
async function notByBatch({ host, batches, openSession }: Drain, rooms: readonly RoomName[]): Promise<RoomName[]> {
  const onScreen = rooms.filter((room) => openSession(room) !== null);
  const others = rooms.filter((room) => openSession(room) === null);
  if (others.length === 0 || !batches.isKnown) return [...rooms];
  const outcomes = await syncByBatch(host, others);
  if (outcomes !== 'absent') return [...onScreen, ...others.filter((room) => BY_SOCKET.has(outcomes.get(room)))];
  batches.isKnown = false;
  return [...rooms];
}

const BY_SOCKET: ReadonlySet<BatchOutcome | undefined> = new Set(['by-socket', 'refused', 'erased']);

async function drainRoom({ host, openSession, hold, letGo, refused }: Drain, room: RoomName): Promise<void> {
  const open = openSession(room);
  if (open !== null) {
    await settled(open, host);
    return;
  }
  const release = await host.ports.locks.tryExclusive(host.names.roomLock(room));
  if (release === null) return;
  try {
    const session = hold(room);
    await session.loaded.catch(() => {});
    await settled(session, host);
    await refused(session);
    await letGo(session);
  } finally {
    release();
  }
}

/** Waits until everything of the room is recorded, or nothing more can be sent now. */
function settled(session: DocumentSession, { ports }: SessionHost): Promise<void> {
  return new Promise((resolve) => {
    let unsubscribe = () => {};
    const done = () => {
      unsubscribe();
      cancel();
      resolve();
    };
    const cancel = ports.timers.after(PATIENCE_MS, done);
    unsubscribe = session.sync.subscribe(() => {
      if (session.isSettled) done();
    });
    if (session.isSettled) done();
  });
}
