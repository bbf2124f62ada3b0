import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AccountId, RoomName } from '@liasse/core/protocol';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { memoryRoomStore } from './memoryRoomStore.ts';
import { describeRoomStore } from './roomStore.contract.ts';
import { openSqliteRoomStore } from './sqliteRoomStore.ts';

const folder = () => mkdtemp(join(tmpdir(), 'liasse-store-'));

let epochs = 0;
describeRoomStore('in memory', async () =>
  memoryRoomStore(() => {
    epochs += 1;
    return `epoch-${epochs}`;
  }),
);

let killed = '';

/** Runs `appendForever.ts` on `killed`, and kills it once it has said so. */
async function killWhen(mode: string, isTime: (line: string, acknowledged: number) => boolean): Promise<number> {
  const script = new URL('./appendForever.ts', import.meta.url).pathname;
  const writer = spawn(process.execPath, [script, killed, '0123456789abcdefghjkmnpq/board', mode]);
  let acknowledged = 0;
  for await (const line of createInterface(writer.stdout)) {
    if (/^\d+$/.test(line)) acknowledged = Number(line);
    if (isTime(line, acknowledged)) writer.kill('SIGKILL');
  }
  return acknowledged;
}

describeRoomStore('SQLite', async () => openSqliteRoomStore(join(await folder(), 'rooms.sqlite')), {
  async killWriter() {
    killed = join(await folder(), 'rooms.sqlite');
    return killWhen('append', (_, acknowledged) => acknowledged >= 150);
  },
  async killCompactor() {
    if (!killed.endsWith('compacted.sqlite')) killed = join(await folder(), 'compacted.sqlite');
    let begun = 0;
    return killWhen('compact', (line) => {
      if (line === 'compacting') begun += 1;
      return begun === 3;
    });
  },
  reopen: async () => openSqliteRoomStore(killed),
});

test('[S161] a compaction that fails at any of its steps has changed nothing', async () => {
  for (const step of ['DELETE ON entries', 'UPDATE ON rooms', 'INSERT ON versions', 'DELETE ON versions']) {
    const file = join(await folder(), 'rooms.sqlite');
    const store = openSqliteRoomStore(file);
    const room = '0123456789abcdefghjkmnpq/board' as RoomName;
    const row = (at: number) => ({
      update: new Uint8Array([at]),
      account: 'account-one' as AccountId,
      session: 's',
      at,
    });
    await store.append([{ room, entries: [row(1), row(2), row(3)] }]);
    await store.compact(room, 1, new Uint8Array([1]));
    const before = [await store.load(room), await store.versions(room)];
    const db = new Database(file);
    db.exec(`CREATE TRIGGER broken BEFORE ${step} BEGIN SELECT RAISE(ABORT, 'broken'); END`);
    db.close();
    const added = [{ seq: 3, at: 3, accounts: [], open: [], snapshot: new Uint8Array([3]) }];
    await expect(store.compact(room, 3, new Uint8Array([3]), { added, dropped: [1] })).rejects.toThrow('broken');
    expect([await store.load(room), await store.versions(room)]).toEqual(before);
    await store.close();
  }
});
