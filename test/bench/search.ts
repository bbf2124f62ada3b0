import type { Page } from '@playwright/test';
import { type Bench, type BenchOptions, median, percentile, type Row } from './bench.ts';
import { openBenchPage } from './search/page.ts';
import type { Engine, FromWorker, ToWorker } from './search/worker.ts';

const SEED = 20_261_124;
const PIECES = 10_000;
/** The peer's own part of the corpus, unless the run is full: at 10,000 pieces it takes minutes and more than a gigabyte. */
const PEER_PIECES = 2_000;

interface Measured {
  readonly pieces: number;
  readonly words: number;
  readonly indexingMs: number;
  /** Ms from a key's press to the answer, one for each key. */
  readonly first: readonly number[];
  readonly all: readonly number[];
  readonly memoryMb: number;
}

/** A search as one types, over a corpus made for it, in a dedicated worker of Chromium. */
export const bench: Bench = {
  name: 'search',
  async run({ quick, full, log }: BenchOptions) {
    const sizes = quick ? { ours: 200, peer: 100 } : { ours: PIECES, peer: full ? PIECES : PEER_PIECES };
    const ours = await measure('ours', sizes.ours, log);
    const peer = await measure('minisearch', sizes.peer, log);
    return rowsOf(ours, peer);
  },
};

async function measure(engine: Engine, pieces: number, log: BenchOptions['log']): Promise<Measured> {
  const { page, close } = await openBenchPage();
  try {
    const built = await start(page, { kind: 'build', engine, pieces, seed: SEED });
    log(`  ${engine}: ${pieces} pieces, ${built.words} words, indexed in ${Math.round(built.indexingMs)} ms`);
    const memoryMb = (await workerBytes(page)) / 1e6;
    const first: number[] = [];
    const all: number[] = [];
    for (const query of built.queries) {
      for (let keys = 1; keys <= query.length; keys += 1) {
        const times = await ask(page, query.slice(0, keys));
        first.push(times.first);
        all.push(times.all);
      }
    }
    log(`  ${engine}: ${all.length} keys, ${memoryMb.toFixed(1)} MB`);
    return { pieces, words: built.words, indexingMs: built.indexingMs, first, all, memoryMb };
  } finally {
    await close();
  }
}

function rowsOf(ours: Measured, peer: Measured): readonly Row[] {
  const name = `MiniSearch at ${peer.pieces.toLocaleString('en')} pieces`;
  const size = `${ours.pieces.toLocaleString('en')} pieces, ${ours.words.toLocaleString('en')} words`;
  const how = `Chromium, a dedicated worker, ${size}; each of ${ours.all.length} keys of 60 queries, from the page and back`;
  return [
    row('first results, p95', ours.first, peer.first, { atMost: 50 }),
    row('all results with counts, p95', ours.all, peer.all, { atMost: 300 }),
    {
      what: 'search: all results with counts, p50',
      unit: 'ms',
      ours: median(ours.all),
      peers: { [name]: median(peer.all) },
      note: 'the same keys',
    },
    {
      what: 'search: memory of the worker',
      unit: 'MB',
      ours: ours.memoryMb,
      peers: { [name]: peer.memoryMb },
      target: { atMost: 100 },
      note: 'measureUserAgentSpecificMemory, once indexed; of the whole worker, its code included',
    },
    {
      what: 'search: indexing one piece',
      unit: 'ms',
      ours: ours.indexingMs / ours.pieces,
      peers: { [name]: peer.indexingMs / peer.pieces },
      note: 'mean, merges included',
    },
  ];

  function row(
    what: string,
    own: readonly number[],
    theirs: readonly number[],
    target: { readonly atMost: number },
  ): Row {
    const peers = { [name]: percentile(theirs, 0.95) };
    return { what: `search: ${what}`, unit: 'ms', ours: percentile(own, 0.95), peers, target, note: how };
  }
}

type Built = Extract<FromWorker, { readonly kind: 'built' }>;

function start(page: Page, message: ToWorker): Promise<Built> {
  return page.evaluate((message) => {
    const worker = new Worker('/worker.js', { type: 'module' });
    window.benchWorker = worker;
    worker.postMessage(message);
    return new Promise<Built>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  }, message);
}

/** By the page's clock: what a person waits for begins and ends there. */
function ask(page: Page, typed: string): Promise<{ readonly first: number; readonly all: number }> {
  return page.evaluate(
    (typed) =>
      new Promise<{ first: number; all: number }>((resolve) => {
        const worker = window.benchWorker as Worker;
        const start = performance.now();
        let first = 0;
        worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
          if (data.kind === 'first') first = performance.now() - start;
          else resolve({ first, all: performance.now() - start });
        };
        worker.postMessage({ kind: 'ask', typed });
      }),
    typed,
  );
}

async function workerBytes(page: Page): Promise<number> {
  const { breakdown } = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
  const own = breakdown.filter(({ attribution }) =>
    attribution.some(({ scope }) => scope === 'DedicatedWorkerGlobalScope'),
  );
  return own.reduce((sum, { bytes }) => sum + bytes, 0);
}
