import type { BenchOptions, Row } from '../bench.ts';
import { type Contender, peersIn, resultOf, withEach } from './contenders/index.ts';
import { fanOutOf } from './fanOut.ts';

const OBSERVERS = 500;
const PASSED_MS = 1_000;
const FACTOR = 1.6;

/** The load at which the 95th percentile passes one second. */
export async function breaking({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const observers = quick ? 20 : OBSERVERS;
  const results = await withEach(['ours', 'hocuspocus', 'stock', 'relay'], (contender) =>
    bearable(contender, observers, { quick, log }),
  );
  return [
    {
      what: `updates/s to ${observers} observers before p95 passes one second`,
      unit: 'updates/s',
      ours: resultOf(results, 'ours'),
      peers: peersIn(results, (rate) => rate),
      note: `steps of ${FACTOR} ×, 5 s each, one room, one writer; ${quick ? 'two steps only' : 'server on one core'}`,
    },
  ];
}

async function bearable(
  contender: Contender,
  observers: number,
  { quick, log }: Pick<BenchOptions, 'quick' | 'log'>,
): Promise<number> {
  let borne = 0;
  for (let perSecond = 20, step = 0; step < (quick ? 2 : 16); perSecond = Math.round(perSecond * FACTOR), step += 1) {
    const { p95, behind } = await fanOutOf(contender, { observers, perSecond, seconds: quick ? 1 : 5 });
    log(`  ${contender.name}, ${perSecond} updates/s: p95 ${Math.round(p95)} ms, ${behind} readers behind 5 s later`);
    if (p95 > PASSED_MS || behind > 0) break;
    borne = perSecond;
  }
  return borne;
}
