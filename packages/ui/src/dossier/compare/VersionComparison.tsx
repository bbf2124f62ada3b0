import type { Piece, TextBlocks } from '@liasse/core';
import { Button, EmptyState, ErrorNote, Skeleton, useStrings } from '../../kit/index.ts';
import { BlobAway } from '../piece/BlobAway.tsx';
import { type PieceBlocks, usePieceBlocks } from '../piece/usePieceBlocks.ts';
import { ComparisonView } from './ComparisonView.tsx';
import css from './compare.module.css';
import { compareStrings } from './compare.strings.ts';
import { useComparison } from './useComparison.ts';

/** A version with its number, from 1. */
interface NumberedVersion {
  readonly piece: Piece;
  readonly number: number;
}

interface VersionComparisonProps {
  readonly earlier: NumberedVersion;
  readonly later: NumberedVersion;
  readonly onCancel: () => void;
}

/** Reads two versions and compares them. */
export function VersionComparison({ earlier, later, onCancel }: VersionComparisonProps) {
  const t = useStrings(compareStrings);
  const before = usePieceBlocks(earlier.piece);
  const after = usePieceBlocks(later.piece);
  if (before.kind === 'away') return <BlobAway by={earlier.piece.capturedBy} onRetry={before.retry} />;
  if (after.kind === 'away') return <BlobAway by={later.piece.capturedBy} onRetry={after.retry} />;
  if (isWordless(before) || isWordless(after)) return <EmptyState>{t('noText')}</EmptyState>;
  if (before.kind !== 'here' || after.kind !== 'here') return <Working onCancel={onCancel} />;
  return <Compared before={before.blocks} after={after.blocks} {...{ earlier, later, onCancel }} />;
}

const isWordless = (text: PieceBlocks): boolean =>
  text.kind === 'unreadable' || (text.kind === 'here' && text.blocks.length === 0);

interface ComparedProps extends VersionComparisonProps {
  readonly before: TextBlocks;
  readonly after: TextBlocks;
}

function Compared({ before, after, earlier, later, onCancel }: ComparedProps) {
  const t = useStrings(compareStrings);
  const state = useComparison(before, after);
  if (state.kind === 'working') return <Working onCancel={onCancel} />;
  if (state.kind === 'failed') {
    return (
      <ErrorNote
        happened={t('failed')}
        safe={t('failedSafe')}
        actions={<Button onPress={onCancel}>{t('cancel')}</Button>}
      />
    );
  }
  return (
    <ComparisonView
      comparison={state.comparison}
      before={before}
      title={t('result', { earlier: earlier.number, later: later.number })}
      lang={later.piece.language}
    />
  );
}

function Working({ onCancel }: { readonly onCancel: () => void }) {
  const t = useStrings(compareStrings);
  return (
    <div className={css.working}>
      <p role="status">{t('working')}</p>
      <Button onPress={onCancel}>{t('cancel')}</Button>
      <Skeleton count={8} height={20} />
    </div>
  );
}
