import type { AccountId } from '@liasse/core/protocol';
import type Database from 'better-sqlite3';
import * as Y from 'yjs';
import { shapeOf } from '../room/gate.ts';
import { loadDoc } from '../room/loadDoc.ts';
import type { Entry } from '../store/roomStore.ts';
import { counted } from './dataFolder.ts';

interface RoomRow {
  readonly id: number;
  readonly name: string;
  readonly epoch: string;
  readonly last_seq: number;
  readonly snapshot: Uint8Array | null;
  readonly snapshot_seq: number;
  readonly erased_at: number | null;
}

type EntryRow = Omit<Entry, 'update' | 'account'> & { readonly data: Uint8Array; readonly account: AccountId };

/** Each room: numbers without gap, versions, snapshot and rows that make its document. */
export function checkRooms(db: Database.Database): { looked: string; wrong: string[] } {
  const wrong: string[] = [];
  let rows = 0;
  const ids = db.prepare<[], { id: number }>('SELECT id FROM rooms ORDER BY name').all();
  const roomOf = db.prepare<[number], RoomRow>('SELECT * FROM rooms WHERE id = ?');
  const rowsOf = db.prepare<[number], EntryRow>('SELECT * FROM entries WHERE room = ? ORDER BY seq');
  const versionsOf = db.prepare<[number], { seq: number; snapshot: Uint8Array }>(
    'SELECT seq, snapshot FROM versions WHERE room = ? ORDER BY seq',
  );
  for (const { id } of ids) {
    const room = roomOf.get(id);
    if (!room) continue;
    const say = (sentence: string) => wrong.push(`Room ${room.name}: ${sentence}`);
    const entries = rowsOf.all(id);
    rows += entries.length;
    if (room.erased_at !== null) {
      if (entries.length > 0 || room.snapshot || versionsOf.get(id))
        say('it was erased, and something of it is still there.');
      continue;
    }
    if (room.epoch === '') say('it has no epoch.');
    checkNumbers(room, entries, say);
    for (const { seq, snapshot } of versionsOf.all(id)) {
      if (!applies(snapshot)) say(`the version at row ${seq} cannot be read.`);
    }
    checkDocument(room, entries, say);
  }
  return { looked: `${counted(ids.length, 'room')} with ${counted(rows, 'row')}`, wrong };
}

function checkNumbers(room: RoomRow, entries: readonly EntryRow[], say: (sentence: string) => void): void {
  let expected = room.snapshot_seq + 1;
  for (const { seq } of entries) {
    if (seq > expected) say(missing(expected, seq - 1));
    if (seq < expected) say(`row ${seq} stands where row ${expected} should.`);
    expected = Math.max(expected, seq + 1);
  }
  if (expected <= room.last_seq) say(missing(expected, room.last_seq));
  if (expected > room.last_seq + 1) say(`it has rows beyond its last, ${room.last_seq}.`);
}

const missing = (from: number, to: number): string =>
  from === to ? `row ${from} is missing.` : `rows ${from} to ${to} are missing.`;

function checkDocument(room: RoomRow, entries: readonly EntryRow[], say: (sentence: string) => void): void {
  if (room.snapshot && !applies(room.snapshot)) {
    say('its snapshot cannot be read: nobody can open the room.');
    return;
  }
  const tail = entries.map(({ data, ...row }) => ({ ...row, update: new Uint8Array(data) }));
  const { doc, quarantined } = loadDoc({ snapshot: room.snapshot && new Uint8Array(room.snapshot), tail });
  for (const seq of quarantined) say(`row ${seq} cannot be applied: it is quarantined, the others are there.`);
  for (const { seq, update } of tail) {
    if (!quarantined.includes(seq) && !shapeOf(update)) say(`row ${seq} is not what the server took in.`);
  }
  const waits = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
  if (waits) say('something in it waits for edits that are not there.');
  doc.destroy();
}

function applies(snapshotV2: Uint8Array): boolean {
  const doc = new Y.Doc();
  try {
    Y.applyUpdateV2(doc, new Uint8Array(snapshotV2));
    return true;
  } catch {
    return false;
  } finally {
    doc.destroy();
  }
}
