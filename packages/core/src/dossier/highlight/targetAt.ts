import type { AnchorText } from './anchorText.ts';
import { occurrences } from './occurrences.ts';
import { CONTEXT_CHARACTERS, type HighlightTarget, MAX_QUOTE_CHARACTERS, type TextRange } from './target.ts';

/** The target of a passage, without the spaces at its ends; null when no word is left of it, or when it is too long. */
export function targetAt(text: AnchorText, { start, end }: TextRange): HighlightTarget | null {
  const range = trimmed(text.text, { start, end });
  if (range.end <= range.start || range.end - range.start > MAX_QUOTE_CHARACTERS) return null;
  const whole = text.text;
  const quote = {
    exact: whole.slice(range.start, range.end),
    // Half a surrogate pair is no character.
    prefix: whole.slice(Math.max(0, range.start - CONTEXT_CHARACTERS), range.start).replace(/^[\udc00-\udfff]/, ''),
    suffix: whole.slice(range.end, range.end + CONTEXT_CHARACTERS).replace(/[\ud800-\udbff]$/, ''),
  };
  const path = text.pathAt(range.start);
  const others = occurrences(whole, quote.exact).filter((at) => at !== range.start);
  const contexts = others.map((at) => contextAt(whole, at, quote));
  return {
    quote,
    position: range,
    path: path === null ? null : [...path],
    source: {
      digest: text.digest,
      rival: others.length === 0 ? null : contexts.reduce((most, context) => Math.max(most, context), 0),
      aloneInPath: path !== null && !others.some((at) => samePath(text.pathAt(at), path)),
    },
  };
}

function trimmed(text: string, { start, end }: TextRange): TextRange {
  const inside = text.slice(start, end);
  const from = start + (inside.length - inside.trimStart().length);
  return { start: from, end: Math.max(from, start + inside.trimEnd().length) };
}

/** How many characters of a quote's context stand around an occurrence of its words. */
export function contextAt(text: string, start: number, { exact, prefix, suffix }: HighlightTarget['quote']): number {
  const end = start + exact.length;
  let before = 0;
  while (
    before < prefix.length &&
    start - before > 0 &&
    text.charCodeAt(start - before - 1) === prefix.charCodeAt(prefix.length - before - 1)
  ) {
    before++;
  }
  let after = 0;
  while (
    after < suffix.length &&
    end + after < text.length &&
    text.charCodeAt(end + after) === suffix.charCodeAt(after)
  ) {
    after++;
  }
  return before + after;
}

export const samePath = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  a !== null && b !== null && a.length === b.length && a.every((part, at) => part === b[at]);
