import { type DossierId, type Piece, renamePiece, restorePiece } from '@liasse/core';
import { Ellipsis, Printer } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useSearchParams } from 'wouter';
import { useEditable, useRun } from '../../app/room.tsx';
import {
  Button,
  ErrorNote,
  IconButton,
  InlineEdit,
  MenuTrigger,
  Screen,
  SegmentedControl,
  Skeleton,
  useFormat,
  useMediaLayout,
  useStrings,
} from '../../kit/index.ts';
import { useVersions } from '../compare/useVersions.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useWho } from '../names.ts';
import { MissingNote } from './MissingNote.tsx';
import css from './piece.module.css';
import { pieceCards, pieceMenuItems, pieceWays } from './pieceParts.ts';

interface PieceViewProps {
  readonly dossierId: DossierId;
  readonly piece: Piece;
  /** On the bordereau; null in the trash. */
  readonly place: { readonly number: number; readonly version: number | null } | null;
}

const ASKED = 'vue';

/** A piece: the ways to look at it, and everything that lets one cite and check it. */
export function PieceView({ dossierId, piece, place }: PieceViewProps) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const run = useRun();
  const editable = useEditable();
  const { id, title, capturedAt, capturedBy } = piece;
  const versions = useVersions(piece).length;
  const ways = pieceWays.filter(({ shows }) => shows(piece, versions));
  const [way, chooseWay] = useWay(ways.map((one) => one.id));
  const Pane = ways.find((one) => one.id === way)?.Pane;
  const parts = { dossierId, piece };

  const wide = useMediaLayout() === 'wide';
  const about = (
    <PieceAbout folded={!wide}>
      {pieceCards.map(({ id: part, Card }) => (
        <Card key={part} {...parts} />
      ))}
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
        <>
          <Button icon={Printer} onPress={() => window.print()}>
            {t('print')}
          </Button>
          {pieceMenuItems.length > 0 && (
            <MenuTrigger
              trigger={<IconButton icon={Ellipsis} label={t('actionsOn', { title })} tooltip={false} />}
              placement="bottom end"
            >
              {pieceMenuItems.map(({ id: part, Item }) => (
                <Item key={part} {...parts} />
              ))}
            </MenuTrigger>
          )}
        </>
      }
      meta={
        <>
          {place !== null && (
            <strong className={css.number}>
              {place.version === null
                ? t('pieceNumber', { number: place.number })
                : t('pieceVersion', { number: place.number, version: place.version })}
            </strong>
          )}
          <span>{t('captured', { when: format.dayTime(capturedAt), who: who(capturedBy) })}</span>
        </>
      }
      toolbar={
        ways.length > 1 &&
        way !== undefined && (
          <SegmentedControl<string>
            label={t('views')}
            value={way}
            onChange={chooseWay}
            segments={ways.map((one) => ({ id: one.id, label: t(one.label) }))}
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
          <MissingNote piece={piece} />
          {Pane !== undefined && (
            <Suspense fallback={<Skeleton count={12} height={20} />}>
              <Pane {...parts} />
            </Suspense>
          )}
        </div>
        {wide && about}
      </div>
    </Screen>
  );
}

/** The way on screen: in the address, so that it can be linked to and comes back with Back; the first there is otherwise. */
function useWay(ways: readonly string[]): readonly [string | undefined, (way: string) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = search.get(ASKED);
  const way = asked !== null && ways.includes(asked) ? asked : ways[0];
  const choose = (next: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (next === ways[0]) after.delete(ASKED);
        else after.set(ASKED, next);
        return after;
      },
      { replace: true },
    );
  return [way, choose];
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
