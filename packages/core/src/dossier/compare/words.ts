import type { WordRun } from './comparison.ts';
import { type Meter, shortestEdit } from './shortestEdit.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A word this short that stands alone between two changes belongs to them: *<s>deux ans</s> trois mois*, not four crumbs. */
const CRUMB_LETTERS = 3;

/**
 * What of two texts is the same, word for word; null when they are further apart than `maxEdits`. Same runs hold at least a word that
 * is worth pausing at: whoever listens to a comparison hears every border of it.
 */
export function compareWords(
  before: string,
  after: string,
  {
    vocabulary,
    maxEdits,
    meter,
  }: { readonly vocabulary: Vocabulary; readonly maxEdits: number; readonly meter: Meter },
): readonly WordRun[] | null {
  const [a, b] = [vocabulary.tokens(before), vocabulary.tokens(after)];
  const matches = shortestEdit(a.ids, b.ids, { maxEdits, meter });
  if (matches === null) return null;

  const runs: WordRun[] = [];
  let done = { a: 0, b: 0 };
  const emit = (kind: WordRun['kind'], text: string) => {
    if (text !== '') runs.push({ kind, text });
  };
  const end = { a: a.ids.length, b: b.ids.length, length: 0 };
  for (const match of [...matches, end]) {
    const next = { a: match.a + match.length, b: match.b + match.length };
    const words = a.texts.slice(match.a, next.a);
    const changedBefore = match.a > done.a || match.b > done.b;
    const changedAfter = next.a < end.a || next.b < end.b;
    if (changedBefore && changedAfter && isCrumb(words)) continue;
    emit('removed', a.texts.slice(done.a, match.a).join(''));
    emit('added', b.texts.slice(done.b, match.b).join(''));
    emit('same', words.join(''));
    done = next;
  }
  return runs;
}

function isCrumb(texts: readonly string[]): boolean {
  const words = texts.filter((text) => /[\p{L}\p{N}]/u.test(text));
  return words.length === 0 || (words.length === 1 && (words[0] ?? '').length <= CRUMB_LETTERS);
}
