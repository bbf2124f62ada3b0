import { decodeText, type Piece, pieceText, type TextBlocks } from '@liasse/core';
import { useMemo } from 'react';
import { useOpenDoc } from '../../kit/index.ts';
import { useBlobText } from './useBlobText.ts';

/** A piece's readable text: in its record, or in a blob that may be on its way. */
export type PieceBlocks =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'away'; readonly retry: () => void }
  | { readonly kind: 'here'; readonly blocks: TextBlocks };

/** Reads a piece's text. The blocks are the same objects as long as the piece is on screen: their identity may be relied on. */
export function usePieceBlocks(piece: Piece): PieceBlocks {
  const { doc, room } = useOpenDoc();
  // Written once with the piece: read once with it.
  const text = useMemo(() => pieceText(doc, piece.id), [doc, piece.id]);
  const content = useBlobText(room, text?.kind === 'blob' ? text.blob : null);
  const long = content.kind === 'here' ? content.text : null;
  const decoded = useMemo(() => (long === null ? null : decodeText(long)), [long]);
  if (text === null) return { kind: 'unreadable' };
  if (text.kind === 'inline') return { kind: 'here', blocks: text.blocks };
  if (content.kind === 'loading') return { kind: 'loading' };
  if (content.kind === 'away') return { kind: 'away', retry: content.retry };
  return decoded === null ? { kind: 'unreadable' } : { kind: 'here', blocks: decoded };
}
