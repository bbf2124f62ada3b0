import { readBlocks } from './blocks.ts';
import { isFurniture, isNamedAround, isNamedBeside } from './furniture.ts';
import { isWayOut, type LookedAt, scopeOf } from './scope.ts';
import { countWords, kept, type WordCount } from './wordCount.ts';
import type { Reading } from './writer.ts';

/** Shares of the words below which a text is not taken for the page's. */
const GATES = { legal: 0.98, other: 0.8 } as const;

/** So few words of another text, and no more of a short one, are a byline or a date that a reader left out. */
const FEW = { words: 10, share: 0.3 } as const;

/** What a page's text is held against. */
export interface Gate {
  readonly gate: number;
  /** How much of what counts a text holds, 0 to 1. */
  shareOf(reading: Reading): number;
  /** All that can be read where the text is: what is kept when no reader holds enough of it. */
  whole(): Reading;
}

/** Names lie: a place beside the text that holds hardly any link may be a part of it, and no reader may lose it unseen. */
const isTextBeside = ({ weightOf }: LookedAt, element: Element): boolean => {
  const { characters, linkCharacters } = weightOf(element);
  return isNamedBeside(element) && linkCharacters < characters * 0.1;
};

/** Under a gate a reader has lost text: of a legal text hardly anything may be missing, of another what surrounds it may. */
export function gateOf(page: LookedAt): Gate {
  const scope = scopeOf(page);
  // Inside a legal text a list of links is text: the acts it is based on.
  const mayHoldMenus = !page.legal || scope === page.body;
  const isAround = (element: Element) =>
    mayHoldMenus &&
    (isWayOut(page, element) || (!page.legal && isNamedAround(element) && !isTextBeside(page, element)));
  const counted = readBlocks(scope, (element) => isFurniture(element) || isAround(element));
  const words: WordCount = countWords(counted.blocks);
  return {
    gate: page.legal ? GATES.legal : GATES.other,
    shareOf: ({ blocks }) => {
      const { share, lost } = kept(countWords(blocks), words);
      const isByline = lost < FEW.words && 1 - share < FEW.share && !page.legal;
      return isByline ? 1 : share;
    },
    whole: () => readBlocks(scope, isFurniture),
  };
}
