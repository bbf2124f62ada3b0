import { median, percentile, type Row } from '../bench.ts';
import { holds, type PageResult, pairs } from './results.ts';

/** The second row of issue 3. */
export function timeRows(results: readonly PageResult[], words = 'the pages'): Row[] {
  const rows: Row[] = [];
  const { both } = pairs(results, 'granted');
  const counted = both.filter(({ ours, peer }) => holds(ours, peer));
  const note = `${counted.length} of ${both.length} pages, those whose fidelity holds; granted`;
  if (counted.length > 0) {
    const peers = (figure: (all: readonly number[]) => number) => ({
      'single-file': figure(counted.map(({ peer }) => peer.inPageMs)),
      'single-file without its wait for lazy images': figure(counted.map(({ peer }) => peer.withoutWaitMs)),
    });
    const ours = (figure: (all: readonly number[]) => number) => figure(counted.map((one) => one.ours.inPageMs));
    const p95 = (all: readonly number[]) => percentile(all, 0.95);
    rows.push({
      what: `time in the page, ${words}, p50`,
      unit: 'ms',
      ours: ours(median),
      peers: peers(median),
      target: { atMost: 0.5 * peers(median)['single-file'] },
      note: `${note}. Ours: the extension's scripts, injection and answer included; single-file: its own call. Neither stores`,
    });
    rows.push({
      what: `time in the page, ${words}, p95`,
      unit: 'ms',
      ours: ours(p95),
      peers: peers(p95),
      target: { atMost: 0.1 * peers(p95)['single-file'] },
      note,
    });
    const saved = counted.map((one) => one.ours.savedMs);
    rows.push({
      what: `Enter to saved on this device, ${words}, p50`,
      unit: 'ms',
      ours: median(saved),
      note: `${note}; p95 ${Math.round(p95(saved))} ms. Text, hashes and the record's write included: single-file has none of these`,
    });
  }
  const dead = results.filter(({ page }) => page.hasDead);
  for (const { page, bare } of dead) {
    if (typeof bare === 'string') continue;
    rows.push({
      what: `Enter to saved, dead frames (${page.name})`,
      unit: 'ms',
      ours: bare.savedMs,
      target: { atMost: 1_500 },
      note: 'four frames of a server that takes connections and never answers; whatever the fidelity',
    });
  }
  return rows;
}
