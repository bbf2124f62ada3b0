import { EmptyState, Skeleton, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { HighlightedText } from '../highlights/HighlightedText.tsx';
import { BlobAway } from './BlobAway.tsx';
import type { PieceProps } from './pieceProps.ts';
import { ReadableText } from './ReadableText.tsx';
import { usePieceBlocks } from './usePieceBlocks.ts';

/** A piece's text, from its record or from its blob, with its highlights. */
export function ReadingPane({ piece }: PieceProps) {
  const t = useStrings(dossierStrings);
  const text = usePieceBlocks(piece);
  if (text.kind === 'unreadable') return <EmptyState>{t('badText')}</EmptyState>;
  if (text.kind === 'loading') return <Skeleton count={12} height={20} />;
  if (text.kind === 'away') return <BlobAway by={piece.capturedBy} onRetry={text.retry} />;
  if (text.blocks.length === 0)
    return <EmptyState>{t(piece.original === null ? 'noText' : 'noTextInFile')}</EmptyState>;
  return (
    <HighlightedText piece={piece} blocks={text.blocks}>
      <ReadableText blocks={text.blocks} title={piece.title} lang={piece.language} />
    </HighlightedText>
  );
}
