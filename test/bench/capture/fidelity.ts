import { type BenchPart, median, percentile, type Row } from '../bench.ts';
import type { Fidelity } from './measure/fidelity.ts';
import { pagesHere } from './pages.ts';
import { type OurResult, type PageResult, type PeerResult, takePages } from './pass.ts';

/** How far under single-file a page may be. */
const TOLERANCE = 0.02;
/** Enough kinds of pages to see that everything still runs. */
const QUICK = ['loi', 'cadres-lointains', 'formulaire-complet'];

const MEASURES = [
  { key: 'text', what: 'text: recall of visible 5-word shingles' },
  { key: 'picture', what: 'picture: SSIM of 1280 × 800 tiles' },
  { key: 'nodes', what: 'nodes: 20 computed properties and box ± 2 px' },
  { key: 'form', what: 'form state' },
] as const;

/** Issue 3's first three rows on whole pages: fidelity, time, bytes, beside single-file-core. */
export const pages: BenchPart = async (options) => {
  const { pages: here, absent } = pagesHere();
  if (absent.length > 0) options.log(`  not on this machine: apt-get install ${absent.join(' ')}`);
  const wanted = options.only.length > 0 ? options.only : options.quick ? QUICK : null;
  const chosen = wanted === null ? here : here.filter(({ name }) => wanted.includes(name));
  const results = await takePages(chosen, { pictures: true, bytes: true, log: options.log });
  return [
    ...fidelityRows(results, 'bare', 'activeTab alone', options.pages),
    ...fidelityRows(results, 'granted', 'the other origin granted', options.pages),
    ...timeRows(results),
    ...bytesRows(results),
  ];
};

type Who = 'bare' | 'granted';

interface Pair {
  readonly name: string;
  readonly ours: OurResult;
  readonly peer: PeerResult;
}

/** The pages that both took; the others are told apart, and are no figures. */
function pairs(results: readonly PageResult[], who: Who): { both: Pair[]; failed: string[] } {
  const both: Pair[] = [];
  const failed: string[] = [];
  for (const { page, peer, [who]: ours } of results) {
    if (typeof ours === 'string') failed.push(`${page.name} (${ours})`);
    else if (typeof peer === 'string') failed.push(`${page.name}, by single-file (${peer})`);
    else both.push({ name: page.name, ours, peer });
  }
  return { both, failed };
}

const mean = (figures: readonly number[]) => figures.reduce((sum, one) => sum + one, 0) / figures.length;
const rounded = (share: number) => Math.round(share * 10_000) / 10_000;

function fidelityRows(results: readonly PageResult[], who: Who, words: string, eachPage: boolean): Row[] {
  const { both, failed } = pairs(results, who);
  const takenTwice = results.filter(({ isTakenTwice }) => isTakenTwice).length;
  const details = results.map(({ page, peer, [who]: ours }) => ({ page: page.name, ours, peer }));
  const rows: Row[] = [];
  for (const { key, what } of MEASURES) {
    const measured = both.flatMap(({ name, ours, peer }) => {
      const [one, other] = [ours[key], peer[key]];
      return one === null || other === null ? [] : [{ name, ours: one, peer: other, why: ours.why }];
    });
    if (measured.length === 0) continue;
    const peerMean = rounded(mean(measured.map(({ peer }) => peer)));
    rows.push({
      what: `${what}, ${words}`,
      unit: '',
      ours: rounded(mean(measured.map(({ ours }) => ours))),
      peers: { 'single-file': peerMean },
      target: { atLeast: peerMean },
      note: `mean of ${measured.length} pages${who === 'bare' ? `, ${takenTwice} of them with something of another origin; the others are as below` : ''}${failed.length > 0 ? `; not taken: ${failed.join(', ')}` : ''}`,
      details: key === 'text' ? details : undefined,
    });
    const behind = measured.map((one) => ({ ...one, behind: one.peer - one.ours })).sort((a, b) => b.behind - a.behind);
    const past = behind.filter((one) => one.behind > TOLERANCE);
    rows.push({
      what: `the same, the page farthest under single-file`,
      unit: '',
      ours: rounded(Math.max(0, behind[0]?.behind ?? 0)),
      target: { atMost: TOLERANCE },
      note:
        past.length === 0
          ? 'no page is farther under'
          : `${past.length} pages: ${past.slice(0, 8).map(named).join(', ')}`,
    });
    if (!eachPage) continue;
    for (const { name, ours, peer, why } of measured) {
      rows.push({
        what: `– ${name}`,
        unit: '',
        ours: rounded(ours),
        peers: { 'single-file': rounded(peer) },
        target: { atLeast: rounded(peer - TOLERANCE) },
        note: key === 'nodes' ? why.slice(0, 4).join(', ') : '',
      });
    }
  }
  return rows;
}

const named = ({ name, ours, peer }: { name: string; ours: number; peer: number }) =>
  `${name} ${ours.toFixed(3)} to ${peer.toFixed(3)}`;

/** Whether nothing that the peer kept is missing: only then does a time say something. */
const holds = (ours: Fidelity, peer: Fidelity): boolean =>
  MEASURES.every(({ key }) => (ours[key] ?? 1) >= (peer[key] ?? 1) - TOLERANCE);

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

function bytesRows(results: readonly PageResult[]): Row[] {
  const { both } = pairs(results, 'granted');
  const sized = both.flatMap(({ ours, peer }) =>
    ours.bytes === null ? [] : [{ ours: ours.bytes, peer: peer.bytes, documents: ours.documentBytes }],
  );
  if (sized.length === 0) return [];
  const sum = (figures: readonly number[]) => Math.round(figures.reduce((all, one) => all + one, 0) / 1024);
  const documents = sum(sized.map((one) => one.documents));
  const row = (key: 'first' | 'unchanged' | 'changed', what: string, share: number, note: string): Row => {
    const peer = sum(sized.map((one) => one.peer[key]));
    return {
      what: `bytes stored, gzip: ${what}`,
      unit: 'KiB',
      ours: sum(sized.map((one) => one.ours[key])),
      peers: { 'single-file': peer },
      target: { atMost: share * peer },
      note,
    };
  };
  return [
    row(
      'first',
      'first capture',
      1,
      `all blobs of ${sized.length} pages in one dossier, each gzipped; their records and texts in the document: ${documents} KiB more`,
    ),
    row('unchanged', 'second, unchanged', 0.02, 'single-file stores the page whole again'),
    row('changed', 'second, one paragraph changed', 0.15, 'a sentence added to the first paragraph'),
  ];
}
