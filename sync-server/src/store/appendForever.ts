// Run by the contract's crash cases as a process of its own, then killed: appends rows and says each number once durable. Asked to, it also
// compacts what there is after every seventh row, and says so before it does.
import type { AccountId, RoomName } from '@liasse/core/protocol';
import { openSqliteRoomStore } from './sqliteRoomStore.ts';

const [file, room, mode] = process.argv.slice(2) as [string, RoomName, string];
const store = openSqliteRoomStore(file);
const { seq } = await store.load(room);

for (let n = seq + 1; ; n += 1) {
  const update = new Uint8Array(64 + (n % 7) * 500).fill(n % 251);
  const entry = { update, account: 'account-one' as AccountId, session: 'session-one', at: 1_000 + n };
  const [done] = await store.append([{ room, entries: [entry] }]);
  process.stdout.write(`${done?.lastSeq}\n`);
  if (mode === 'compact' && n % 7 === 0) await compact(n);
}

/** Large enough that the transaction is not over before the kill arrives. */
async function compact(uptoSeq: number): Promise<void> {
  const snapshot = new Uint8Array(4 * 1024 * 1024);
  new DataView(snapshot.buffer).setUint32(0, uptoSeq);
  process.stdout.write('compacting\n');
  await store.compact(room, uptoSeq, snapshot);
}
