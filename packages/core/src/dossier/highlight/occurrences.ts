/** No more are looked at: a passage that stands in more places is anywhere. */
const MAX_OCCURRENCES = 1_000;

/**
 * Where a passage stands in a text, overlapping ones too (Knuth, Morris and Pratt). `indexOf` over and over would be quadratic for
 * `aaaa…` in `aaaa…`, and the text is a stranger's.
 */
export function occurrences(text: string, passage: string): readonly number[] {
  if (passage === '') return [];
  const fallback = new Int32Array(passage.length);
  for (let at = 1, matched = 0; at < passage.length; at++) {
    while (matched > 0 && passage.charCodeAt(at) !== passage.charCodeAt(matched))
      matched = fallback[matched - 1] as number;
    if (passage.charCodeAt(at) === passage.charCodeAt(matched)) matched++;
    fallback[at] = matched;
  }
  const found: number[] = [];
  for (let at = 0, matched = 0; at < text.length && found.length < MAX_OCCURRENCES; at++) {
    while (matched > 0 && text.charCodeAt(at) !== passage.charCodeAt(matched))
      matched = fallback[matched - 1] as number;
    if (text.charCodeAt(at) === passage.charCodeAt(matched)) matched++;
    if (matched === passage.length) {
      found.push(at - matched + 1);
      matched = fallback[matched - 1] as number;
    }
  }
  return found;
}
