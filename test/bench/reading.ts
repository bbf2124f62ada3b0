import { join } from 'node:path';
import { type Bench, type BenchOptions, benchOfParts, type Row } from './bench.ts';
import type { PeerReading } from './reading/inPage.ts';
import { type Overlap, overlap, shingleRecall } from './reading/measures.ts';
import { corporaFolder, htmlOf, type ReadPage, readPages } from './reading/pages.ts';

const share = (of: readonly unknown[], all: readonly unknown[]): number =>
  all.length === 0 ? 0 : of.length / all.length;
const mean = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
const isFlagged = ({ by }: ReadPage): boolean => by === 'whole';
/** A list's own numbers, which pages show and do not write, count neither for nor against. */
const f1Of = ({ wanted, either, ours, withMarkers }: ReadPage): number =>
  Math.max(...[ours, withMarkers].map((text) => overlap(text, wanted, either).f1));

/** Readers state a title beside their text, and may take it out of that: it counts where that is to their good. */
const bestOf = ({ wanted, either }: ReadPage, { title, text }: PeerReading): Overlap => {
  const [without, withTitle] = [overlap(text, wanted, either), overlap(`${title} ${text}`, wanted, either)];
  return withTitle.f1 > without.f1 ? withTitle : without;
};

interface Scored {
  readonly name: string;
  readonly by: string;
  readonly kept: number;
  readonly ours: number;
  readonly readability: number;
  readonly defuddle: number;
  readonly best: number;
  readonly isFlagged: boolean;
  /** Whether neither general reader had enough of what was wanted. */
  readonly isLost: boolean;
}

function scored(page: ReadPage): Scored {
  const peers = [bestOf(page, page.readability), bestOf(page, page.defuddle)] as const;
  return {
    name: page.name,
    by: page.by,
    kept: page.kept,
    ours: f1Of(page),
    readability: peers[0].f1,
    defuddle: peers[1].f1,
    best: Math.max(peers[0].f1, peers[1].f1),
    isFlagged: isFlagged(page),
    isLost: peers.every(({ recall }) => recall < page.gate),
  };
}

/** Pages written for this, of which it is known what is wanted. */
async function labelledRows(
  folder: string,
  called: string,
  { log, quick, only }: BenchOptions,
): Promise<readonly Row[]> {
  const all = htmlOf(folder).filter(({ name }) => only.length === 0 || only.includes(name.replace(/\.html$/, '')));
  if (all.length === 0) return [];
  const pages = (await readPages(quick ? all.slice(0, 3) : all, log)).map(scored);
  const under = pages.filter(({ ours, best }) => ours < best - 1e-9);
  const flagged = pages.filter((page) => page.isFlagged);
  const right = flagged.filter(({ isLost }) => isLost);
  return [
    {
      what: `F1 on ${called}, mean`,
      unit: '',
      ours: mean(pages.map(({ ours }) => ours)),
      peers: {
        readability: mean(pages.map(({ readability }) => readability)),
        defuddle: mean(pages.map(({ defuddle }) => defuddle)),
      },
      target: { atLeast: mean(pages.map(({ best }) => best)) },
      note: `words of ${pages.length} pages; target: the better of the two, page by page`,
      details: pages,
    },
    {
      what: `${called} where F1 is under the better peer`,
      unit: 'pages',
      ours: under.length,
      target: { atMost: 0 },
      note: under.map(({ name, ours, best }) => `${name} ${ours.toFixed(3)} < ${best.toFixed(3)}`).join(', ') || 'none',
    },
    {
      what: `flags that are right, on ${called}`,
      unit: '',
      ours: flagged.length === 0 ? 1 : share(right, flagged),
      target: { atLeast: 0.9 },
      note: `${right.length} of ${flagged.length} flags (${flagged.map(({ name }) => name).join(', ') || 'none'}): neither peer held enough of what was wanted`,
    },
  ];
}

const PAGES = join(import.meta.dirname, 'reading/pages');
const labelled = (options: BenchOptions) => labelledRows(PAGES, 'labelled pages', options);
/** Pages that were not looked at while the readers were tuned to the others. */
const aside = (options: BenchOptions) => labelledRows(join(PAGES, 'kept-aside'), 'pages kept aside', options);

/** Pages made hard to read: what is wanted lies in lists of links, cards, tables and forms, or in the midst of much else. */
const hard = (options: BenchOptions) => labelledRows(join(PAGES, 'hard'), 'hard pages', options);

/** Five texts of EU law, of which all that is shown is wanted. */
async function legal({ log }: BenchOptions): Promise<readonly Row[]> {
  const pages = await readPages(htmlOf(join(corporaFolder(), 'eu-law')), log);
  if (pages.length === 0) return [absent('eu-law')];
  const scored = pages.map((page) => ({
    name: page.name,
    by: page.by,
    ours: shingleRecall(page.wanted, [page.ours, page.withMarkers]),
    readability: shingleRecall(page.wanted, [page.readability.text]),
    defuddle: shingleRecall(page.wanted, [page.defuddle.text]),
    flagged: isFlagged(page),
  }));
  const shown = scored
    .map(({ name, ours, flagged }) => `${name} ${ours.toFixed(3)}${flagged ? ' flagged' : ''}`)
    .join(', ');
  return [
    {
      what: 'EU law: texts with 0.98 of their shingles, or flagged',
      unit: 'of all',
      ours: share(
        scored.filter(({ ours, flagged }) => ours >= 0.98 || flagged),
        scored,
      ),
      peers: {
        readability: share(
          scored.filter(({ readability }) => readability >= 0.98),
          scored,
        ),
        defuddle: share(
          scored.filter(({ defuddle }) => defuddle >= 0.98),
          scored,
        ),
      },
      target: { atLeast: 1 },
      note: shown,
      details: scored,
    },
    {
      what: 'EU law: texts flagged',
      unit: 'of all',
      ours: share(
        scored.filter(({ flagged }) => flagged),
        scored,
      ),
      target: { atMost: 0.2 },
      note: 'no peer flags anything',
    },
  ];
}

/** Saved articles: how often a reader is not trusted. */
async function articles({ log, quick }: BenchOptions): Promise<readonly Row[]> {
  const all = htmlOf(join(corporaFolder(), 'articles'));
  const pages = await readPages(quick ? all.slice(0, 3) : all, log);
  if (pages.length === 0) return [absent('articles')];
  const flagged = pages.filter(isFlagged);
  return [
    {
      what: 'articles flagged',
      unit: 'of all',
      ours: share(flagged, pages),
      target: { atMost: 0.1 },
      note: `${flagged.length} of ${pages.length}; no peer flags anything`,
      details: pages.map(({ name, by, kept, gate, tookMs }) => ({ name, by, kept, gate, tookMs })),
    },
  ];
}

const absent = (name: string): Row => ({
  what: `corpus ${name}`,
  unit: 'pages',
  ours: 0,
  note: `absent: looked in ${corporaFolder()}`,
});

/** What is read of a page, beside Readability and Defuddle on the same page in the same browser. */
export const bench: Bench = benchOfParts('reading', { labelled, aside, hard, legal, articles });
