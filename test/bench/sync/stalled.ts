import * as Y from 'yjs';
import { type BenchOptions, percentile, type Row } from '../bench.ts';
import { type Contender, peersIn, resultOf, withEach } from './contenders/index.ts';
import { paced } from './pace.ts';

const PER_S = 20;
const UPDATE_BYTES = 16 * 1024;

interface Stalled {
  readonly p99Before: number;
  readonly p99: number;
  readonly grownMiB: number;
}

/** Some of a room’s readers stop reading; nobody else must notice. */
export async function stalled({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const size = quick ? { readers: 10, stopping: 2, seconds: 2 } : { readers: 200, stopping: 20, seconds: 60 };
  const results = await withEach(['ours', 'hocuspocus', 'stock', 'relay'], async (contender) => {
    const result = await stall(contender, size);
    log(`  ${contender.name}: ${JSON.stringify(result)}`);
    return result;
  });
  const ours = resultOf(results, 'ours');
  const what = `${size.stopping} of ${size.readers} readers stop reading for ${size.seconds} s`;
  const note = `${PER_S} updates/s of ${UPDATE_BYTES / 1024} KiB`;
  return [
    {
      what: `${what}: RSS grows by`,
      unit: 'MiB',
      ours: ours.grownMiB,
      peers: peersIn(results, ({ grownMiB }) => grownMiB),
      ...(!quick && { target: { atMost: 16 } }),
      note: `${note}; largest RSS while they did not read, over the largest before`,
    },
    {
      what: `${what}: p99 of the others`,
      unit: 'ms',
      ours: ours.p99,
      peers: peersIn(results, ({ p99 }) => p99),
      ...(!quick && { target: { atMost: Math.max(1.2 * ours.p99Before, ours.p99Before + 5) } }),
      note: `${note}; before: ${ours.p99Before.toFixed(1)} ms`,
    },
  ];
}

async function stall(
  contender: Contender,
  { readers, stopping, seconds }: { readers: number; stopping: number; seconds: number },
): Promise<Stalled> {
  const room = contender.newRoom();
  let latencies: number[] = [];
  let sentMs = 0;
  const doc = new Y.Doc();
  const writer = await contender.provide(room, doc);
  const others = await Promise.all(
    Array.from({ length: readers - stopping }, () =>
      contender.join(room, { onUpdate: () => latencies.push(performance.now() - sentMs) }),
    ),
  );
  const stopped = await Promise.all(Array.from({ length: stopping }, () => contender.join(room)));
  const text = 'x'.repeat(UPDATE_BYTES);
  const write = () => {
    sentMs = performance.now();
    doc.getMap('m').set('k', text + sentMs);
  };
  await paced(PER_S, Math.min(10, seconds), write);
  latencies = [];
  contender.server.forgetPeak();
  await paced(PER_S, Math.min(20, seconds), write);
  const p99Before = percentile(latencies, 0.99);
  const before = contender.server.peakMiB();
  contender.server.forgetPeak();
  for (const { socket } of stopped) socket.pause();
  latencies = [];
  await paced(PER_S, seconds, write);
  const grownMiB = contender.server.peakMiB() - before;
  const p99 = percentile(latencies, 0.99);
  for (const { socket } of stopped) socket.terminate();
  await Promise.all(others.map((client) => client.close()));
  writer.close();
  return { p99Before, p99, grownMiB };
}
