import type { RoomName } from '../protocol/index.ts';
import type { DocumentSession } from './session.ts';
import type { SessionHost } from './sessionHost.ts';

const AT_ONCE = 2;
/** A server that takes rows and never says that it recorded them is waited for this long. */
const PATIENCE_MS = 30_000;

interface Drain {
  readonly host: SessionHost;
  /** The session of a room that a screen has open here. */
  readonly openSession: (room: RoomName) => DocumentSession | null;
  readonly hold: (room: RoomName) => DocumentSession;
  readonly letGo: (session: DocumentSession) => Promise<void>;
  /** What the server refused of it is put aside. */
  readonly refused: (session: DocumentSession) => Promise<void>;
}

/**
 * Sends what the journal holds for any room: of this context, of others that have no socket, of dead ones. A room whose
 * lock someone holds is theirs to send.
 */
export async function drainRooms(drain: Drain): Promise<void> {
  const { host } = drain;
  host.ledger.add(await host.store.unsentRows());
  const rooms = host.ledger.rooms();
  const worker = async () => {
    for (let room = rooms.shift(); room !== undefined; room = rooms.shift()) await drainRoom(drain, room);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

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
