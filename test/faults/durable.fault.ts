import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { decodeWire, MessageType } from '@liasse/core/protocol';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { SqliteLog } from '../../sync-server/src/store/sqliteLog.ts';
import { comesTrue } from '../bench/sync/pace.ts';
import { DiskImage } from './support/diskImage.ts';
import { Site, say, temporaryFolder } from './support/site.ts';
import { callsIn, messagesIn, straced } from './support/systemCalls.ts';

const WRITERS = 4;
const EDITS = 75;
// So much that the log is folded into the database while it is written.
const VALUE = 'x'.repeat(20_000);

test('[S2] [S10] no edit and no “recorded” leaves before the fdatasync of its row has ended, and what was synced then holds it', async () => {
  const folder = temporaryFolder();
  const output = join(folder, 'calls');
  const site = await Site.start({ under: straced(output) });
  const room = site.newRoom();
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(site, room, writer)));
  await site.end('SIGTERM');

  const log = new SqliteLog(join(site.data, 'rooms.sqlite'));
  const rows = log.load(room).tail.map(({ update }) => Buffer.from(update));
  log.close();
  expect(rows).toHaveLength(WRITERS * EDITS);

  // Not the shared memory, which is made anew, nor the journal of the very first page, which is gone by then.
  const files = ['rooms.sqlite', 'rooms.sqlite-wal'].map((name) => join(site.data, name));
  const image = new DiskImage();
  const seen = { recorded: 0, passedOn: 0, syncs: 0, checkpoints: 0, replays: 0 };
  let safe = 0;
  const replay = join(folder, 'replay');
  for await (const call of callsIn(output)) {
    const isFile = files.includes(call.target);
    if (isFile) image.note(call);
    if (isFile && call.at === 'end' && call.name.endsWith('sync')) {
      seen.syncs += 1;
      if (call.target.endsWith('rooms.sqlite')) seen.checkpoints += 1;
      while (safe < rows.length && isSafe(image, files, rows[safe] as Buffer)) safe += 1;
    }
    if (call.at !== 'start' || !call.target.startsWith('socket:')) continue;
    for (const message of messagesIn(call.bytes)) {
      const seq = rowIn(message, rows);
      if (seq === null) continue;
      const isRecorded = message[0] === MessageType.recorded;
      expect(seq, `row ${seq} left when ${safe} were safe`).toBeLessThanOrEqual(safe);
      if (!isRecorded) {
        seen.passedOn += 1;
        continue;
      }
      seen.recorded += 1;
      // With none, all, and some of what no sync had made safe.
      for (const luck of [() => false, () => true, () => Math.random() < 0.5]) {
        rmSync(replay, { recursive: true, force: true });
        mkdirSync(replay);
        image.writeTo(replay, luck);
        const after = new SqliteLog(join(replay, 'rooms.sqlite'));
        const there = after.load(room).tail;
        after.close();
        expect(there.length, 'rows after a loss of power').toBeGreaterThanOrEqual(seq);
        there.forEach(({ update }, index) => {
          expect(rows[index]?.equals(update)).toBe(true);
        });
        seen.replays += 1;
      }
    }
  }
  say(
    `${seen.recorded} × recorded and ${seen.passedOn} × passed on, each after its fdatasync (${seen.syncs} of them, ` +
      `${seen.checkpoints} checkpoints); ${seen.replays} losses of power replayed, every recorded row there`,
  );
  expect(seen.recorded).toBe(WRITERS * EDITS);
  expect(seen.passedOn).toBe(WRITERS * EDITS * (WRITERS - 1));
  expect(seen.checkpoints).toBeGreaterThan(1);
});

async function write(site: Site, room: Parameters<Site['join']>[0], writer: number): Promise<void> {
  const doc = new Y.Doc();
  const client = await site.join(room);
  doc.on('update', (update: Uint8Array) => client.update(update));
  for (let edit = 1; edit <= EDITS; edit += 1) {
    doc.getMap('edits').set(`${writer}.${edit}`, `${writer}.${edit} ${VALUE}`);
    if (!(await comesTrue(() => client.taken === edit, 30_000))) throw new Error('not recorded in 30 s');
  }
  // Until what the others wrote has come too.
  await comesTrue(() => client.updates >= EDITS * (WRITERS - 1), 30_000);
}

/** A row’s bytes stand across pages: its beginning says enough. */
const isSafe = (image: DiskImage, files: readonly string[], row: Buffer): boolean =>
  files.some((file) => image.holds(file, row.subarray(0, 60)));

/** The last row that a message gives away. */
function rowIn(message: Buffer, rows: readonly Buffer[]): number | null {
  if (message[0] === MessageType.recorded) {
    const recorded = decodeWire(message);
    return recorded?.type === 'recorded' ? recorded.seq : null;
  }
  if (message[0] !== MessageType.sync || message.length < 1_000) return null;
  const index = rows.findIndex((row) => message.includes(row));
  return index < 0 ? null : index + 1;
}
