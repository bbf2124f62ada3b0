import {
  type Dossier,
  type PieceId,
  piecesView,
  restorePiece,
  type SlipLine,
  slipLines,
  trashedPiecesView,
} from '@liasse/core';
import { useMemo } from 'react';
import { GridList, useDragAndDrop } from 'react-aria-components';
import { paths } from '../../app/paths.ts';
import { useEditable, useRun } from '../../app/room.tsx';
import { useGo } from '../../app/shell/go.ts';
import { EmptyState, useStrings, useView } from '../../kit/index.ts';
import frame from '../dossier.module.css';
import { dossierStrings } from '../dossier.strings.ts';
import { DropFiles, ROW_TYPE } from '../files/DropFiles.tsx';
import { TrashedHere } from '../TrashedHere.tsx';
import { ClipHere } from './ClipHere.tsx';
import { SlipRow } from './SlipRow.tsx';
import css from './slip.module.css';
import { useMoveLine } from './useMoveLine.ts';

/** The pieces as on a bordereau: numbered, in the order the team gives them. */
export function SlipSection({ dossier }: { readonly dossier: Dossier }) {
  const t = useStrings(dossierStrings);
  const editable = useEditable() && dossier.trashed === null;
  const { items, unreadable } = useView(piecesView);
  const trashed = useView(trashedPiecesView).items;
  const run = useRun();
  const go = useGo();
  const lines = useMemo(() => slipLines(items, trashed), [items, trashed]);
  const hooks = useSlipDragging(lines, editable);

  const section = (
    <>
      {editable && <ClipHere dossierId={dossier.id} />}
      {items.length === 0 && <EmptyState>{t(editable ? 'noPiece' : 'noPieceReader')}</EmptyState>}
      {items.length > 0 && (
        <GridList
          aria-label={t('slip')}
          className={css.slip ?? ''}
          items={lines.map((line) => ({ id: line.latest.id, line }))}
          dependencies={[lines.length, editable]}
          keyboardNavigationBehavior="tab"
          dragAndDropHooks={hooks}
          onAction={(key) => go(paths.piece(dossier.id, key as PieceId))}
        >
          {({ line }) => <SlipRow dossierId={dossier.id} line={line} count={lines.length} editable={editable} />}
        </GridList>
      )}
      <TrashedHere
        summary={t('trashedPieces', { count: trashed.length })}
        lines={trashed}
        editable={editable}
        onRestore={(id) => run(restorePiece, { pieceId: id as PieceId })}
      />
      {unreadable > 0 && <p className={frame.unreadable}>{t('unreadablePieces', { count: unreadable })}</p>}
    </>
  );
  return editable ? <DropFiles dossier={dossier}>{section}</DropFiles> : section;
}

/** Dragging by mouse, touch, keyboard and screen reader; rows go between rows, nowhere else. */
function useSlipDragging(lines: readonly SlipLine[], editable: boolean) {
  const move = useMoveLine();
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !editable,
    getItems: (keys) =>
      [...keys].map((key) => ({
        'text/plain': lines.find(({ latest }) => latest.id === key)?.latest.title ?? '',
        [ROW_TYPE]: String(key),
      })),
    onReorder: ({ keys, target }) => {
      const [key] = keys;
      const line = lines.find(({ latest }) => latest.id === key);
      if (!line) return;
      const others = lines.filter((other) => other !== line);
      const beside = others.findIndex(({ latest }) => latest.id === target.key);
      move(line, target.dropPosition === 'after' ? beside + 1 : beside);
    },
  });
  return dragAndDropHooks;
}
