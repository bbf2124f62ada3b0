import { type BlobRef, type Piece, shownSnapshot } from '@liasse/core';
import { usePlatform } from '../../app/context.tsx';
import { Skeleton, useOpenDoc, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { SnapshotFrame } from '../snapshot/SnapshotFrame.tsx';
import { BlobAway } from './BlobAway.tsx';
import type { PieceProps } from './pieceProps.ts';
import { useBlobText } from './useBlobText.ts';

/** A piece as its page looked. */
export function SnapshotPane({ piece }: PieceProps) {
  const { snapshot } = shownSnapshot(piece);
  return snapshot === null ? null : <ShownSnapshot piece={piece} snapshot={snapshot} />;
}

function ShownSnapshot({ piece, snapshot }: { readonly piece: Piece; readonly snapshot: BlobRef }) {
  const t = useStrings(dossierStrings);
  const { openAddress } = usePlatform();
  const { room } = useOpenDoc();
  const content = useBlobText(room, snapshot);
  if (content.kind === 'loading') return <Skeleton height={480} />;
  if (content.kind === 'away') return <BlobAway by={piece.capturedBy} onRetry={content.retry} />;
  return <SnapshotFrame html={content.text} title={t('snapshotOf', { title: piece.title })} onLink={openAddress} />;
}
