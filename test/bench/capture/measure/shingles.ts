const WORDS_A_SHINGLE = 5;

/** Where a frame stands in a text: no one reads on across it, and a copy may say there whose frame it could not keep. */
export const FRAME_EDGE = '\u0000';

/** The words of a text: letters and digits of any script, case folded. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** How much of a text is found again: the share of its 5-word shingles, each as often as it occurs, that the copy has too. */
export function recall(original: string, copy: string): number {
  const wanted = shingles(original);
  const found = shingles(copy);
  let all = 0;
  let kept = 0;
  for (const [shingle, count] of wanted) {
    all += count;
    kept += Math.min(count, found.get(shingle) ?? 0);
  }
  // A page without words loses none.
  return all === 0 ? 1 : kept / all;
}

/** A passage shorter than a shingle is one. */
function shingles(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const passage of text.split(FRAME_EDGE)) {
    const words = wordsOf(passage);
    const last = words.length === 0 ? -1 : Math.max(0, words.length - WORDS_A_SHINGLE);
    for (let at = 0; at <= last; at += 1) {
      const shingle = words.slice(at, at + WORDS_A_SHINGLE).join(' ');
      counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
    }
  }
  return counts;
}
