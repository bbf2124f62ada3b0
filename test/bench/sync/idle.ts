import * as Y from 'yjs';
import type { BenchOptions, Row } from '../bench.ts';
import { type Contender, peersIn, resultOf, withEach } from './contenders/index.ts';
import { inBatches, pause } from './pace.ts';

const SETTLE_MS = 4_000;

/** What it weighs when nobody does anything: connections of one room, then rooms of one connection each. */
export async function idle({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const count = quick ? 50 : 5_000;
  const measure = async (contender: Contender, rooms: (n: number) => string) => {
    // As many come and go first: what a server’s memory grows by once, signing people in, is not what a connection weighs.
    const hall = contender.newRoom();
    await inBatches([...Array(count).keys()], 50, async () => (await contender.join(hall)).close());
    await contender.join(rooms(0));
    await pause(quick ? 200 : SETTLE_MS);
    const before = contender.server.rssMiB();
    await inBatches([...Array(count).keys()], 50, async (n) => {
      const client = await contender.join(rooms(n));
      if (rooms(n) !== rooms(0)) client.update(someText(n));
    });
    await pause(quick ? 200 : SETTLE_MS);
    return ((contender.server.rssMiB() - before) * 1024) / count;
  };
  const connections = await withEach(['ours', 'hocuspocus', 'stock'], (contender) => {
    const room = contender.newRoom();
    return measure(contender, () => room);
  });
  const rooms = await withEach(['ours', 'hocuspocus', 'stock'], (contender) => {
    const names = Array.from({ length: count }, () => contender.newRoom());
    return measure(contender, (n) => names[n] ?? '');
  });
  log(`  per connection ${JSON.stringify(connections)}, per room ${JSON.stringify(rooms)} KiB`);
  const row = (what: string, results: typeof rooms): Row => ({
    what: `RSS, idle, ${count.toLocaleString('en')} of each: ${what}`,
    unit: 'KiB',
    ours: resultOf(results, 'ours'),
    peers: peersIn(results, (kib) => kib),
    target: { atMost: resultOf(results, 'stock') },
    note: `once, ${SETTLE_MS / 1000} s after the last one, in a server that as many had visited before`,
  });
  return [row('a connection of one room', connections), row('a room of one short text, with its connection', rooms)];
}

function someText(n: number): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, `Note ${n} : ${'la commission a rendu un avis favorable. '.repeat(8)}`);
  return Y.encodeStateAsUpdate(doc);
}
