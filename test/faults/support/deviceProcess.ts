// Run as a process of its own, so that it can be stopped: a device that edits until its input ends, and leaves when all is recorded.
import type { RoomName } from '@liasse/core/protocol';
import { deviceOf } from '../../bench/spine/device.ts';
import { signIn } from './signIn.ts';

const [url = '', room = ''] = process.argv.slice(2);
const replica = deviceOf(await signIn(url), url);
const open = replica.open(room as RoomName);
await open.loaded;
let edits = 0;
let said = false;
const editing = setInterval(() => {
  edits += 1;
  open.doc.getMap('edits').set(`stopped.${edits}`, 1);
  if (!said && open.sync.getSnapshot().connection === 'online') {
    said = true;
    process.stdout.write('online\n');
  }
}, 100);
process.stdin.resume().on('end', () => {
  clearInterval(editing);
  const leaving = setInterval(() => {
    const { unsent, connection } = open.sync.getSnapshot();
    if (unsent > 0 || connection !== 'online') return;
    clearInterval(leaving);
    const seen = [...open.doc.getMap('edits').keys()].filter((key) => !key.startsWith('stopped.')).length;
    process.stdout.write(`${JSON.stringify({ edits, seen })}\n`);
    process.exit(0);
  }, 50);
});
