import { blockAt, type ProjectedText, projectText } from '../blockText.ts';
import { Vocabulary } from '../compare/vocabulary.ts';
import { legalPaths } from '../provision.ts';
import type { TextBlocks } from '../text.ts';

/** The words and signs of a text, without its spaces, and where each stands. */
export interface PlacedTokens {
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** A text in which passages are looked for. What only some of them need is made when first asked for. */
export interface AnchorText extends ProjectedText {
  readonly digest: string;
  readonly vocabulary: Vocabulary;
  tokens(): PlacedTokens;
  pathAt(offset: number): readonly string[] | null;
}

export function anchorText(blocks: TextBlocks): AnchorText {
  const projected = projectText(blocks);
  const vocabulary = new Vocabulary();
  let tokens: PlacedTokens | null = null;
  let paths: ReturnType<typeof legalPaths> | null = null;
  return {
    ...projected,
    digest: digestOf(projected.text),
    vocabulary,
    tokens: () => {
      tokens ??= placedTokens(projected.text, vocabulary);
      return tokens;
    },
    pathAt: (offset) => {
      paths ??= legalPaths(blocks);
      return paths[blockAt(projected, offset)] ?? null;
    },
  };
}

/** Cuts a text into words and signs. Case and the form of apostrophes do not tell two words apart. */
export function placedTokens(text: string, vocabulary: Vocabulary): PlacedTokens {
  const found = [...text.matchAll(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\s]/gu)];
  return {
    ids: Int32Array.from(found, ([token]) => vocabulary.idOf(token === '’' ? "'" : token.toLowerCase())),
    starts: Int32Array.from(found, ({ index }) => index),
    ends: Int32Array.from(found, ({ 0: token, index }) => index + token.length),
  };
}

/** Tells whether a text is the very same: 64 bits of FNV-1a from two bases. Nothing secret or disputed hangs on it. */
function digestOf(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + at), 0x01000193);
  }
  const hex = (part: number) => (part >>> 0).toString(16).padStart(8, '0');
  return hex(high) + hex(low);
}
