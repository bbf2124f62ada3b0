import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';

/** One figure. `ratio` is ours over the best peer; `holds` is null where no target was set. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly peers?: Readonly<Record<string, number>>;
  readonly target?: { readonly atMost: number };
  /** How it was measured, or why there is no peer. */
  readonly note: string;
}

/** A bench: `quick` only proves that it still runs. */
export interface Bench {
  readonly name: string;
  run(options: { quick: boolean; log: (line: string) => void }): Promise<readonly Row[]>;
}

const BENCHES: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  spine: () => import('./spine.ts'),
};

/** The median of an odd or even number of figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

const holds = (row: Row): boolean | null => (row.target ? row.ours <= row.target.atMost : null);

const ratio = (row: Row): number | null => {
  const best = Math.min(...Object.values(row.peers ?? {}));
  return Number.isFinite(best) && best > 0 ? row.ours / best : null;
};

const shown = (figure: number): string => figure.toLocaleString('en', { maximumFractionDigits: figure < 10 ? 2 : 0 });

function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const peers = Object.entries(row.peers ?? {}).map(([name, figure]) => `${name} ${shown(figure)}`);
    const verdict = holds(row);
    return [
      row.what,
      `${shown(row.ours)} ${row.unit}`,
      peers.join(', ') || '–',
      row.target ? `≤ ${shown(row.target.atMost)} ${row.unit}` : '–',
      verdict === null ? '–' : verdict ? 'yes' : '**no**',
      row.note,
    ].join(' | ');
  });
  return ['what | ours | peers | target | holds | how', '---|---:|---|---|---|---', ...lines]
    .map((line) => `| ${line} |`)
    .join('\n');
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const load = BENCHES[positionals[0] ?? ''];
  if (!load) {
    console.error(`usage: pnpm bench ${Object.keys(BENCHES).join('|')} [--json FILE] [--quick]`);
    process.exitCode = 2;
    return;
  }
  const { bench } = await load();
  const rows = await bench.run({ quick: values.quick, log: (line) => console.error(line) });
  const [cpu] = cpus();
  const machine = {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
    at: new Date().toISOString(),
  };
  console.log(`\n${bench.name}, ${machine.cores} × ${machine.cpu}, Node ${machine.node}, ${machine.at}\n`);
  console.log(table(rows));
  if (values.json) {
    const json = rows.map((row) => ({ ...row, ratio: ratio(row), holds: holds(row) }));
    writeFileSync(values.json, `${JSON.stringify({ bench: bench.name, machine, rows: json }, null, 2)}\n`);
  }
}

if (import.meta.main) await main();
