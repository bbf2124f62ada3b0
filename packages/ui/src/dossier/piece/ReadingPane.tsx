import { type BlobRef, decodeText, type Piece, pieceText } from '@liasse/core';
import { useMemo } from 'react';
import { EmptyState, Skeleton, useOpenDoc, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { BlobAway } from './BlobAway.tsx';
import type { PieceProps } from './pieceProps.ts';
import { ReadableText } from './ReadableText.tsx';
import { useBlobText } from './useBlobText.ts';

/** A piece's text, from its record or from its blob. */
export function ReadingPane({ piece }: PieceProps) {
  const t = useStrings(dossierStrings);
  const { doc } = useOpenDoc();
  // Written once with the piece: read once with it.
  const text = useMemo(() => pieceText(doc, piece.id), [doc, piece.id]);
  if (text === null) return <EmptyState>{t('badText')}</EmptyState>;
  if (text.kind === 'blob') return <LongText piece={piece} blob={text.blob} />;
  if (text.blocks.length === 0) return <EmptyState>{t('noText')}</EmptyState>;
  return <ReadableText blocks={text.blocks} title={piece.title} lang={piece.language} />;
}

function LongText({ piece, blob }: { readonly piece: Piece; readonly blob: BlobRef }) {
  const t = useStrings(dossierStrings);
  const { room } = useOpenDoc();
  const content = useBlobText(room, blob);
  const text = content.kind === 'here' ? content.text : null;
  const blocks = useMemo(() => (text === null ? null : decodeText(text)), [text]);
  if (content.kind === 'loading') return <Skeleton count={12} height={20} />;
  if (content.kind === 'away') return <BlobAway by={piece.capturedBy} onRetry={content.retry} />;
  if (blocks === null) return <EmptyState>{t('badText')}</EmptyState>;
  return <ReadableText blocks={blocks} title={piece.title} lang={piece.language} />;
}
