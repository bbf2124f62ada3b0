import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
describeRoomStore('SQLite', async () => openSqliteRoomStore(join(await folder(), 'rooms.sqlite')), {
  async killWriter() {
    killed = join(await folder(), 'rooms.sqlite');
    const script = new URL('./appendForever.ts', import.meta.url).pathname;
    const writer = spawn(process.execPath, [script, killed, '0123456789abcdefghjkmnpq/board']);
    let acknowledged = 0;
    for await (const line of createInterface(writer.stdout)) {
      acknowledged = Math.max(acknowledged, Number(line));
      if (acknowledged >= 150) writer.kill('SIGKILL');
    }
    return acknowledged;
  },
  reopen: async () => openSqliteRoomStore(killed),
});
