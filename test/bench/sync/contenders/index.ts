import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pinGenerator } from '../process.ts';
import type { Contender, StartContender } from './contender.ts';
import { startHocuspocus } from './hocuspocus.ts';
import { startLiasse } from './liasse.ts';
import { startRelay, startStock } from './stock.ts';

export type { Contender, Provider } from './contender.ts';

const ALL = { ours: startLiasse, hocuspocus: startHocuspocus, stock: startStock, relay: startRelay } as const;
export type ContenderName = keyof typeof ALL;

/** How they are called in a table. */
export const NAMES: Readonly<Record<ContenderName, string>> = {
  ours: 'Liasse',
  hocuspocus: 'Hocuspocus',
  stock: '@y/websocket-server',
  relay: 'ws relay',
};

/** What each contender came to; null: it was not taken, or could not do it. */
export type Results<T> = Readonly<Partial<Record<ContenderName, T>>>;

/** Runs a workload with one server after the other, each fresh, on a folder of its own, alone on the machine. */
export async function withEach<T>(
  names: readonly ContenderName[],
  work: (contender: Contender, restarted: (contender: Contender) => void) => Promise<T>,
): Promise<Results<T>> {
  pinGenerator();
  const results: Partial<Record<ContenderName, T>> = {};
  for (const name of names) {
    const folder = mkdtempSync(join(tmpdir(), 'liasse-bench-'));
    const start: StartContender = ALL[name];
    let running = await start(folder);
    try {
      results[name] = await work(running, (contender) => {
        running = contender;
      });
    } finally {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return results;
}

/** The peers’ figures of a row. */
export function peersIn<T>(results: Results<T>, read: (result: T) => number | null): Record<string, number> {
  const peers: Record<string, number> = {};
  for (const name of ['hocuspocus', 'stock', 'relay'] as const) {
    const result = results[name];
    const figure = result === undefined ? null : read(result);
    if (figure !== null) peers[NAMES[name]] = figure;
  }
  return peers;
}

/** The result that a row needs. */
export function resultOf<T>(results: Results<T>, name: ContenderName): T {
  const result = results[name];
  if (result === undefined) throw new Error(`bug: ${name} was not measured`);
  return result;
}
