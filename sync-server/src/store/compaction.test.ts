import { join } from 'node:path';
import { type AccountId, boardRoom, newId, type RoomName, type TeamId } from '@liasse/core/protocol';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { loadDoc } from '../room/loadDoc.ts';
import { random, temporaryFolder } from '../testing/testServer.ts';
import { COMPACTION, Compactor } from './compaction.ts';
import { compactRoom } from './compactRoom.ts';
import { type FoldingTask, type FoldingThread, startFoldingThread } from './foldingThread.ts';
import { memoryRoomStore } from './memoryRoomStore.ts';
import { readSource } from './readRoom.ts';
import type { Entry, NewEntry, RoomStore } from './roomStore.ts';
import { SITTING_SILENCE_MS } from './sittings.ts';
import { openSqliteRoomStore } from './sqliteRoomStore.ts';

const room = boardRoom(newId<TeamId>(random));
const account = 'account-ines' as AccountId;
const row = (update: Uint8Array, at = 0): NewEntry => ({ update, account, session: 'one', at });
const numbered = (rows: readonly NewEntry[]): Entry[] => rows.map((entry, index) => ({ ...entry, seq: index + 1 }));

/** The updates that some edits make. */
function updatesOf(edit: (doc: Y.Doc) => void, doc = new Y.Doc()): Uint8Array[] {
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  edit(doc);
  return updates;
}

const said = (doc: Y.Doc) => ({ map: doc.getMap('m').toJSON(), text: doc.getText('t').toDelta() });
const poison = new Uint8Array([1, 1, 1, 0, 255, 255]);
const poisonous = (): Uint8Array => {
  expect(() => Y.applyUpdate(new Y.Doc(), poison)).toThrow();
  return poison;
};

describe('folding a room', () => {
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), by: fc.nat(2), key: fc.constantFrom('a', 'b'), value: fc.nat(9) }),
    fc.record({ kind: fc.constant('type' as const), by: fc.nat(2), at: fc.nat(20), value: fc.nat(9) }),
    fc.record({ kind: fc.constant('cut' as const), by: fc.nat(2), at: fc.nat(20), value: fc.nat(9) }),
    fc.record({ kind: fc.constant('bold' as const), by: fc.nat(2), at: fc.nat(20), value: fc.nat(9) }),
  );

  test('[S160] the snapshot says what the rows said, and takes later edits as they would', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 2, maxLength: 40 }), fc.nat(39), (edits, cut) => {
        const peers = [0, 1, 2].map(() => new Y.Doc());
        const updates: Uint8Array[] = [];
        for (const peer of peers) {
          peer.on('update', (update: Uint8Array, origin: unknown) => {
            if (origin === 'peer') return;
            updates.push(update);
            for (const other of peers) if (other !== peer) Y.applyUpdate(other, update, 'peer');
          });
        }
        for (const one of edits) {
          const doc = peers[one.by] as Y.Doc;
          const text = doc.getText('t');
          const at = 'at' in one ? Math.min(one.at, text.length) : 0;
          if (one.kind === 'set') doc.getMap('m').set(one.key, one.value);
          else if (one.kind === 'type') text.insert(at, 'abcdefghij'.slice(one.value));
          else if (one.kind === 'cut') text.delete(at, Math.min(one.value, text.length - at));
          else text.format(at, Math.min(one.value, text.length - at), { bold: true });
        }
        const rows = numbered(updates.map((update) => row(update)));
        const upto = Math.min(cut + 1, rows.length);
        const { room: folded } = compactRoom({
          stored: { snapshot: null, tail: rows.slice(0, upto) },
          before: null,
          now: 0,
        });
        const plain = loadDoc({ snapshot: null, tail: rows }).doc;
        const compacted = loadDoc({ snapshot: folded?.snapshot ?? null, tail: rows.slice(upto) }).doc;
        expect(said(compacted)).toEqual(said(plain));
        expect(Y.equalSnapshots(Y.snapshot(compacted), Y.snapshot(plain))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('[S162] what cannot be applied, and all after it, stays in the log', () => {
    const updates = updatesOf((doc) => {
      doc.getMap('m').set('a', 1);
      doc.getMap('m').set('b', 2);
    });
    const tail = numbered(
      [updates[0] as Uint8Array, poisonous(), updates[1] as Uint8Array].map((update) => row(update)),
    );
    const { room: folded, quarantined } = compactRoom({ stored: { snapshot: null, tail }, before: null, now: 0 });
    expect(quarantined).toBe(2);
    expect(folded?.uptoSeq).toBe(1);
    const first = compactRoom({ stored: { snapshot: null, tail: tail.slice(1) }, before: null, now: 0 });
    expect(first).toEqual({ room: null, quarantined: 2, waits: false });
  });

  test('[S162] nothing is folded that leans on edits that are not there', () => {
    const [, second] = updatesOf((doc) => {
      doc.getText('t').insert(0, 'a');
      doc.getText('t').insert(1, 'b');
    });
    const tail = numbered([row(second as Uint8Array)]);
    expect(compactRoom({ stored: { snapshot: null, tail }, before: null, now: 0 })).toMatchObject({
      room: null,
      waits: true,
    });
  });

  test('[S163] each version is the document as it was at that row', () => {
    const updates = updatesOf((doc) => {
      doc.getText('t').insert(0, 'before');
      doc.getText('t').delete(0, 6);
      doc.getText('t').insert(0, 'after');
    });
    const tail = numbered(updates.map((update, index) => row(update, index === 0 ? 0 : 2 * SITTING_SILENCE_MS)));
    const { room: folded } = compactRoom({ stored: { snapshot: null, tail }, before: null, now: 0 });
    const texts = folded?.added.map(({ seq, snapshot }) => [
      seq,
      loadDoc({ snapshot, tail: [] }).doc.getText('t').toString(),
    ]);
    expect(texts).toEqual([
      [1, 'before'],
      [3, 'after'],
    ]);
  });
});

describe('when a room is compacted', () => {
  const rules = { ...COMPACTION, rows: 10, bytes: 10_000 };
  const fold = ({ source, ...task }: FoldingTask) => compactRoom({ ...task, stored: readSource(source) });
  const inline: Pick<FoldingThread, 'compact'> = { compact: async (task) => fold(task) };

  function site(thread = inline, store: RoomStore = memoryRoomStore(() => 'epoch')) {
    let clock = 1_000_000;
    const outcomes: string[] = [];
    const saved: number[] = [];
    const compactor = new Compactor({
      store,
      thread,
      rules,
      now: () => clock,
      mayWrite: () => true,
      compacted: (outcome) => outcomes.push(outcome),
      saved: (_room, bytes) => saved.push(bytes),
      log: () => {},
    });
    onTestFinished(() => compactor.stop());
    const docs = new Map<RoomName, Y.Doc>();
    const write = async (count: number, name: RoomName = room) => {
      const doc = docs.get(name) ?? new Y.Doc();
      docs.set(name, doc);
      for (let n = 0; n < count; n += 1) {
        const [update] = updatesOf((edited) => edited.getText('t').insert(0, 'x'), doc);
        await store.append([{ room: name, entries: [row(update as Uint8Array, clock)] }]);
      }
    };
    return {
      store,
      compactor,
      outcomes,
      saved,
      write,
      pass: (ms: number) => {
        clock += ms;
      },
      left: async () => (await store.load(room)).tail.length,
    };
  }

  test('[S160] when it has grown and is quiet; when its last sitting is over; when it has grown much, however busy', async () => {
    const { compactor, write, pass, left, saved, store } = site();
    await write(10);
    await compactor.run();
    expect(await left()).toBe(10);
    const [backlog] = await store.backlogs([room]);
    pass(rules.quietMs);
    await compactor.run();
    expect(await left()).toBe(0);
    expect(saved).toEqual([(backlog?.bytes ?? 0) - ((await store.load(room)).snapshot?.length ?? 0)]);

    await write(3);
    pass(rules.quietMs);
    await compactor.run();
    expect(await left()).toBe(3);
    pass(SITTING_SILENCE_MS + 2);
    await compactor.run();
    expect(await left()).toBe(0);

    for (let n = 0; n < 14; n += 1) {
      await write(8);
      pass(rules.quietMs / 3);
      await compactor.run();
    }
    expect(await left()).toBeLessThan(60);
  });

  test('[S160] rows that are committed while it is compacted stay, and are compacted later', async () => {
    let go: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    let begun: () => void = () => {};
    const folding = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { compactor, write, pass, left, store } = site({
      compact: async (task) => {
        begun();
        await held;
        return fold(task);
      },
    });
    await write(10);
    pass(rules.quietMs);
    const running = compactor.run();
    await folding;
    await write(2);
    go();
    await running;
    expect(await left()).toBe(2);
    pass(SITTING_SILENCE_MS + 1);
    await compactor.run();
    expect(await left()).toBe(0);
    const { snapshot } = await store.load(room);
    expect(loadDoc({ snapshot, tail: [] }).doc.getText('t').length).toBe(12);
  });

  test('[S160] what a former process left is found again; a failure is said, and the others go on', async () => {
    const first = site();
    await first.write(4);
    const later = site(inline, first.store);
    later.pass(2 * SITTING_SILENCE_MS);
    await later.compactor.begin();
    await later.compactor.run();
    expect(await later.left()).toBe(0);

    let fails = true;
    const other = boardRoom(newId<TeamId>(random));
    const trouble = site({
      compact: async (task) => {
        if (fails) throw new Error('no memory');
        return fold(task);
      },
    });
    await trouble.write(1);
    trouble.pass(SITTING_SILENCE_MS + rules.quietMs);
    await trouble.compactor.run();
    expect(trouble.outcomes).toEqual(['failed']);
    expect(await trouble.left()).toBe(1);
    fails = false;
    await trouble.write(1, other);
    await trouble.write(1);
    trouble.pass(SITTING_SILENCE_MS + rules.quietMs);
    await trouble.compactor.run();
    expect(trouble.outcomes).toEqual(['failed', 'done', 'done']);
  });

  test('[S160] it is done in a thread of its own, which tells what it could not read', async () => {
    const thread = startFoldingThread();
    onTestFinished(() => thread.close());
    const updates = updatesOf((doc) => doc.getMap('m').set('a', 1));
    const tail = numbered(updates.map((update) => row(update)));
    const both = await Promise.all([
      thread.compact({ source: { stored: { snapshot: null, tail } }, before: null, now: 0 }),
      thread.keys({ stored: { snapshot: null, tail } }, 'm'),
      thread.keys({ stored: { snapshot: null, tail: numbered([row(poisonous())]) } }, 'm'),
    ]);
    expect(both[0].room?.uptoSeq).toBe(1);
    expect(both.slice(1)).toEqual([['a'], null]);
  });

  test('[S160] the thread reads a file by itself, while others write to it', async () => {
    const store = openSqliteRoomStore(join(await temporaryFolder(), 'rooms.sqlite'));
    const thread = startFoldingThread();
    onTestFinished(async () => {
      await thread.close();
      await store.close();
    });
    const { compactor, write, pass, left } = site(thread, store);
    await write(30);
    pass(rules.quietMs);
    await Promise.all([compactor.run(), write(5)]);
    expect(await left()).toBeLessThanOrEqual(5);
    pass(SITTING_SILENCE_MS + 1);
    await compactor.run();
    expect(await left()).toBe(0);
    const { snapshot } = await store.load(room);
    expect(loadDoc({ snapshot, tail: [] }).doc.getText('t').length).toBe(35);
  });
});
