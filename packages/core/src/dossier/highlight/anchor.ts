import type { AnchorText } from './anchorText.ts';
import { occurrences } from './occurrences.ts';
import { findRewritten } from './rewritten.ts';
import type { HighlightTarget, TextRange } from './target.ts';
import { contextAt, samePath } from './targetAt.ts';

/**
 * Where a passage is in another text. `exact`: word for word, at the same place. `moved`: word for word, elsewhere. `changed`: `range` is
 * what it became. `uncertain`: it may be one of `candidates`; none is taken. `orphan`: it is not found.
 */
export type Anchor =
  | {
      readonly state: 'exact' | 'moved' | 'changed';
      readonly range: TextRange;
      readonly candidates: readonly TextRange[];
    }
  | { readonly state: 'uncertain'; readonly range: null; readonly candidates: readonly TextRange[] }
  | { readonly state: 'orphan'; readonly range: null; readonly candidates: readonly TextRange[] };

/** This much context is a sign; this much more than another's decides. */
const TELLING_CONTEXT = 16;
const LEAD = 8;
/** Words that stood once, and stand once, are taken for the same from this length on. */
const TELLING_QUOTE = 40;
const MAX_CANDIDATES = 5;

/**
 * Looks for a highlight's passage in a text, that of a later version most often. Each sign counts only if, in the text the highlight was
 * made in, it told the passage from every other: so a look-alike that outlives the passage is not taken for it.
 *
 * @see SPEC.md H4–H8
 */
export function anchorIn(target: HighlightTarget, text: AnchorText): Anchor {
  const { quote, position, source } = target;
  const range = { start: position.start, end: position.start + quote.exact.length };
  const stands = text.text.slice(range.start, range.end) === quote.exact;
  if (stands && source.digest === text.digest) return { state: 'exact', range, candidates: [] };

  const found = occurrences(text.text, quote.exact);
  const start = decide(target, text, found);
  if (start !== null) {
    const state = start === position.start ? 'exact' : 'moved';
    return { state, range: { start, end: start + quote.exact.length }, candidates: [] };
  }
  const rewritten = findRewritten(target, text);
  // What is there word for word has not changed: it is one of those that were not told apart above.
  const isLookAlike = ({ start, end }: TextRange) => text.text.slice(start, end) === quote.exact;
  if (rewritten.state === 'changed' && !isLookAlike(rewritten.range) && (found.length === 0 || rewritten.surrounded)) {
    return { state: 'changed', range: rewritten.range, candidates: [] };
  }
  const candidates =
    found.length > 0
      ? found.slice(0, MAX_CANDIDATES).map((at) => ({ start: at, end: at + quote.exact.length }))
      : rewritten.candidates.slice(0, MAX_CANDIDATES);
  return candidates.length > 0
    ? { state: 'uncertain', range: null, candidates }
    : { state: 'orphan', range: null, candidates: [] };
}

/** The occurrence that is the passage beyond doubt, or null. */
function decide(target: HighlightTarget, text: AnchorText, found: readonly number[]): number | null {
  const { quote, path, source } = target;
  const whole = quote.prefix.length + quote.suffix.length;
  const ranked = found
    .map((at) => ({ at, context: contextAt(text.text, at, quote) }))
    .sort((a, b) => b.context - a.context || a.at - b.at);
  const [best, second] = ranked;
  if (best === undefined) return null;
  const others = Math.max(second?.context ?? 0, source.rival ?? 0);
  const alone = second === undefined && source.rival === null;

  if (best.context === whole && whole >= TELLING_CONTEXT && (alone || others < whole)) return best.at;
  const byContext = best.context >= TELLING_CONTEXT && (alone || best.context >= others + LEAD) ? best.at : null;
  const inPath = source.aloneInPath ? found.filter((at) => samePath(text.pathAt(at), path)) : [];
  const byPath = inPath.length === 1 ? (inPath[0] as number) : null;
  // Two signs that point to two places are no sign.
  if (byContext !== null && byPath !== null && byContext !== byPath) return null;
  if (byContext !== null || byPath !== null) return byContext ?? byPath;
  return alone && quote.exact.length >= TELLING_QUOTE ? best.at : null;
}
