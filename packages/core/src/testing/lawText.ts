import type { TextBlock } from '../dossier/index.ts';
import type { Randomness } from '../kernel/index.ts';

// Words of no law in particular: what matters is that they repeat as those of laws do, a few very often and most seldom.
const COMMON = 'de la le les des et à du en un une par dans est sur au aux pour qui ne pas ou peut'.split(' ');
const SYLLABLES =
  'ad min is tra tion com mu ne ser vi ce con seil dé ci sion ré gle ment pu blic a gent or ga ni sme'.split(' ');

export interface LawTextOptions {
  readonly random: Randomness;
  /** About how many words. */
  readonly words: number;
}

/** A number from 0, under `bound`. */
export function below(random: Randomness, bound: number): number {
  const [a = 0, b = 0, c = 0] = random.bytes(3);
  return ((a << 16) | (b << 8) | c) % bound;
}

function word(random: Randomness): string {
  if (below(random, 100) < 45) return COMMON[below(random, COMMON.length)] as string;
  // Squared, so that some are met again and again.
  const rare = Math.floor(below(random, 70) ** 2 / 2);
  const syllable = (n: number) => SYLLABLES[n % SYLLABLES.length] as string;
  return `${syllable(rare)}${syllable(rare * 7 + 3)}${syllable(Math.floor(rare / SYLLABLES.length) * 5 + 1)}`;
}

export const sentence = (random: Randomness, words: number): string =>
  `${Array.from({ length: words }, () => word(random)).join(' ')}.`.replace(/^./u, (first) => first.toUpperCase());

/** A code as blocks: chapters, numbered articles, paragraphs and lists. The same for the same randomness. */
export function makeLawText({ random, words }: LawTextOptions): readonly TextBlock[] {
  const blocks: TextBlock[] = [{ kind: 'heading', level: 1, text: 'Code de l’exemple' }];
  let written = 0;
  for (let chapter = 1; written < words; chapter++) {
    blocks.push({ kind: 'heading', level: 2, text: `Chapitre ${chapter} : ${sentence(random, 4)}` });
    for (let article = 1; article <= 12 && written < words; article++) {
      blocks.push({ kind: 'heading', level: 3, text: `Article L. ${100 + chapter}-${article}` });
      const body = makeArticle(random);
      blocks.push(...body);
      for (const block of body) written += block.kind === 'row' ? 0 : block.text.split(' ').length;
    }
  }
  return blocks;
}

function makeArticle(random: Randomness): readonly TextBlock[] {
  const blocks: TextBlock[] = [];
  for (let left = 1 + below(random, 3); left > 0; left--) {
    blocks.push({ kind: 'paragraph', text: sentence(random, 15 + below(random, 45)) });
  }
  for (let item = 1, items = below(random, 4); item <= items; item++) {
    blocks.push({ kind: 'item', depth: 0, marker: `${item}°`, text: sentence(random, 8 + below(random, 16)) });
  }
  return blocks;
}

/**
 * A later version, in which about `share` of the words changed: three times as many articles are touched, and a third of the words of each
 * are replaced; some get or lose a paragraph, a few are repealed, inserted or moved.
 */
export function amendLawText(
  blocks: readonly TextBlock[],
  { random, share }: { readonly random: Randomness; readonly share: number },
): readonly TextBlock[] {
  const articles: TextBlock[][] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') articles.push([block]);
    else articles.at(-1)?.push(block);
  }
  const amended: TextBlock[][] = [];
  const taken: TextBlock[][] = [];
  for (const article of articles) {
    const [title, ...body] = article as [TextBlock, ...TextBlock[]];
    if (body.length === 0 || below(random, 1000) >= 3 * share * 1000) {
      amended.push(article);
      continue;
    }
    const what = below(random, 20);
    if (what === 0) continue;
    if (what === 1) taken.push(article);
    else if (what === 2) {
      const text = title.kind === 'heading' ? `${title.text}-1` : '';
      amended.push(article, [{ kind: 'heading', level: 3, text }, ...makeArticle(random)]);
    } else if (what === 3) amended.push([title, { kind: 'paragraph', text: sentence(random, 30) }, ...body]);
    else if (what === 4 && body.length > 1) amended.push([title, ...body.slice(0, -1)]);
    else amended.push([title, ...body.map((block) => reword(block, random))]);
  }
  for (const article of taken) amended.splice(1 + below(random, amended.length), 0, article);
  return amended.flat();
}

function reword(block: TextBlock, random: Randomness): TextBlock {
  if (block.kind === 'row') return block;
  const words = block.text.split(' ');
  for (let edits = Math.ceil(words.length / 5); edits > 0; edits--) {
    const at = below(random, words.length);
    words.splice(at, below(random, 4), ...Array.from({ length: below(random, 4) }, () => word(random)));
  }
  return { ...block, text: words.join(' ') };
}
