import { type Match, shortestEdit } from '../compare/shortestEdit.ts';
import { type AnchorText, type PlacedTokens, placedTokens } from './anchorText.ts';
import type { HighlightTarget, TextRange } from './target.ts';
import { samePath } from './targetAt.ts';

/** `surrounded`: what stood around the passage stands around what it became. */
export type Rewritten =
  | {
      readonly state: 'changed';
      readonly range: TextRange;
      readonly surrounded: boolean;
      readonly candidates: readonly TextRange[];
    }
  | { readonly state: 'doubtful' | 'absent'; readonly candidates: readonly TextRange[] };

/** A pair of words that stands in more places of the passage says nothing of where in it one is. */
const MAX_PLACES = 4;
const MAX_WINDOWS = 6;
const MAX_STEPS = 100_000_000;
/** Shares, 0 to 1, of the passage's words and of the words around it. */
const LIKE = 0.4;
const HALF = 0.5;
/** Two places whose shares together differ by less could each be it. */
const LEAD = 0.25;

interface Pattern {
  readonly ids: Int32Array;
  /** Where in it the passage's own words begin and end; the others are its context. */
  readonly from: number;
  readonly to: number;
}

interface Found {
  readonly range: TextRange;
  readonly words: number;
  readonly around: number;
}

/**
 * Looks for what a passage became. Pairs of neighbouring words vote for places in one reading of the text; in the few places that most
 * point to, the passage with its context is laid beside the text by the fewest edits.
 */
export function findRewritten(target: HighlightTarget, text: AnchorText): Rewritten {
  const pattern = patternOf(target, text);
  const tokens = text.tokens();
  const found = windows(pattern, tokens.ids)
    .flatMap((window) => layBeside(pattern, tokens, window) ?? [])
    .sort((a, b) => b.words + b.around - (a.words + a.around) || a.range.start - b.range.start)
    .filter((one, index, all) => !all.slice(0, index).some(({ range }) => overlaps(range, one.range)));

  const atPath = (one: Found) => samePath(text.pathAt(one.range.start), target.path);
  const likely = found.filter((one) => one.words >= LIKE && (one.around >= HALF || atPath(one)));
  const candidates = found
    .filter(({ words, around }) => words >= HALF || (words >= LIKE && around >= HALF))
    .map(({ range }) => range);
  const [best, second] = likely;
  if (best === undefined) return { state: candidates.length === 0 ? 'absent' : 'doubtful', candidates };

  const lead = second === undefined ? LEAD : best.words + best.around - second.words - second.around;
  const onPath = target.source.aloneInPath ? likely.filter(atPath) : [];
  // Where the words stood twice in the first text, what surrounds them must be more like than the other's was.
  const whole = target.quote.prefix.length + target.quote.suffix.length;
  const rivalled = target.source.rival !== null && best.around * whole <= target.source.rival;
  const chosen = lead >= LEAD && !rivalled ? best : onPath.length === 1 ? onPath[0] : undefined;
  if (chosen === undefined) return { state: 'doubtful', candidates };
  return { state: 'changed', range: chosen.range, surrounded: chosen.around >= HALF, candidates };
}

const overlaps = (a: TextRange, b: TextRange): boolean => a.start < b.end && b.start < a.end;

function patternOf({ quote }: HighlightTarget, { vocabulary }: AnchorText): Pattern {
  const [prefix, exact, suffix] = [quote.prefix, quote.exact, quote.suffix].map((part) => [
    ...placedTokens(part, vocabulary).ids,
  ]) as [number[], number[], number[]];
  return {
    ids: Int32Array.from([...prefix, ...exact, ...suffix]),
    from: prefix.length,
    to: prefix.length + exact.length,
  };
}

/** The stretches of the text that most pairs of neighbouring words point to. */
function windows({ ids }: Pattern, text: Int32Array): readonly (readonly [from: number, to: number])[] {
  const places = new Map<string, number[]>();
  for (let at = 0; at + 1 < ids.length; at++) {
    const pair = `${ids[at]} ${ids[at + 1]}`;
    const held = places.get(pair);
    if (held === undefined) places.set(pair, [at]);
    else if (held.length <= MAX_PLACES) held.push(at);
  }
  const width = Math.max(8, ids.length >> 3);
  const votes = new Int32Array(Math.ceil((text.length + ids.length) / width) + 2);
  for (let at = 0; at + 1 < text.length; at++) {
    const held = places.get(`${text[at]} ${text[at + 1]}`);
    if (held === undefined || held.length > MAX_PLACES) continue;
    for (const place of held) {
      const bucket = Math.floor((at - place + ids.length) / width);
      votes[bucket] = (votes[bucket] as number) + 1;
    }
  }
  let most = 0;
  for (let bucket = 0; bucket + 1 < votes.length; bucket++) most = Math.max(most, votesFor(votes, bucket));
  const chosen: [number, number][] = [];
  for (let bucket = 0; bucket + 1 < votes.length && chosen.length < MAX_WINDOWS && most > 0; bucket++) {
    // The better of two neighbours stands for both.
    const own = votesFor(votes, bucket);
    if (own * 2 < most || own < votesFor(votes, bucket + 1)) continue;
    const from = bucket * width - ids.length;
    chosen.push([Math.max(0, from - width), Math.min(text.length, from + ids.length + 3 * width)]);
    bucket++;
  }
  return chosen;
}

const votesFor = (votes: Int32Array, bucket: number): number => (votes[bucket] as number) + (votes[bucket + 1] ?? 0);

/** Lays a passage with its context beside a stretch of text; null where nothing of the passage itself is there. */
function layBeside(pattern: Pattern, tokens: PlacedTokens, [from, to]: readonly [number, number]): Found | null {
  const window = tokens.ids.subarray(from, to);
  const maxEdits = Math.max(256, Math.floor(MAX_STEPS / (pattern.ids.length + window.length)));
  const matches = shortestEdit(pattern.ids, window, { maxEdits, meter: { steps: 0 } });
  if (matches === null) return null;
  const places = placesOf(matches, pattern.ids.length);
  const own = places.slice(pattern.from, pattern.to).filter((place) => place !== -1);
  if (own.length === 0) return null;
  const around = [...places.slice(0, pattern.from), ...places.slice(pattern.to)];
  // Where a neighbour stayed, the passage reaches up to it: what was added at its ends is part of what it became.
  const before = pattern.from === 0 ? -1 : (places[pattern.from - 1] as number);
  const after = pattern.to === places.length ? -1 : (places[pattern.to] as number);
  const first = before === -1 ? (own[0] as number) : before + 1;
  const last = after === -1 ? (own.at(-1) as number) : after - 1;
  return {
    range: { start: tokens.starts[from + first] as number, end: tokens.ends[from + last] as number },
    words: (2 * own.length) / (pattern.to - pattern.from + last - first + 1),
    around: around.length === 0 ? 0 : around.filter((place) => place !== -1).length / around.length,
  };
}

/** Where each token of the pattern stands in the window; -1 for those that are gone. */
function placesOf(matches: readonly Match[], length: number): readonly number[] {
  const places = new Array<number>(length).fill(-1);
  for (const { a, b, length: run } of matches) for (let at = 0; at < run; at++) places[a + at] = b + at;
  return places;
}
