import { parentPort, workerData } from 'node:worker_threads';
import { BUGS, plant } from './bugs.ts';

/** What a thread is asked for. A thread of its own: what is kept at load must be virtual from the start, or buggy. */
export interface Work {
  readonly seeds: readonly number[];
  /** Name of a planted bug. */
  readonly bug: string | null;
}

const { seeds, bug } = workerData as Work;
const planted = BUGS.find(({ name }) => name === bug);
if (planted) plant(planted);
const { simulate } = await import('./simulate.ts');
for (const seed of seeds) parentPort?.postMessage(await simulate(seed));
