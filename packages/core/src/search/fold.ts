const MARKS = /\p{M}/gu;
const ASCII = /^[\0-\x7f]*$/;

/** What decomposition leaves as it is. Soft hyphens and zero-width characters are how a page breaks its lines, not its words. */
const REPLACED: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ς: 'σ',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '′': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '−': '-',
  '\u00ad': '',
  '\u200b': '',
  '\u200c': '',
  '\u200d': '',
  '\u2060': '',
  '\ufeff': '',
};
const TO_REPLACE = new RegExp(`[${Object.keys(REPLACED).join('')}]`, 'gu');

/** A text as it is searched: no accents, no case, ligatures opened, one sort of apostrophe and of hyphen. @see SPEC.md X1 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(TO_REPLACE, (character) => REPLACED[character] ?? '');
}

/** A folded text, with where each of its characters comes from. */
export interface Folded {
  readonly text: string;
  /** Start of the original character, by index in `text`; one more at the end. */
  readonly offsets: readonly number[];
}

/** As `fold`, for short texts whose words are to be marked. */
export function foldWithOffsets(original: string): Folded {
  let text = '';
  const offsets: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = fold(character);
    for (let unit = 0; unit < folded.length; unit += 1) offsets.push(at);
    text += folded;
    at += character.length;
  }
  offsets.push(at);
  return { text, offsets };
}
