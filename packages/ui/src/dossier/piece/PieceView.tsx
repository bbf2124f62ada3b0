import { type Piece, renamePiece, restorePiece, shownSnapshot } from '@liasse/core';
import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useEditable, useRun } from '../../app/room.tsx';
import {
  Button,
  ErrorNote,
  InlineEdit,
  Screen,
  SegmentedControl,
  useFormat,
  useMediaLayout,
  useStrings,
} from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useWho } from '../names.ts';
import { LegalCard } from './LegalCard.tsx';
import { MissingNote } from './MissingNote.tsx';
import css from './piece.module.css';
import { ReadingPane } from './ReadingPane.tsx';
import { SnapshotPane } from './SnapshotPane.tsx';
import { SourceLink } from './SourceLink.tsx';

interface PieceViewProps {
  readonly piece: Piece;
  /** On the bordereau; null in the trash. */
  readonly number: number | null;
}

type Way = 'reading' | 'snapshot';

/** A piece: its text or its snapshot, and everything that lets one cite it. */
export function PieceView({ piece, number }: PieceViewProps) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const run = useRun();
  const editable = useEditable();
  const [way, setWay] = useState<Way>('reading');
  const { id, title, url, capturedAt, capturedBy, legal } = piece;
  const { snapshot, missing } = shownSnapshot(piece);

  const wide = useMediaLayout() === 'wide';
  const about = (
    <PieceAbout folded={!wide}>
      {url !== null && <SourceLink url={url} />}
      {legal !== null && <LegalCard legal={legal} />}
    </PieceAbout>
  );

  return (
    <Screen
      title={title}
      titleEdit={
        <InlineEdit
          value={title}
          label={t('pieceTitle')}
          maxLength={500}
          isReadOnly={!editable || piece.trashed !== null}
          onSave={(next) => run(renamePiece, { pieceId: id, title: next })}
        />
      }
      actions={
        <Button icon={Printer} onPress={() => window.print()}>
          {t('print')}
        </Button>
      }
      meta={
        <>
          {number !== null && <strong className={css.number}>{t('pieceNumber', { number })}</strong>}
          <span>{t('captured', { when: format.dayTime(capturedAt), who: who(capturedBy) })}</span>
        </>
      }
      toolbar={
        snapshot !== null && (
          <SegmentedControl<Way>
            label={t('views')}
            value={way}
            onChange={setWay}
            segments={[
              { id: 'reading', label: t('reading') },
              { id: 'snapshot', label: t('snapshot') },
            ]}
            className={css.ways ?? ''}
          />
        )
      }
    >
      {piece.trashed !== null && (
        <ErrorNote
          role="status"
          happened={t('pieceInTrash')}
          actions={editable && <Button onPress={() => run(restorePiece, { pieceId: id })}>{t('restore')}</Button>}
        />
      )}
      <div className={css.body}>
        {!wide && about}
        <div className={css.main}>
          <MissingNote missing={missing} />
          {way === 'reading' || snapshot === null ? (
            <ReadingPane piece={piece} />
          ) : (
            <SnapshotPane piece={piece} snapshot={snapshot} />
          )}
        </div>
        {wide && about}
      </div>
    </Screen>
  );
}

/** What lets one cite the piece: beside the text where there is room, else folded above it. */
function PieceAbout({ folded, children }: { readonly folded: boolean; readonly children: ReactNode }) {
  const t = useStrings(dossierStrings);
  if (!folded) return <aside className={css.aside}>{children}</aside>;
  return (
    <details className={css.about}>
      <summary>{t('about')}</summary>
      <div className={css.aside}>{children}</div>
    </details>
  );
}
