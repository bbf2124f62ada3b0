import * as Y from 'yjs';
import {
  type BatchAnswer,
  type BatchAsk,
  type BatchRefused,
  type BatchSynced,
  decodeBatchAnswer,
  encodeBatch,
  type RoomName,
} from '../protocol/index.ts';
import { framesOf } from './delivery.ts';
import type { JournalRow } from './deviceStore.ts';
import { digestOf } from './digest.ts';
import type { Release } from './ports.ts';
import type { SessionHost } from './sessionHost.ts';
import { sweep } from './sweep.ts';
import type { BatchPatience } from './types.ts';

/** Rooms in one request at most: each is locked for as long as it takes. */
const ROOMS_AT_ONCE = 20;
/** Past it no further room is added to a request. */
const REQUEST_BYTES = 512 * 1024;
/** Of one room's rows in one request; what is left follows. One that is larger goes alone. */
const ROOM_BYTES = 4 * 1024 * 1024;

/**
 * What became of a room. `busy`: its lock is held, whoever holds it brings it. `by-socket`: only a socket can settle it. `refused`: what
 * this device pushes is not taken. `later`: not now. `erased`: gone for everybody.
 */
export type BatchOutcome = 'synced' | 'busy' | 'by-socket' | 'refused' | 'later' | 'erased';

/** A room while it is being exchanged: locked, read, and not in memory otherwise. */
interface Taken {
  readonly room: RoomName;
  readonly release: Release;
  /** What the cache holds, and nothing else. */
  readonly doc: Y.Doc;
  readonly rowIds: readonly string[];
  readonly ask: BatchAsk;
  /** Rows are left for the next request. */
  readonly hasMore: boolean;
}

/**
 * Brings rooms that are not on screen up to date, both ways, by HTTP: rows of the journal are pushed, and what the server has more is
 * written to the cache. Under each room's lock, held exclusively: it never races a socket.
 *
 * @returns what became of each room; `absent` when the server knows no batches
 * @see SPEC.md P23, P24
 */
export async function syncByBatch(
  host: SessionHost,
  rooms: readonly RoomName[],
  patience: BatchPatience = {},
): Promise<ReadonlyMap<RoomName, BatchOutcome> | 'absent'> {
  const outcomes = new Map<RoomName, BatchOutcome>();
  /** Of these nothing is pushed any more: the server has refused it, and may still give what it has. */
  const readOnly = new Set<RoomName>();
  const queue = [...new Set(rooms)];
  while (queue.length > 0) {
    const taken = await takeSome(host, queue, readOnly, outcomes);
    try {
      if (taken.length === 0) continue;
      const answers = await exchange(host, taken, patience);
      if (answers === 'absent') return 'absent';
      for (const one of taken) {
        const answer = typeof answers === 'string' ? answers : (answers.get(one.room) ?? 'later');
        const outcome = typeof answer === 'string' ? answer : await settle(host, one, answer);
        if (outcome === 'again') queue.push(one.room);
        else if (outcome === 'read-only' && !readOnly.has(one.room)) {
          readOnly.add(one.room);
          queue.push(one.room);
        } else {
          const isRefused = outcome === 'read-only' || (outcome === 'synced' && readOnly.has(one.room));
          outcomes.set(one.room, isRefused ? 'refused' : outcome);
        }
      }
      // The server is away: the others are not asked for.
      if (answers === 'later') for (const room of queue.splice(0)) outcomes.set(room, 'later');
    } finally {
      for (const { release, doc } of taken) {
        doc.destroy();
        release();
      }
    }
  }
  return outcomes;
}

async function takeSome(
  host: SessionHost,
  queue: RoomName[],
  readOnly: ReadonlySet<RoomName>,
  outcomes: Map<RoomName, BatchOutcome>,
): Promise<Taken[]> {
  const taken: Taken[] = [];
  let bytes = 0;
  while (taken.length < ROOMS_AT_ONCE && bytes < REQUEST_BYTES) {
    const room = queue.shift();
    if (room === undefined) break;
    const release = await host.ports.locks.tryExclusive(host.names.roomLock(room));
    if (release === null) {
      outcomes.set(room, 'busy');
      continue;
    }
    try {
      const one = await read(host, room, release, { pushes: !readOnly.has(room) });
      bytes += one.ask.updates.reduce((sum, update) => sum + update.length, 0);
      taken.push(one);
    } catch {
      // The device's storage does not answer now.
      outcomes.set(room, 'later');
      release();
    }
  }
  return taken;
}

async function read(
  { store, ledger }: SessionHost,
  room: RoomName,
  release: Release,
  { pushes }: { readonly pushes: boolean },
): Promise<Taken> {
  const unsent = (await store.rowsOf(room)).filter((row) => row.recordedSeq === null);
  ledger.add(unsent);
  const doc = new Y.Doc();
  for (const update of await store.readCache(room)) apply(doc, update);
  const cursor = await store.roomCursor(room);
  const isCursorRight = cursor !== null && cursor.digest === digestOf(doc);
  const { rowIds, updates, hasMore } = pushes ? portionOf(unsent) : { rowIds: [], updates: [], hasMore: false };
  const at = isCursorRight ? { epoch: cursor.epoch, seq: cursor.seq } : { epoch: '', seq: 0 };
  const ask = { room, ...at, stateVector: isCursorRight ? NONE : Y.encodeStateVector(doc), updates };
  return { room, release, doc, rowIds, ask, hasMore };
}

const NONE = new Uint8Array();

/** The first rows, in the order in which they were written, as far as they fit one request. */
function portionOf(rows: readonly JournalRow[]) {
  const rowIds: string[] = [];
  const updates: Uint8Array[] = [];
  let bytes = 0;
  for (const group of framesOf(rows)) {
    const [first] = group;
    if (bytes > ROOM_BYTES || first === undefined) break;
    const update = group.length === 1 ? first.update : Y.mergeUpdates(group.map((row) => row.update));
    if (bytes > 0 && bytes + update.length > ROOM_BYTES) break;
    updates.push(update);
    rowIds.push(...group.map(({ rowId }) => rowId));
    bytes += update.length;
  }
  return { rowIds, updates, hasMore: rowIds.length < rows.length };
}

async function exchange(
  { server }: SessionHost,
  taken: readonly Taken[],
  patience: BatchPatience,
): Promise<ReadonlyMap<RoomName, BatchAnswer> | 'absent' | 'later' | 'by-socket'> {
  if (server === null) return 'absent';
  const answer = await server.batch(encodeBatch(taken.map(({ ask }) => ask)), patience);
  if (answer === 'absent') return 'absent';
  if (answer === 'refused') return 'by-socket';
  const answers = answer === 'retry' || answer === 'signed-out' ? null : decodeBatchAnswer(answer);
  return answers === null ? 'later' : new Map(answers.map((one) => [one.room, one]));
}

async function settle(
  host: SessionHost,
  taken: Taken,
  answer: BatchAnswer,
): Promise<BatchOutcome | 'again' | 'read-only'> {
  if (answer.refused !== null) return refusal(taken, answer);
  try {
    return await keep(host, taken, answer);
  } catch {
    // Bytes that no Yjs reads, or a device that cannot store: nothing was noted that is not so, and it is asked for again.
    return 'later';
  }
}

function refusal({ ask }: Taken, { refused }: BatchRefused): BatchOutcome | 'read-only' {
  switch (refused) {
    case 'erased':
      return 'erased';
    case 'missing':
      return 'by-socket';
    case 'forbidden':
    case 'malformed':
      return ask.updates.length > 0 ? 'read-only' : 'refused';
    case 'unavailable':
      return 'later';
  }
}

/** Keeps what came, then notes what is so since: a crash in between repeats something, and loses nothing. */
async function keep(host: SessionHost, taken: Taken, answer: BatchSynced): Promise<BatchOutcome | 'again'> {
  const { store, names, ports } = host;
  const { room, doc, ask, rowIds } = taken;
  // What was pushed is in the journal and on the server: the cache may hold it, and must, to be what the cursor says.
  const pushed = answer.recorded ? ask.updates : [];
  const news = [...answer.updates, ...pushed].filter((update) => apply(doc, update));
  if (news.length > 0) {
    // As it came, and not as Yjs tells it (P22).
    await store.writeCache(room, news);
    await ports.sentinel.add(names.sentinel(room, await store.generationOf(room))).catch(() => {});
  }
  if (answer.recorded && rowIds.length > 0) await record(host, room, rowIds, answer.seq);
  const digest = digestOf(doc);
  const { epoch, seq } = answer;
  if (digest !== null && epoch !== '') await store.noteCursor(room, { epoch, seq, digest });
  return answer.more || (taken.hasMore && answer.recorded) ? 'again' : 'synced';
}

async function record(host: SessionHost, room: RoomName, rowIds: readonly string[], seq: number): Promise<void> {
  const { store, ledger, contexts } = host;
  await store.recordRows(rowIds, seq);
  ledger.remove(rowIds);
  contexts.post({ kind: 'recorded', room, rowIds: [...rowIds] });
  host.changed();
  const lacks: Uint8Array[] = [];
  await sweep(store, room, (update) => lacks.push(update));
  if (lacks.length === 0) return;
  await store.writeCache(room, lacks);
  await sweep(store, room);
}

/** Whether it said anything new. @throws when it is not an update */
function apply(doc: Y.Doc, update: Uint8Array): boolean {
  let isNew = false;
  const notice = () => {
    isNew = true;
  };
  const waited = doc.store.pendingStructs ?? doc.store.pendingDs;
  doc.on('update', notice);
  try {
    Y.applyUpdate(doc, update);
  } finally {
    doc.off('update', notice);
  }
  return isNew || (doc.store.pendingStructs ?? doc.store.pendingDs) !== waited;
}
