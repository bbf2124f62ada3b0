import { type Piece, renamePiece } from '@liasse/core';
import { useRef } from 'react';
import { useRun } from '../../app/room.tsx';
import { InlineEdit, useFocusBack, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import css from './slip.module.css';

interface PieceNameProps {
  readonly piece: Piece;
  readonly renaming: boolean;
  readonly onEnd: () => void;
}

/** A piece's title on the bordereau, renamed where it stands. */
export function PieceName({ piece, renaming, onEnd }: PieceNameProps) {
  const t = useStrings(dossierStrings);
  const run = useRun();
  const words = useRef<HTMLSpanElement>(null);
  useFocusBack(renaming, () => words.current?.closest<HTMLElement>('[role=row]'));
  const { id, title, language } = piece;
  if (renaming) {
    return (
      <InlineEdit
        value={title}
        label={t('pieceTitle')}
        startEditing
        maxLength={500}
        onSave={(next) => run(renamePiece, { pieceId: id, title: next })}
        onEnd={onEnd}
      />
    );
  }
  return (
    <span ref={words} className={css.title} {...(language !== null && { lang: language })}>
      {title}
    </span>
  );
}
