import type { AccountId, RoomName, TeamId } from '@liasse/core/protocol';
import { describe, expect, test } from 'vitest';
import { ErasedRoomError, type NewEntry, type RoomStore } from './roomStore.ts';

const team = '0123456789abcdefghjkmnpq';
const room = `${team}/board` as RoomName;
const other = `${team}/dossier/${team}` as RoomName;
const third = `${team}/meeting/${team}` as RoomName;
const elsewhere = 'zzzzzzzzzzzzzzzzzzzzzzzz/board' as RoomName;

/** A row whose bytes tell which it is, and whether all of it is there. */
function numberedEntry(n: number, account = 'account-one'): NewEntry {
  const update = new Uint8Array(64 + (n % 7) * 500).fill(n % 251);
  return { update, account: account as AccountId, session: 'session-one', at: 1_000 + n };
}

/**
 * What every adapter of `RoomStore` must do. `durable` is given by adapters that outlive the process: `reopen` opens
 * what the store left, `killWriter` kills a process in the middle of appending `numberedEntry(1…)` to the board and
 * tells how many rows it had been told were durable, and `killCompactor` does so in the middle of compacting them, by snapshots whose
 * first four bytes say up to which row.
 */
export function describeRoomStore(
  name: string,
  makeStore: () => Promise<RoomStore>,
  durable?: { reopen(): Promise<RoomStore>; killWriter(): Promise<number>; killCompactor(): Promise<number> },
): void {
  describe(`RoomStore: ${name}`, () => {
    const withStore = async (run: (store: RoomStore) => Promise<void>) => {
      const store = await makeStore();
      try {
        await run(store);
      } finally {
        await store.close();
      }
    };

    test('[S1] a new room is empty, and keeps the epoch it was given', () =>
      withStore(async (store) => {
        const first = await store.load(room);
        expect(first).toMatchObject({ seq: 0, snapshot: null, tail: [] });
        expect((await store.load(room)).epoch).toBe(first.epoch);
        expect((await store.load(other)).epoch).not.toBe(first.epoch);
      }));

    test('[S1] rows come back as they were given, numbered from 1 without gaps, each room for itself', () =>
      withStore(async (store) => {
        const done = await store.append([
          { room, entries: [numberedEntry(1), numberedEntry(2)] },
          { room: other, entries: [numberedEntry(3)] },
        ]);
        expect(done).toEqual([{ lastSeq: 2 }, { lastSeq: 1 }]);
        await store.append([{ room, entries: [numberedEntry(4)] }]);
        const loaded = await store.load(room);
        expect(loaded.seq).toBe(3);
        expect(loaded.tail).toEqual([
          { ...numberedEntry(1), seq: 1 },
          { ...numberedEntry(2), seq: 2 },
          { ...numberedEntry(4), seq: 3 },
        ]);
      }));

    test('[S1] rows given at once by many callers have no gap and no double', () =>
      withStore(async (store) => {
        await Promise.all(Array.from({ length: 40 }, (_, n) => store.append([{ room, entries: [numberedEntry(n)] }])));
        const { seq, tail } = await store.load(room);
        expect(seq).toBe(40);
        expect(tail.map((entry) => entry.seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
        expect(new Set(tail.map((entry) => entry.at)).size).toBe(40);
      }));

    test('[S2] an append that is refused for one room writes none of the batch', () =>
      withStore(async (store) => {
        await store.erase(other);
        const batch = [
          { room, entries: [numberedEntry(1)] },
          { room: other, entries: [numberedEntry(2)] },
        ];
        await expect(store.append(batch)).rejects.toThrow();
        expect((await store.load(room)).seq).toBe(0);
      }));

    test('[S3] since gives the rows after a cursor, or says reset', () =>
      withStore(async (store) => {
        const { epoch } = await store.load(room);
        await store.append([{ room, entries: [1, 2, 3].map((n) => numberedEntry(n)) }]);
        expect(await store.since(room, epoch, 3)).toEqual([]);
        expect(await store.since(room, epoch, 1)).toEqual([
          { ...numberedEntry(2), seq: 2 },
          { ...numberedEntry(3), seq: 3 },
        ]);
        expect(await store.since(room, 'another epoch', 1)).toBe('reset');
        expect(await store.since(room, epoch, 4)).toBe('reset');
        await store.compact(room, 2, new Uint8Array([9]));
        expect(await store.since(room, epoch, 1)).toBe('reset');
        expect(await store.since(room, epoch, 2)).toEqual([{ ...numberedEntry(3), seq: 3 }]);
      }));

    test('[S4] compacting puts a snapshot in the place of a prefix and keeps it as a version', () =>
      withStore(async (store) => {
        const entries = [numberedEntry(1), numberedEntry(2, 'account-two'), numberedEntry(3)];
        await store.append([{ room, entries }]);
        const snapshot = new Uint8Array([1, 2, 3]);
        await store.compact(room, 2, snapshot);
        const loaded = await store.load(room);
        expect(loaded).toMatchObject({ seq: 3, snapshot, tail: [{ ...numberedEntry(3), seq: 3 }] });
        await store.append([{ room, entries: [numberedEntry(4)] }]);
        await store.compact(room, 4, new Uint8Array([4]));
        expect(await store.versions(room)).toEqual([
          { seq: 2, at: 1_002, accounts: ['account-one', 'account-two'], open: [] },
          { seq: 4, at: 1_004, accounts: ['account-one'], open: [] },
        ]);
        expect(await store.version(room, 2)).toEqual(snapshot);
        expect(await store.version(room, 4)).toEqual(new Uint8Array([4]));
        expect(await store.version(room, 3)).toBeNull();
        expect(await store.load(room)).toMatchObject({ seq: 4, epoch: loaded.epoch, tail: [] });
      }));

    test('[S163] compacting changes versions in the same transaction: some come, some go, all by their number', () =>
      withStore(async (store) => {
        await store.append([{ room, entries: [1, 2, 3, 4].map((n) => numberedEntry(n)) }]);
        const open = [{ account: 'account-one' as AccountId, session: 'session-one', at: 1_002 }];
        const version = (seq: number) => ({
          seq,
          at: 1_000 + seq,
          accounts: [],
          open,
          snapshot: new Uint8Array([seq]),
        });
        await store.compact(room, 2, new Uint8Array([2]), { added: [version(1), version(2)], dropped: [] });
        expect(await store.versions(room)).toEqual([1, 2].map((seq) => ({ seq, at: 1_000 + seq, accounts: [], open })));
        await store.compact(room, 4, new Uint8Array([4]), { added: [version(4)], dropped: [2] });
        expect((await store.versions(room)).map(({ seq }) => seq)).toEqual([1, 4]);
        await store.dropVersions(room, [1]);
        expect((await store.versions(room)).map(({ seq }) => seq)).toEqual([4]);
        expect(await store.load(room)).toMatchObject({ seq: 4, snapshot: new Uint8Array([4]), tail: [] });
      }));

    test('[S160] it knows which rooms have rows past their snapshot, and how much that is', () =>
      withStore(async (store) => {
        expect(await store.backlogs()).toEqual([]);
        await store.append([
          { room, entries: [numberedEntry(1), numberedEntry(2)] },
          { room: other, entries: [numberedEntry(3)] },
        ]);
        await store.compact(room, 1, new Uint8Array([1]));
        const mine = { room, rows: 1, bytes: numberedEntry(2).update.length, lastAt: 1_002 };
        expect(await store.backlogs([room])).toEqual([mine]);
        expect(await store.backlogs()).toHaveLength(2);
        expect(await store.rooms()).toEqual([room, other]);
        await store.erase(other);
        expect(await store.rooms()).toEqual([room]);
        expect(await store.backlogs()).toEqual([mine]);
      }));

    test('[S4] a prefix that does not exist, or is compacted already, is not compacted', () =>
      withStore(async (store) => {
        await store.append([{ room, entries: [numberedEntry(1)] }]);
        await expect(store.compact(room, 2, new Uint8Array())).rejects.toThrow();
        await store.compact(room, 1, new Uint8Array([1]));
        await expect(store.compact(room, 1, new Uint8Array())).rejects.toThrow();
        expect(await store.versions(room)).toHaveLength(1);
      }));

    test('[S5] an erased room is gone for good', () =>
      withStore(async (store) => {
        await store.append([{ room, entries: [numberedEntry(1)] }]);
        await store.compact(room, 1, new Uint8Array([1]));
        await store.erase(room);
        await expect(store.load(room)).rejects.toBeInstanceOf(ErasedRoomError);
        await expect(store.versions(room)).rejects.toBeInstanceOf(ErasedRoomError);
        const again = store.append([{ room, entries: [numberedEntry(2)] }]);
        await expect(again).rejects.toBeInstanceOf(ErasedRoomError);
      }));

    test('[S137] changes of a team’s rooms come in commit order, each room once, where it stands now', () =>
      withStore(async (store) => {
        const read = async (after: number, limit = 100) => {
          const { changes } = await store.changes(team as TeamId, after, limit);
          return changes.map(({ room: name, seq, isErased }) => `${name.slice(25)} ${isErased ? 'erased' : seq}`);
        };
        await store.load(third);
        expect(await read(0)).toEqual([]);
        const entries = [numberedEntry(1)];
        await store.append([
          { room, entries },
          { room: other, entries: [numberedEntry(1), numberedEntry(2)] },
        ]);
        await store.append([{ room: elsewhere, entries }]);
        expect(await read(0)).toEqual(['board 1', `dossier/${team} 2`]);
        expect(await read(0, 1)).toEqual(['board 1']);
        const { changes: before } = await store.changes(team as TeamId, 0, 100);
        const last = before.at(-1)?.change ?? 0;
        expect(await read(last)).toEqual([]);
        await store.append([{ room, entries }]);
        await store.compact(room, 2, new Uint8Array([1]));
        await store.erase(third);
        expect(await read(last)).toEqual(['board 2', `meeting/${team} erased`]);
        expect(await read(0)).toEqual([`dossier/${team} 2`, 'board 2', `meeting/${team} erased`]);
        const { epoch } = await store.load(room);
        const { changes: now } = await store.changes(team as TeamId, last, 1);
        expect(now).toMatchObject([{ room, epoch, seq: 2, isErased: false }]);
      }));

    test('[S137] named rooms say where they stand; those never written say nothing', () =>
      withStore(async (store) => {
        await store.append([{ room, entries: [numberedEntry(1)] }]);
        await store.append([{ room: elsewhere, entries: [numberedEntry(1)] }]);
        await store.load(third);
        const { log, changes } = await store.standing([elsewhere, third, room]);
        expect(changes.map(({ room: name }) => name)).toEqual([room, elsewhere]);
        expect(log).toBe((await store.changes(team as TeamId, 0, 1)).log);
      }));

    test('[S1] watchers hear each commit until they unsubscribe', () =>
      withStore(async (store) => {
        const heard: [RoomName, number][] = [];
        const stop = store.watch((name, lastSeq) => heard.push([name, lastSeq]));
        await store.append([{ room, entries: [numberedEntry(1), numberedEntry(2)] }]);
        stop();
        await store.append([{ room, entries: [numberedEntry(3)] }]);
        expect(heard).toEqual([[room, 2]]);
      }));

    test('[S2] a probe of a store that works resolves', () => withStore((store) => store.probe()));

    if (durable) {
      test('[S2] what was said to be durable outlives kill -9; nothing is half written', async () => {
        const acknowledged = await durable.killWriter();
        const store = await durable.reopen();
        const { seq, tail } = await store.load(room);
        const { changes } = await store.changes(team as TeamId, 0, 10);
        expect(changes).toMatchObject([{ room, seq }]);
        await store.append([{ room: other, entries: [numberedEntry(1)] }]);
        const { changes: later } = await store.changes(team as TeamId, changes[0]?.change ?? 0, 10);
        expect(later).toMatchObject([{ room: other, seq: 1 }]);
        await store.close();
        expect(acknowledged).toBeGreaterThan(0);
        expect(seq).toBeGreaterThanOrEqual(acknowledged);
        expect(tail).toEqual(Array.from({ length: seq }, (_, n) => ({ ...numberedEntry(n + 1), seq: n + 1 })));
      });

      test('[S161] killed while it compacts, it has done so whole or not at all, and no row is lost', async () => {
        for (let round = 0; round < 4; round += 1) {
          const acknowledged = await durable.killCompactor();
          const store = await durable.reopen();
          const { seq, snapshot, tail } = await store.load(room);
          const folded = snapshot === null ? 0 : new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(0);
          const versions = await store.versions(room);
          await store.close();
          expect(seq).toBeGreaterThanOrEqual(acknowledged);
          const left = Array.from({ length: seq - folded }, (_, n) => ({
            ...numberedEntry(folded + n + 1),
            seq: folded + n + 1,
          }));
          expect(tail).toEqual(left);
          expect(versions.at(-1)?.seq ?? 0).toBe(folded);
        }
      });
    }
  });
}
