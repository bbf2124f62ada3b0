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
