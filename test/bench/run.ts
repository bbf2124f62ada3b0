import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench, Row } from './bench.ts';

const BENCHES: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  capture: () => import('./capture.ts'),
  forms: () => import('./forms.ts'),
  compare: () => import('./compare.ts'),
  search: () => import('./search.ts'),
  reading: () => import('./reading.ts'),
  spine: () => import('./spine.ts'),
  sync: () => import('./sync.ts'),
};

/** Null where no target was set. */
const holds = (row: Row): boolean | null => {
  if (!row.target) return null;
  return 'atMost' in row.target ? row.ours <= row.target.atMost : row.ours >= row.target.atLeast;
};

const target = ({ target, unit }: Row): string => {
  if (!target) return '–';
  return 'atMost' in target ? `≤ ${shown(target.atMost)} ${unit}` : `≥ ${shown(target.atLeast)} ${unit}`;
};

/** Ours over the best peer. */
const ratio = (row: Row): number | null => {
  const figures = Object.values(row.peers ?? {});
  const best = row.target && 'atLeast' in row.target ? Math.max(...figures) : Math.min(...figures);
  return Number.isFinite(best) && best > 0 ? row.ours / best : null;
};

const shown = (figure: number): string =>
  figure.toLocaleString('en', { maximumFractionDigits: Math.abs(figure) < 1 ? 4 : figure < 10 ? 2 : 0 });

function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const peers = Object.entries(row.peers ?? {}).map(([name, figure]) => `${name} ${shown(figure)}`);
    const verdict = holds(row);
    return [
      row.what,
      `${shown(row.ours)} ${row.unit}`,
      peers.join(', ') || '–',
      target(row),
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
    options: {
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      pages: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
    },
  });
  const [name = '', ...parts] = positionals;
  const load = BENCHES[name];
  if (!load) {
    console.error(
      `usage: pnpm bench ${Object.keys(BENCHES).join('|')} [PART…] [--json FILE] [--quick] [--full] [--pages] [--only PAGE,…]`,
    );
    process.exitCode = 2;
    return;
  }
  const { bench } = await load();
  const [loadBefore = 0] = loadavg();
  const rows = await bench.run({
    quick: values.quick,
    full: values.full,
    pages: values.pages,
    only: values.only.split(',').filter((name) => name !== ''),
    parts,
    log: (line) => console.error(line),
  });
  const [loadAfter = 0] = loadavg();
  const [cpu] = cpus();
  const machine = {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.version,
    at: new Date().toISOString(),
    // Of one minute: what else the machine did, and, after, the bench itself.
    load: { before: loadBefore, after: loadAfter },
  };
  const memory = `${shown(machine.memoryBytes / 2 ** 30)} GiB`;
  const loads = `load ${shown(loadBefore)} before, ${shown(loadAfter)} after`;
  console.log(
    `\n${bench.name}, ${machine.cores} × ${machine.cpu}, ${memory}, Node ${machine.node}, ${machine.at}, ${loads}\n`,
  );
  console.log(table(rows));
  if (values.json) {
    const json = rows.map((row) => ({ ...row, ratio: ratio(row), holds: holds(row) }));
    writeFileSync(values.json, `${JSON.stringify({ bench: bench.name, machine, rows: json }, null, 2)}\n`);
  }
}

if (import.meta.main) await main();
