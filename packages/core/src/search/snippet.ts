import { fold, foldWithOffsets } from './fold.ts';
import { finds, type Query, type QueryTerm } from './query.ts';
import { eachTerm } from './terms.ts';

/** A stretch of text; `isMarked`: it is what the query found. */
export interface MarkedText {
  readonly text: string;
  readonly isMarked: boolean;
}

/** Units of a snippet, about two lines. */
const SNIPPET_UNITS = 220;
/** How many of them come before the first marked word. */
const LEAD_UNITS = 60;
/** A block is read so far: what is longer is no prose. */
const BLOCK_UNITS = 20_000;

/** A text with the words that a query finds marked; the whole of it. */
export function markText(text: string, query: Query): readonly MarkedText[] {
  return cut(text, spansIn(text, query), { from: 0, to: text.length });
}

/**
 * The passage of a text that says most of a query: of the block with the most of its words, the first among equals, what is
 * around them. Without any word of it, the text's beginning. Words are never cut. @see SPEC.md X11
 */
export function snippetOf(text: string, query: Query): readonly MarkedText[] {
  const block = bestBlock(text, query).slice(0, BLOCK_UNITS);
  const spans = spansIn(block, query);
  const first = densest(spans);
  const from = first <= LEAD_UNITS ? 0 : afterSpace(block, first - LEAD_UNITS, first);
  const to = beforeSpace(block, Math.min(block.length, from + SNIPPET_UNITS), from);
  const marked = cut(block, spans, { from, to });
  return [...ellipsis(from > 0), ...marked, ...ellipsis(to < block.length)];
}

const ellipsis = (isCut: boolean): readonly MarkedText[] => (isCut ? [{ text: '…', isMarked: false }] : []);

function bestBlock(text: string, query: Query): string {
  const wanted = [...query.required, ...query.preferred];
  let best = { block: '', found: 0 };
  let start = 0;
  while (start <= text.length && best.found < wanted.length) {
    const end = text.indexOf('\n', start);
    const block = text.slice(start, end < 0 ? text.length : end);
    start = end < 0 ? text.length + 1 : end + 1;
    if (block.trim() === '') continue;
    const found = countFound(fold(block.slice(0, BLOCK_UNITS)), wanted);
    if (found > best.found || best.block === '') best = { block, found };
  }
  return best.block;
}

/** How many of the words are in a folded block. */
function countFound(folded: string, wanted: readonly QueryTerm[]): number {
  // Reading a block word by word is for those that may hold one: most of a code does not.
  if (!wanted.some(({ term }) => /\d/.test(term) || folded.includes(term.slice(0, 3)))) return 0;
  const found = new Set<QueryTerm>();
  eachTerm(folded, (word) => {
    for (const term of wanted) if (!found.has(term) && finds(term, word)) found.add(term);
  });
  return found.size;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the words that a query finds are, in order, none within another. */
function spansIn(text: string, { required, preferred }: Query): readonly Span[] {
  const wanted = [...required, ...preferred];
  const folded = foldWithOffsets(text);
  const spans: Span[] = [];
  eachTerm(folded.text, (word, start, end) => {
    if (!wanted.some((term) => finds(term, word))) return;
    // Up to where the next character begins: accents that stand apart go with their letter.
    spans.push({ from: folded.offsets[start] as number, to: folded.offsets[end] as number });
  });
  return joined(spans.sort((a, b) => a.from - b.from || b.to - a.to));
}

function joined(sorted: readonly Span[]): readonly Span[] {
  const spans: Span[] = [];
  for (const span of sorted) {
    const last = spans.at(-1);
    if (last && span.from < last.to) spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else spans.push(span);
  }
  return spans;
}

/** Where the passage with the most marked words begins. */
function densest(spans: readonly Span[]): number {
  let best = { from: 0, count: 0 };
  let last = 0;
  for (const [index, { from }] of spans.entries()) {
    while (last < spans.length && (spans[last] as Span).to <= from + SNIPPET_UNITS - LEAD_UNITS) last += 1;
    if (last - index > best.count) best = { from, count: last - index };
  }
  return best.from;
}

const isWithinWord = (text: string, at: number): boolean =>
  /\S/.test(text[at - 1] ?? ' ') && /\S/.test(text[at] ?? ' ');

function afterSpace(text: string, wished: number, most: number): number {
  let at = wished;
  while (at < most && (isWithinWord(text, at) || /\s/.test(text[at] ?? ''))) at += 1;
  return at;
}

function beforeSpace(text: string, wished: number, least: number): number {
  let at = wished;
  while (at > least && isWithinWord(text, at)) at -= 1;
  // A word longer than a snippet is cut after all.
  return at > least ? at : wished;
}

function cut(text: string, spans: readonly Span[], { from, to }: Span): readonly MarkedText[] {
  const parts: MarkedText[] = [];
  let at = from;
  const push = (end: number, isMarked: boolean) => {
    if (end > at) parts.push({ text: text.slice(at, end), isMarked });
    at = Math.max(at, end);
  };
  for (const span of spans) {
    if (span.to <= from || span.from >= to) continue;
    push(span.from, false);
    push(Math.min(span.to, to), true);
  }
  push(to, false);
  return parts;
}
