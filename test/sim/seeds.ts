import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Outcome } from './simulate.ts';
import type { Work } from './worker.ts';

interface Run {
  /** In the order in which they are to be tried. */
  readonly seeds: readonly number[];
  readonly bug?: string;
  /** Two are what is expected of a machine. */
  readonly threads?: number;
  /** No more is asked for after this. */
  readonly forMs?: number;
  readonly onOutcome?: (outcome: Outcome) => void;
}

/**
 * Simulates seeds on threads, until the first that finds a violation, or the time is up.
 *
 * @returns how many were played, and the one that found something
 */
export async function playSeeds(run: Run): Promise<{ played: number; found: Outcome | null }> {
  const threads = Math.min(run.threads ?? Math.min(2, availableParallelism()), run.seeds.length);
  const workers: Worker[] = [];
  let found: Outcome | null = null;
  let played = 0;
  const stopAt = performance.now() + (run.forMs ?? Number.POSITIVE_INFINITY);
  const play = (thread: number) =>
    new Promise<void>((resolve, reject) => {
      const work: Work = {
        seeds: run.seeds.filter((_, index) => index % threads === thread),
        bug: run.bug ?? null,
      };
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: work });
      workers.push(worker);
      worker.on('message', (outcome: Outcome) => {
        if (found) return;
        played += 1;
        run.onOutcome?.(outcome);
        if (outcome.violations.length > 0) found = outcome;
        if (found || performance.now() > stopAt) for (const other of workers) void other.terminate();
      });
      worker.on('error', reject);
      worker.on('exit', () => resolve());
    });
  await Promise.all(Array.from({ length: threads }, (_, thread) => play(thread)));
  return { played, found };
}

export const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);
