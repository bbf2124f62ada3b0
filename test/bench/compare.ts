import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Comparison, earlierText, laterText, type TextBlock } from '@liasse/core';
import { amendLawText, makeLawText, seededRandomness } from '@liasse/core/testing';
import { type Bench, type BenchOptions, median, type Row, range } from './bench.ts';
import type { CompareTask } from './compare/worker.ts';

const RUNS = 5;
/** The peer is stopped here, and the cap is printed as its figure. */
const PEER_CAP_MS = 120_000;
const SHARES = [0.05, 0.2] as const;

interface Outcome {
  readonly ms: number;
  readonly result: unknown;
}

const nextMessage = (worker: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

/** From the message out to the answer in: what a person waits for, copies between threads included. */
async function timed(worker: Worker, task: CompareTask, capMs: number): Promise<Outcome | 'too-long'> {
  const from = performance.now();
  const answered = nextMessage(worker).then((result) => ({ ms: performance.now() - from, result }));
  worker.postMessage(task);
  let timer: NodeJS.Timeout | undefined;
  const cap = new Promise<'too-long'>((resolve) => {
    timer = setTimeout(() => resolve('too-long'), capMs);
  });
  const outcome = await Promise.race([answered, cap]);
  clearTimeout(timer);
  return outcome;
}

/** A worker that has loaded its code, as the app's has by the time both texts are read. */
async function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL('./compare/worker.ts', import.meta.url));
  await nextMessage(worker);
  return worker;
}

/** A figure counts only when the comparison it is of leaves nothing out, in either direction. */
function checked(before: readonly TextBlock[], after: readonly TextBlock[], result: Comparison): Comparison {
  if (!isDeepStrictEqual(laterText(before, result), after)) throw new Error('the later text does not come back');
  if (!isDeepStrictEqual(earlierText(after, result), before)) throw new Error('the earlier text does not come back');
  return result;
}

async function ours(before: readonly TextBlock[], after: readonly TextBlock[], runs: number) {
  const worker = await startWorker();
  try {
    const times: number[] = [];
    let comparison: Comparison | null = null;
    // The first run, in which the code is compiled, is the one that a person meets: it is not thrown away.
    for (let run = 0; run < runs; run++) {
      const outcome = await timed(worker, { by: 'liasse', before, after }, PEER_CAP_MS);
      if (outcome === 'too-long') throw new Error(`no answer in ${PEER_CAP_MS} ms`);
      times.push(outcome.ms);
      comparison ??= checked(before, after, outcome.result as Comparison);
    }
    return { times, comparison: comparison as Comparison };
  } finally {
    await worker.terminate();
  }
}

async function jsdiff(before: readonly TextBlock[], after: readonly TextBlock[]): Promise<number | null> {
  const worker = await startWorker();
  try {
    const outcome = await timed(worker, { by: 'jsdiff', before, after }, PEER_CAP_MS);
    return outcome === 'too-long' ? null : outcome.ms;
  } finally {
    await worker.terminate();
  }
}

/** Two versions of a code, compared in a worker, beside jsdiff's word diff of their whole texts. */
export const bench: Bench = {
  name: 'compare',
  async run({ quick, log }: BenchOptions) {
    const words = quick ? 4_000 : 47_000;
    const rows: Row[] = [];
    for (const share of SHARES) {
      const random = seededRandomness(share * 1000);
      const before = makeLawText({ random, words });
      const after = amendLawText(before, { random, share });
      const what = `two versions of a code of ${words.toLocaleString('en')} words, ${share * 100} % changed`;
      log(what);
      const { times, comparison } = await ours(before, after, quick ? 1 : RUNS);
      const peer = await jsdiff(before, after);
      const { words: counted, articles } = comparison.counts;
      const { changed, added, removed, moved } = articles;
      rows.push({
        what,
        unit: 'ms',
        ours: median(times),
        peers: { [peer === null ? `jsdiff (stopped after ${PEER_CAP_MS / 1000} s)` : 'jsdiff']: peer ?? PEER_CAP_MS },
        target: { atMost: 1_000 },
        note:
          `worker, message to answer, median of ${times.length} (${range(times)}, first ${Math.round(times[0] as number)}); ` +
          `${counted.removed} words gone, ${counted.added} come, ${changed} articles changed, ${added} added, ${removed} removed, ${moved} moved, ${comparison.coarse} paragraphs whole; ` +
          'both texts came back from it; the peer once',
      });
    }
    return rows;
  },
};
