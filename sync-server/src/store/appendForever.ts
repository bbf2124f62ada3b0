// Run by the contract's crash case as a process of its own, then killed: appends rows and says each number once durable.
import type { AccountId, RoomName } from '@liasse/core/protocol';
import { openSqliteRoomStore } from './sqliteRoomStore.ts';

const [file, room] = process.argv.slice(2) as [string, RoomName];
const store = openSqliteRoomStore(file);

for (let n = 1; ; n += 1) {
  const update = new Uint8Array(64 + (n % 7) * 500).fill(n % 251);
  const entry = { update, account: 'account-one' as AccountId, session: 'session-one', at: 1_000 + n };
  const [done] = await store.append([{ room, entries: [entry] }]);
  process.stdout.write(`${done?.lastSeq}\n`);
}
