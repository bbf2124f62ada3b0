import { blockText } from '../blockText.ts';
import { provisionOf } from '../provision.ts';
import type { TextBlock, TextBlocks } from '../text.ts';

/** An article, or what stands under a heading. */
export interface Section {
  /** Its blocks: `from` to `to`, the latter excluded. */
  readonly from: number;
  readonly to: number;
  readonly article: boolean;
  readonly label: string;
  /** What it is called whatever its typography: the same in two versions. */
  readonly key: string;
  /** Its words without its number, to be found again under another. */
  readonly body: string;
}

/** What two blocks have in common when they say the same: kind, typography and spaces are left out, an item's number is not. */
export const saidBy = (block: TextBlock): string => plainly(comparedText(block));

const plainly = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/[’ʼ]/gu, "'")
    .replace(/[“”]/gu, '"')
    .replace(/[–—\u2010\u2011]/gu, '-')
    .trim();

/** What is compared of a block, word for word: its text, after its number when it is an item. */
export const comparedText = (block: TextBlock): string =>
  block.kind === 'item' && block.marker !== null ? `${block.marker} ${block.text}` : blockText(block);

/** Cuts a text at its headings and articles. What stands before the first of them is a section too, without a label. */
export function sectionsOf(blocks: TextBlocks): readonly Section[] {
  const openings: { readonly from: number; readonly article: boolean; label: string; key: string; rest: string }[] = [];
  let division = '';
  blocks.forEach((block, from) => {
    const provision = provisionOf(block);
    if (provision?.kind === 'article') {
      openings.push({ from, article: true, label: provision.label, key: provision.key, rest: provision.rest });
    } else if (block.kind === 'heading' || provision !== null) {
      const text = saidBy(block);
      const key = provision?.key ?? text.toLowerCase();
      // A chapter is numbered within its title: one level above is enough to tell two first chapters apart.
      openings.push({ from, article: false, label: text, key: `${division} > ${key}`, rest: provision?.rest ?? '' });
      if (provision !== null) division = provision.key;
    }
  });
  if (openings[0]?.from !== 0 && blocks.length > 0) {
    openings.unshift({ from: 0, article: false, label: '', key: '', rest: saidBy(blocks[0] as TextBlock) });
  }
  const met = new Map<string, number>();
  return openings.map(({ from, article, label, key, rest }, index) => {
    const to = openings[index + 1]?.from ?? blocks.length;
    const nth = (met.get(key) ?? 0) + 1;
    met.set(key, nth);
    const body = [plainly(rest), ...blocks.slice(from + 1, to).map(saidBy)].join('\n');
    return { from, to, article, label, key: nth === 1 ? key : `${key} #${nth}`, body };
  });
}
