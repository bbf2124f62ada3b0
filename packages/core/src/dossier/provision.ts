import { blockText } from './blockText.ts';
import type { TextBlock, TextBlocks } from './text.ts';

/**
 * A numbered provision that a block opens. `label`: as printed, spaces folded (`Article L. 212-3`). `key`: what makes it the same
 * provision in another version, whatever its typography. `rest`: what follows in the same block.
 */
export interface Provision {
  readonly kind: 'article' | 'division';
  readonly label: string;
  readonly key: string;
  readonly rest: string;
}

const SUFFIX = '(?:\\s*(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies)(?![\\p{L}]))*';
const NUMBER = `(?:premier|unique|1er|(?:(?:LO|[LRDA])\\.?\\s?\\*?\\s?)?\\d+(?:[-\\u2010\\u2011.]\\d+)*|[IVXLC]+(?![\\p{L}]))${SUFFIX}`;
const ARTICLE = new RegExp(`^(?:Articles?|Art\\.?)\\s+(${NUMBER})`, 'iu');
const DIVISION = new RegExp(
  `^(?:(?:sous-)?(?:partie|livre|titre|chapitre|section|paragraphe)|annexe|annex|part|title|chapter|subsection)\\s+(${NUMBER}|[A-Z](?![\\p{L}]))`,
  'iu',
);

/** Longer ones are sentences that begin with the word. */
const MAX_LINE_CHARACTERS = 160;

/** The article or the division that a block opens; null for any other block. */
export function provisionOf(block: TextBlock): Provision | null {
  if (block.kind !== 'heading' && block.kind !== 'paragraph') return null;
  const text = foldSpaces(block.text.slice(0, 4 * MAX_LINE_CHARACTERS));
  const article = ARTICLE.exec(text);
  // « Article 5 du présent décret… » begins a sentence, « Article 5. – Les services… » an article.
  if (article !== null && (block.kind === 'heading' || /^\s*(?:$|[.:–—-])/.test(text.slice(article[0].length)))) {
    return {
      kind: 'article',
      label: article[0],
      key: `article ${keyOfNumber(article[1])}`,
      rest: restOf(block, article),
    };
  }
  const division = DIVISION.exec(text);
  if (division === null || block.text.length > MAX_LINE_CHARACTERS) return null;
  const [label] = division;
  const word = label.slice(0, label.search(/\s/)).toLowerCase();
  return { kind: 'division', label, key: `${word} ${keyOfNumber(division[1])}`, rest: restOf(block, division) };
}

const foldSpaces = (text: string): string => text.replace(/\s+/gu, ' ').trimStart();

/** What follows the label, in the block's own spaces: only their number may differ from the folded text's. */
const restOf = (block: TextBlock, [label]: RegExpExecArray): string =>
  foldSpaces(blockText(block))
    .slice(label.length)
    .replace(/^[\s.:–—-]+/u, '');

/** `L. 212-3`, `L212-3` and `L. 212‑3` are one number; so are `1er` and `premier`. */
const keyOfNumber = (number = ''): string =>
  number
    .toLowerCase()
    .replace(/[\s.*]/gu, '')
    .replace(/[\u2010\u2011]/gu, '-')
    .replace(/^(?:premier|1er)/u, '1');

const MARKERS: readonly (readonly [level: number, pattern: RegExp])[] = [
  [1, /^[IVXLC]+(?:\s?(?:bis|ter|quater))?(?=\s?[.)–—-]|$)/u],
  [2, /^§\s?\d+/u],
  [2, /^\(?\d+\)?(?=\.|\)|$)/u],
  [3, /^\d+°(?:\s?(?:bis|ter|quater))?/u],
  [4, /^\(?[a-z]{1,2}(?=\)|°)/u],
  [5, /^[-–—•]/u],
];

/** The number that a block bears inside its article, such as `1°` or `a`, with its rank among them; null when it has none. */
export function markerOf(block: TextBlock): { readonly level: number; readonly marker: string } | null {
  const printed =
    block.kind === 'item' ? (block.marker ?? '') : block.kind === 'paragraph' ? block.text.slice(0, 16) : '';
  const text = printed.trimStart();
  for (const [level, pattern] of MARKERS) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined && level < 5) return { level, marker: found.replace(/[()\s]/gu, '') };
  }
  return null;
}

/** Where each block stands in a legal text: `['Article L. 212-3', 'II', '1°', 'a']`; null outside any article. */
export function legalPaths(blocks: TextBlocks): readonly (readonly string[] | null)[] {
  let article: string | null = null;
  let markers: readonly { readonly level: number; readonly marker: string }[] = [];
  return blocks.map((block) => {
    const provision = provisionOf(block);
    if (provision !== null) {
      // The key, not the label: a path has to outlive a change of typography.
      article = provision.kind === 'article' ? provision.key : null;
      markers = [];
    } else if (block.kind === 'heading') {
      article = null;
      markers = [];
    }
    if (article === null) return null;
    const own = markerOf(block);
    if (own !== null) markers = [...markers.filter(({ level }) => level < own.level), own];
    return [article, ...markers.map(({ marker }) => marker)];
  });
}
