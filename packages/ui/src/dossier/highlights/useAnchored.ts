import {
  type Anchor,
  type AnchorText,
  anchorIn,
  anchorText,
  type Highlight,
  highlightsView,
  type Piece,
  type TextBlocks,
} from '@liasse/core';
import { useMemo } from 'react';
import { useView } from '../../kit/index.ts';
import { useVersions } from '../compare/useVersions.ts';

/** A highlight as it is in one version; `carried`: it was made in an earlier one. */
export interface AnchoredHighlight {
  readonly highlight: Highlight;
  readonly anchor: Anchor;
  readonly carried: boolean;
  /** What stands in its place now, where it was rewritten; null otherwise. */
  readonly rewritten: string | null;
}

const texts = new WeakMap<TextBlocks, AnchorText>();

/** A text made ready once for all that look in it: the marks and the list beside them. */
export function anchorTextOf(blocks: TextBlocks): AnchorText {
  const known = texts.get(blocks);
  if (known !== undefined) return known;
  const text = anchorText(blocks);
  texts.set(blocks, text);
  return text;
}

/**
 * The highlights of a piece and of the earlier versions of its work, as they stand in its text, in its order; those that are not found
 * come last.
 */
export function useAnchored(piece: Piece, blocks: TextBlocks): readonly AnchoredHighlight[] {
  const { items } = useView(highlightsView);
  const versions = useVersions(piece);
  const earlier = useMemo(() => {
    const own = versions.findIndex(({ id }) => id === piece.id);
    return new Set(versions.slice(0, own).map(({ id }) => id));
  }, [versions, piece.id]);
  return useMemo(() => {
    const text = anchorTextOf(blocks);
    return items
      .filter(({ pieceId }) => pieceId === piece.id || earlier.has(pieceId))
      .map((highlight) => {
        const anchor = anchorIn(highlight.target, text);
        const rewritten = anchor.state === 'changed' ? text.text.slice(anchor.range.start, anchor.range.end) : null;
        return { highlight, anchor, carried: highlight.pieceId !== piece.id, rewritten };
      })
      .sort((a, b) => placeOf(a) - placeOf(b));
  }, [items, earlier, piece.id, blocks]);
}

const placeOf = ({ anchor }: AnchoredHighlight): number =>
  anchor.range?.start ?? anchor.candidates[0]?.start ?? Number.MAX_SAFE_INTEGER;
