import type { TextBlock, TextBlocks } from '../text.ts';
import type { AlignedBlock, Alignment, SectionAlignment } from './alignment.ts';
import type { BlockChange, Comparison, SectionChange, SectionCounts } from './comparison.ts';
import type { Section } from './sections.ts';

/** Puts an alignment into the order and the words in which it is read. */
export function presented(before: TextBlocks, after: TextBlocks, alignment: Alignment): Comparison {
  const changes = blockChanges(before, after, alignment);
  const sections = sectionChanges(alignment, changes);
  const words = { added: 0, removed: 0 };
  let coarse = 0;
  for (const change of sections.flatMap(({ blocks }) => blocks)) {
    if (change.kind === 'added') words.added += wordCount(change.block);
    if (change.kind === 'removed') words.removed += wordCount(change.former);
    if (change.kind !== 'changed') continue;
    if (change.words === null) coarse++;
    for (const run of change.words ?? wholes(change)) {
      if (run.kind !== 'same') words[run.kind] += countWords(run.text);
    }
  }
  const counted = (article: boolean) => counts(sections.filter((section) => section.article === article));
  return { sections, counts: { articles: counted(true), passages: counted(false), words }, coarse };
}

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
const countWords = (text: string): number => text.match(WORDS)?.length ?? 0;
const wordCount = (block: TextBlock): number => countWords(block.kind === 'row' ? block.cells.join(' ') : block.text);

const wholes = ({ former, block }: { readonly former: TextBlock; readonly block: TextBlock }) =>
  [
    { kind: 'removed', text: former.kind === 'row' ? former.cells.join(' ') : former.text },
    { kind: 'added', text: block.kind === 'row' ? block.cells.join(' ') : block.text },
  ] as const;

interface BlockChanges {
  /** What became of each pair, by its place in the later text. */
  readonly pairAt: ReadonlyMap<number, BlockChange>;
  readonly gone: (place: number) => BlockChange;
  readonly come: (place: number) => BlockChange;
}

function blockChanges(before: TextBlocks, after: TextBlocks, { pairs, movedTo }: Alignment): BlockChanges {
  const movedFrom = new Map([...movedTo].map(([from, to]) => [to, from]));
  const paired = (pair: AlignedBlock): BlockChange => {
    const [former, block] = [before[pair.a] as TextBlock, after[pair.b] as TextBlock];
    const places = { before: pair.a, after: pair.b };
    if (!pair.same) return { kind: 'changed', ...places, former, block, words: pair.words };
    if (JSON.stringify(former) === JSON.stringify(block)) return { kind: 'same', ...places };
    return { kind: 'reshaped', ...places, former, block, words: null };
  };
  return {
    pairAt: new Map(pairs.flatMap(({ blocks }) => blocks.map((pair) => [pair.b, paired(pair)] as const))),
    gone: (place) => {
      const former = before[place] as TextBlock;
      const to = movedTo.get(place);
      return to === undefined
        ? { kind: 'removed', before: place, former }
        : { kind: 'moved-away', before: place, after: to, former };
    },
    come: (place) => {
      const block = after[place] as TextBlock;
      const from = movedFrom.get(place);
      return from === undefined
        ? { kind: 'added', after: place, block }
        : { kind: 'moved', before: from, after: place, block };
    },
  };
}

/** The later text's sections in their order, each removed one after what it stood after. */
function sectionChanges({ a, b, pairs }: Alignment, changes: BlockChanges): readonly SectionChange[] {
  const pairOfLater = new Map(pairs.map((pair) => [pair.b, pair]));
  const pairOfFormer = new Map(pairs.map((pair) => [pair.a, pair]));
  const removedAfter = new Map<number, SectionChange[]>();
  let stoodAfter = -1;
  a.forEach((section, place) => {
    const pair = pairOfFormer.get(place);
    if (pair === undefined) {
      const gone = { ...plain(section, 'removed'), blocks: places(section).map(changes.gone) };
      removedAfter.set(stoodAfter, [...(removedAfter.get(stoodAfter) ?? []), gone]);
    } else if (!pair.moved) stoodAfter = pair.b;
  });
  const changed = b.flatMap((section, place) => {
    const pair = pairOfLater.get(place);
    const own =
      pair === undefined
        ? { ...plain(section, 'added'), blocks: places(section).map(changes.come) }
        : pairChange(a, pair, section, changes);
    return [own, ...(removedAfter.get(place) ?? [])];
  });
  return [...(removedAfter.get(-1) ?? []), ...changed];
}

const places = ({ from, to }: Section): readonly number[] => Array.from({ length: to - from }, (_, at) => from + at);

const plain = ({ article, label }: Section, status: SectionChange['status']) => ({
  status,
  moved: false,
  article,
  label,
  formerLabel: null,
  formerlyAfter: null,
});

function pairChange(
  a: readonly Section[],
  pair: SectionAlignment,
  section: Section,
  changes: BlockChanges,
): SectionChange {
  const former = a[pair.a] as Section;
  const blocks = interleaved(former, section, pair, changes);
  // An article that only bears another number says what it said.
  const changed = section.article
    ? former.body !== section.body
    : blocks.some(({ kind }) => kind !== 'same' && kind !== 'reshaped');
  return {
    ...plain(section, changed ? 'changed' : 'same'),
    moved: pair.moved,
    formerLabel: former.key === section.key || former.label === section.label ? null : former.label,
    formerlyAfter: pair.moved ? (a[pair.a - 1]?.label ?? '') : null,
    blocks,
  };
}

/** The blocks of a section that both texts have: what is gone stands before what has come in its place. */
function interleaved(former: Section, later: Section, { blocks }: SectionAlignment, changes: BlockChanges) {
  const all: BlockChange[] = [];
  let done = { a: former.from, b: later.from };
  const upTo = (a: number, b: number) => {
    for (let place = done.a; place < a; place++) all.push(changes.gone(place));
    for (let place = done.b; place < b; place++) all.push(changes.come(place));
  };
  for (const pair of blocks) {
    upTo(pair.a, pair.b);
    all.push(changes.pairAt.get(pair.b) as BlockChange);
    done = { a: pair.a + 1, b: pair.b + 1 };
  }
  upTo(former.to, later.to);
  return all;
}

function counts(sections: readonly SectionChange[]): SectionCounts {
  const of = (status: SectionChange['status']) => sections.filter((section) => section.status === status).length;
  return {
    same: of('same'),
    changed: of('changed'),
    added: of('added'),
    removed: of('removed'),
    moved: sections.filter(({ moved }) => moved).length,
    renumbered: sections.filter(({ formerLabel }) => formerLabel !== null).length,
  };
}
