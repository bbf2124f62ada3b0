import { type BenchOptions, percentile, type Row } from '../bench.ts';
import { type Contender, peersIn, resultOf, withEach } from './contenders/index.ts';
import { presenceFrame, statesIn } from './light.ts';
import { inBatches, paced } from './pace.ts';

const LOOKING = 10;

interface Presence {
  readonly p95: number;
  /** Of one core. */
  readonly cpuShare: number;
  /** Share of the changes that those who looked saw. */
  readonly seen: number;
}

/** Everyone of a large meeting moves their cursor once a second. */
export async function presence({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const people = quick ? 20 : 500;
  const results = await withEach(['ours', 'hocuspocus', 'stock', 'relay'], async (contender) => {
    const result = await watch(contender, people, quick ? 2 : 15);
    log(`  ${contender.name}: ${JSON.stringify(result)}`);
    return result;
  });
  const note = `seen by ${LOOKING} of them; a change that was followed by a later one before it left counts as not seen`;
  return [
    {
      what: `presence, ${people} people at 1 Hz in a room: p95`,
      unit: 'ms',
      ours: resultOf(results, 'ours').p95,
      peers: peersIn(results, ({ p95 }) => p95),
      ...(!quick && { target: { atMost: 500 } }),
      note: `${note}: ${(100 * resultOf(results, 'ours').seen).toFixed(1)} % seen (ours)`,
    },
    {
      what: `presence, ${people} people at 1 Hz in a room: processor`,
      unit: '% of a core',
      ours: 100 * resultOf(results, 'ours').cpuShare,
      peers: peersIn(results, ({ cpuShare }) => 100 * cpuShare),
      note,
    },
  ];
}

async function watch(contender: Contender, people: number, seconds: number): Promise<Presence> {
  const room = contender.newRoom();
  let latencies: number[] = [];
  const onAwareness = (body: Uint8Array) => {
    for (const { state } of statesIn(body)) {
      const at = (state as { at?: number } | null)?.at;
      if (at !== undefined) latencies.push(performance.now() - at);
    }
  };
  const clients = await inBatches([...Array(people).keys()], 25, (n) =>
    contender.join(room, n % Math.ceil(people / LOOKING) === 0 ? { onAwareness } : {}),
  );
  const looking = clients.filter((_, n) => n % Math.ceil(people / LOOKING) === 0).length;
  const move = (n: number) => {
    const who = n % people;
    clients[who]?.say(presenceFrame(1_000 + who, 1 + Math.floor(n / people), { at: performance.now() }));
  };
  await paced(people, 2, move);
  latencies = [];
  const cpu = contender.server.cpuS();
  const startedMs = performance.now();
  const moves = await paced(people, seconds, (n) => move(n + 2 * people));
  const cpuShare = (contender.server.cpuS() - cpu) / ((performance.now() - startedMs) / 1000);
  const seen = latencies.length / (moves * looking);
  await Promise.all(clients.map((client) => client.close()));
  return { p95: percentile(latencies, 0.95), cpuShare, seen };
}
