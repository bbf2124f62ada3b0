import { type AccountId, type Epoch, type RoomName, roomParts } from '@liasse/core/protocol';
import { type Entry, ErasedRoomError, type NewVersion, type RoomChange, type RoomStore } from './roomStore.ts';

interface MemoryRoom {
  readonly epoch: Epoch;
  seq: number;
  snapshot: Uint8Array | null;
  snapshotSeq: number;
  entries: Entry[];
  versions: NewVersion[];
}

/**
 * Rooms in memory, for tests and simulations.
 *
 * @param newEpoch - makes each room's epoch, so that a seed can
 * @param log - whose numbers its changes have
 */
export function memoryRoomStore(newEpoch: () => Epoch, log = 'in memory'): RoomStore {
  const rooms = new Map<RoomName, MemoryRoom | 'erased'>();
  const watchers = new Set<(room: RoomName, lastSeq: number) => void>();
  const changed = new Map<RoomName, RoomChange>();
  let lastChange = 0;

  function noteChange(room: RoomName, now: { epoch: Epoch; seq: number; isErased: boolean }): void {
    lastChange += 1;
    // Taken out and put in again: the map is then in the order of the changes.
    changed.delete(room);
    changed.set(room, { room, ...now, change: lastChange });
  }

  function find(name: RoomName): MemoryRoom | undefined {
    const room = rooms.get(name);
    if (room === 'erased') throw new ErasedRoomError(name);
    return room;
  }

  function findOrMake(name: RoomName): MemoryRoom {
    const known = find(name);
    if (known) return known;
    const made = { epoch: newEpoch(), seq: 0, snapshot: null, snapshotSeq: 0, entries: [], versions: [] };
    rooms.set(name, made);
    return made;
  }

  return {
    file: null,
    async load(name) {
      const room = findOrMake(name);
      return { epoch: room.epoch, seq: room.seq, snapshot: room.snapshot, tail: [...room.entries] };
    },
    async append(batch) {
      // Every room is found before any is changed: all rows or none.
      const found = batch.map(({ room }) => findOrMake(room));
      const done = batch.map(({ entries }, index) => {
        const room = found[index] as MemoryRoom;
        for (const entry of entries) {
          room.seq += 1;
          room.entries.push({ ...entry, seq: room.seq });
        }
        return { lastSeq: room.seq };
      });
      batch.forEach(({ room }, index) => {
        const { epoch, seq } = found[index] as MemoryRoom;
        noteChange(room, { epoch, seq, isErased: false });
        for (const watcher of watchers) watcher(room, done[index]?.lastSeq ?? 0);
      });
      return done;
    },
    async since(name, epoch, seq) {
      const room = find(name);
      if (!room || room.epoch !== epoch || seq < room.snapshotSeq || seq > room.seq) return 'reset';
      return room.entries.filter((entry) => entry.seq > seq);
    },
    async compact(name, uptoSeq, snapshotV2, kept) {
      const room = find(name);
      if (!room || uptoSeq <= room.snapshotSeq || uptoSeq > room.seq) {
        throw new RangeError(`no prefix of ${name} ends at ${uptoSeq}`);
      }
      const folded = room.entries.filter((entry) => entry.seq <= uptoSeq);
      const accounts: AccountId[] = [...new Set(folded.map((entry) => entry.account))];
      const whole = { seq: uptoSeq, at: folded.at(-1)?.at ?? 0, accounts, open: [], snapshot: snapshotV2 };
      const { added, dropped } = kept ?? { added: [whole], dropped: [] };
      room.versions = [...room.versions.filter(({ seq }) => !dropped.includes(seq)), ...added];
      room.snapshot = snapshotV2;
      room.snapshotSeq = uptoSeq;
      room.entries = room.entries.filter((entry) => entry.seq > uptoSeq);
    },
    async versions(name) {
      return (find(name)?.versions ?? []).map(({ seq, at, accounts, open }) => ({ seq, at, accounts, open }));
    },
    async version(name, seq) {
      return find(name)?.versions.find((version) => version.seq === seq)?.snapshot ?? null;
    },
    async dropVersions(name, seqs) {
      const room = find(name);
      if (room) room.versions = room.versions.filter(({ seq }) => !seqs.includes(seq));
    },
    async backlogs(names) {
      return [...rooms].flatMap(([room, known]) => {
        if (known === 'erased' || known.entries.length === 0 || names?.includes(room) === false) return [];
        const bytes = known.entries.reduce((sum, { update }) => sum + update.length, 0);
        return { room, rows: known.entries.length, bytes, lastAt: known.entries.at(-1)?.at ?? 0 };
      });
    },
    async rooms() {
      return [...rooms].flatMap(([room, known]) => (known === 'erased' ? [] : room));
    },
    async erase(name) {
      const { epoch, seq } = findOrMake(name);
      rooms.set(name, 'erased');
      noteChange(name, { epoch, seq, isErased: true });
    },
    async changes(team, after, limit) {
      const ofTeam = [...changed.values()].filter(
        ({ room, change }) => roomParts(room).team === team && change > after,
      );
      return { log, changes: ofTeam.slice(0, limit) };
    },
    async standing(names) {
      return { log, changes: [...changed.values()].filter(({ room }) => names.includes(room)) };
    },
    watch(onCommitted) {
      watchers.add(onCommitted);
      return () => watchers.delete(onCommitted);
    },
    async probe() {},
    async close() {},
  };
}
