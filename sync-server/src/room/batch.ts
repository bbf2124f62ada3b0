import { type AccountId, type BatchAnswer, type BatchAsk, BatchLimits, type BatchRefusal } from '@liasse/core/protocol';
import * as Y from 'yjs';
import type { RightsReader } from '../access/rights.ts';
import { ErasedRoomError, type RoomStore } from '../store/roomStore.ts';
import { isStateVector } from './frames.ts';
import type { Peer, Received, Room } from './room.ts';
import type { Rooms } from './rooms.ts';

/** What a batch is answered with. */
export interface BatchSite {
  readonly rights: RightsReader;
  readonly rooms: Pick<Rooms, 'visit'>;
  readonly store: Pick<RoomStore, 'since'>;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

export interface BatchPerson {
  readonly id: AccountId;
  readonly session: string;
}

/** Hears nothing: who asks by batch is told what came since in the answer. */
const NOBODY: Peer = { deliver: () => {}, sendPresence: () => {}, dismiss: () => {} };

const REFUSED: Partial<Record<Received, BatchRefusal>> = {
  forbidden: 'forbidden',
  malformed: 'malformed',
  missing: 'missing',
  unwritable: 'unavailable',
};

/**
 * Takes what devices push into rooms that they have not open, through the same gate and the same commit as a socket's, and
 * answers each room with what the device lacks. One room's refusal is no other's.
 *
 * @see SPEC.md S141–S145
 */
export async function answerBatch(
  site: BatchSite,
  person: BatchPerson,
  asks: readonly BatchAsk[],
): Promise<BatchAnswer[]> {
  // Together: one commit may then serve them all.
  const pushed = await Promise.all(asks.map((ask) => guarded(site, ask, () => push(site, person, ask))));
  const answers: BatchAnswer[] = [];
  let bytes = 0;
  for (const [index, ask] of asks.entries()) {
    const refused = pushed[index] ?? null;
    const isFull = bytes > BatchLimits.answerBytes;
    const answer: BatchAnswer | BatchRefusal =
      refused ?? (isFull ? nothingYet(ask) : await guarded(site, ask, () => pull(site, person, ask)));
    if (typeof answer === 'string') answers.push({ room: ask.room, refused: answer });
    else answers.push(answer);
    if (typeof answer !== 'string' && answer.refused === null) {
      bytes += answer.updates.reduce((sum, update) => sum + update.length, 0);
    }
  }
  return answers;
}

/** Recorded, or why not. */
async function push(
  { rights, rooms }: BatchSite,
  person: BatchPerson,
  { room: name, updates }: BatchAsk,
): Promise<BatchRefusal | null> {
  if (!rights.of(person.id, name)) return 'forbidden';
  if (updates.length === 0) return null;
  return rooms.visit(name, async (room) => {
    for (const update of updates) {
      // Asked again for each: it may have been taken away while the room was being loaded.
      const right = rights.of(person.id, name);
      if (!right) return 'forbidden';
      const author = { account: person.id, session: person.session, mayWrite: right !== 'reader' };
      const refused = REFUSED[room.receive(update, NOBODY, author)];
      // What stands before it is recorded all the same, and passes for nothing new when it comes again.
      if (refused) return refused;
    }
    await room.settled();
    return null;
  });
}

async function pull(site: BatchSite, person: BatchPerson, ask: BatchAsk): Promise<BatchAnswer | BatchRefusal> {
  const { room, epoch, seq } = ask;
  const rows = epoch === '' ? 'reset' : await site.store.since(room, epoch, seq);
  if (rows === 'reset') {
    if (ask.stateVector.length > 0 && !isStateVector(ask.stateVector)) return 'malformed';
    return site.rooms.visit(room, (open) => (site.rights.of(person.id, room) ? whole(open, ask) : 'forbidden'));
  }
  if (!site.rights.of(person.id, room)) return 'forbidden';
  const updates: Uint8Array[] = [];
  let bytes = 0;
  let last = seq;
  for (const row of rows) {
    if (bytes > BatchLimits.answerBytes) break;
    last = row.seq;
    if (ask.updates.some((own) => isSame(own, row.update))) continue;
    updates.push(row.update);
    bytes += row.update.length;
  }
  const more = last < (rows.at(-1)?.seq ?? seq);
  return { room, refused: null, epoch, seq: last, recorded: true, more, reset: false, updates };
}

/** All that the device lacks, from the committed document. */
function whole({ doc, epoch, seq }: Room, { room, stateVector }: BatchAsk): BatchAnswer {
  const update = Y.encodeStateAsUpdate(doc, stateVector.length > 0 ? stateVector : undefined);
  const updates = update.length > EMPTY_BYTES ? [update] : [];
  return { room, refused: null, epoch, seq, recorded: true, more: false, reset: true, updates };
}

/** An update without structs and deletions. */
const EMPTY_BYTES = 2;

/** The answer is full: what was pushed is recorded, and the rest is to be asked for again. */
const nothingYet = ({ room, epoch, seq }: BatchAsk): BatchAnswer => ({
  room,
  refused: null,
  epoch,
  seq,
  recorded: true,
  more: true,
  reset: false,
  updates: [],
});

/** What goes wrong in one room ends there. */
async function guarded<T>(site: BatchSite, { room }: BatchAsk, run: () => Promise<T>): Promise<T | BatchRefusal> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ErasedRoomError) return 'erased';
    site.log('room-not-synced', { room, reason: error instanceof Error ? error.name : 'unknown' });
    return 'unavailable';
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
