import type { TextBlock } from '@liasse/core';

/** How often each word stands in a text. */
export type WordCount = ReadonlyMap<string, number>;

const WORD = /[\p{L}\p{N}]+/gu;

/** The words of some blocks, in lower case. A list's own numbers are no words: the page may not have written them. */
export function countWords(blocks: readonly TextBlock[]): WordCount {
  const count = new Map<string, number>();
  for (const block of blocks) {
    for (const text of block.kind === 'row' ? block.cells : [block.text]) {
      for (const [word] of text.toLowerCase().matchAll(WORD)) count.set(word, (count.get(word) ?? 0) + 1);
    }
  }
  return count;
}

/** How many of the words of `of` are in `text`, each as often as it is there: as a share of all, and how many are not. */
export function kept(text: WordCount, of: WordCount): { readonly share: number; readonly lost: number } {
  let whole = 0;
  let found = 0;
  for (const [word, times] of of) {
    whole += times;
    found += Math.min(times, text.get(word) ?? 0);
  }
  return { share: whole === 0 ? 1 : found / whole, lost: whole - found };
}
