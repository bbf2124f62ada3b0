/** A text as searches compare it: no accents, no case, ligatures opened, apostrophes straight. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('’', "'");
}

/** Whether every word of `query` begins a word of `text` or is inside it; accents and case do not count. */
export function matches(text: string, query: string): boolean {
  const folded = fold(text);
  return words(query).every((word) => folded.includes(word));
}

/**
 * How well `text` answers `query`: 0 when a word is missing, more when words begin words and come in order. For a short
 * list ranked as one types.
 */
export function relevance(text: string, query: string): number {
  const folded = fold(text);
  let score = 1;
  let from = 0;
  for (const word of words(query)) {
    const at = folded.indexOf(word);
    if (at < 0) {
      if (!isSpread(folded, word)) return 0;
      score += 0.1;
      continue;
    }
    const begins = at === 0 || /[^\p{L}\p{N}]/u.test(folded.charAt(at - 1));
    score += begins ? 3 : 1;
    if (at === 0) score += 1;
    if (at >= from) score += 0.5;
    from = at;
  }
  return score;
}

const words = (query: string): readonly string[] => fold(query).split(/\s+/).filter(Boolean);

/** *nvds* is spread over *nouveau dossier*: each letter begins a word or follows the one before. */
function isSpread(text: string, letters: string): boolean {
  const initials = text
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.charAt(0))
    .join('');
  return letters.length > 1 && initials.includes(letters);
}
