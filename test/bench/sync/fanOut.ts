import * as Y from 'yjs';
import { type BenchOptions, percentile, type Row } from '../bench.ts';
import {
  type Contender,
  type ContenderName,
  type Provider,
  peersIn,
  type Results,
  resultOf,
  withEach,
} from './contenders/index.ts';
import type { LightClient } from './light.ts';
import { comesTrue, inBatches, paced, pause } from './pace.ts';

const UPDATES_PER_S = 20;
/** The others of a room only count what they get: so many real clients and more would measure the generator. */
const REAL_CLIENTS = 50;
const ALL: readonly ContenderName[] = ['ours', 'hocuspocus', 'stock', 'relay'];

export interface FanOut {
  readonly p50: number;
  readonly p95: number;
  readonly cpuUs: number;
  /** Readers that had not heard the last update five seconds after it. */
  readonly behind: number;
}

/** One person writes, all the others of the room read. */
export async function fanOut({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const observers of quick ? [10] : [10, 100, 500, 1_000]) {
    const results = await withEach(ALL, async (contender) => {
      const load = { observers, perSecond: UPDATES_PER_S, seconds: quick ? 2 : 12 };
      const result = await fanOutOf(contender, load);
      log(`  ${observers} observers, ${contender.name}: ${JSON.stringify(result)}`);
      return result;
    });
    rows.push(...rowsOf(observers, results));
  }
  return rows;
}

function rowsOf(observers: number, results: Results<FanOut>): readonly Row[] {
  const row = (what: string, unit: string, read: (result: FanOut) => number, more: Partial<Row> = {}): Row => ({
    what: `fan-out to ${observers.toLocaleString('en')} observers, ${UPDATES_PER_S} updates/s: ${what}`,
    unit,
    ours: read(resultOf(results, 'ours')),
    peers: peersIn(results, read),
    note: `measured at ${Math.min(observers, REAL_CLIENTS)} real clients among them`,
    ...more,
  });
  const relay = resultOf(results, 'relay').p95;
  const slowest = Math.min(resultOf(results, 'stock').p95, resultOf(results, 'hocuspocus').p95);
  const atMost = observers < 500 ? relay + 10 : Math.min(1.3 * relay, slowest);
  return [
    row('p50', 'ms', ({ p50 }) => p50),
    row('p95', 'ms', ({ p95 }) => p95, { target: { atMost } }),
    row('processor per delivery', 'µs', ({ cpuUs }) => cpuUs),
  ];
}

/** @param load - `perSecond`: updates of the one who writes */
export async function fanOutOf(
  contender: Contender,
  load: { readonly observers: number; readonly perSecond: number; readonly seconds: number },
): Promise<FanOut> {
  const { observers, perSecond, seconds } = load;
  const room = contender.newRoom();
  const writer = await contender.provide(room, new Y.Doc());
  const sent = writer.doc.getMap<number>('bench');
  let latencies: number[] = [];
  const real: Provider[] = [];
  const light: LightClient[] = [];
  // Spread among the others: servers send in the order in which clients came.
  const isReal = (n: number) => n % Math.ceil(observers / REAL_CLIENTS) === 0;
  await inBatches([...Array(observers).keys()], 25, async (n) => {
    if (!isReal(n)) light.push(await contender.join(room));
    else {
      const provider = await contender.provide(room, new Y.Doc());
      const seen = provider.doc.getMap<number>('bench');
      seen.observe(() => latencies.push(performance.now() - (seen.get('at') ?? 0)));
      real.push(provider);
    }
  });
  const write = () => void sent.set('at', performance.now());
  await paced(perSecond, 1, write);
  await pause(500);
  latencies = [];
  const before = contender.server.cpuS();
  const total = await paced(perSecond, seconds, write);
  const last = sent.get('at');
  const behind = () => real.filter(({ doc }) => doc.getMap('bench').get('at') !== last).length;
  await comesTrue(() => behind() === 0, 5_000);
  const cpuS = contender.server.cpuS() - before;
  const result = {
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    cpuUs: (cpuS * 1e6) / (total * observers),
    behind: behind(),
  };
  for (const client of [writer, ...real]) client.close();
  await Promise.all(light.map((client) => client.close()));
  return result;
}
