import { type DossierId, dayAt, type Piece, renamePiece } from '@liasse/core';
import { GripVertical } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, GridListItem } from 'react-aria-components';
import { useRun } from '../../app/room.tsx';
import { Icon, InlineEdit, useFormat, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useWho } from '../names.ts';
import { SlipMenu } from './SlipMenu.tsx';
import css from './slip.module.css';

interface SlipRowProps {
  readonly dossierId: DossierId;
  readonly piece: Piece;
  /** On the bordereau, from 1. */
  readonly number: number;
  readonly count: number;
  readonly editable: boolean;
}

/** One line of the bordereau: opened by Enter or a click anywhere on it. */
export function SlipRow({ dossierId, piece, number, count, editable }: SlipRowProps) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const run = useRun();
  const [renaming, setRenaming] = useState(false);
  const { id, title, site, language, legal, capturedAt, capturedBy } = piece;
  const legalNumber = legal?.number?.value;

  return (
    <GridListItem id={id} textValue={`${t('pieceNumber', { number })}, ${title}`} className={css.row ?? ''}>
      {editable && (
        <AriaButton slot="drag" className={css.grip ?? ''} aria-label={t('dragPiece', { number })}>
          <Icon icon={GripVertical} />
        </AriaButton>
      )}
      <span className={css.number}>{number}</span>
      <span className={css.words}>
        {renaming ? (
          <InlineEdit
            value={title}
            label={t('pieceTitle')}
            startEditing
            maxLength={500}
            onSave={(next) => run(renamePiece, { pieceId: id, title: next })}
            onEnd={() => setRenaming(false)}
          />
        ) : (
          <span className={css.title} {...(language !== null && { lang: language })}>
            {title}
          </span>
        )}
        <span className={css.meta}>
          {legalNumber !== undefined && <span className={css.legal}>{legalNumber}</span>}
          <span>{site}</span>
          <span>{t('captured', { when: format.day(dayAt(capturedAt)), who: who(capturedBy) })}</span>
        </span>
      </span>
      <SlipMenu
        dossierId={dossierId}
        piece={piece}
        number={number}
        count={count}
        editable={editable}
        onRename={() => setRenaming(true)}
      />
    </GridListItem>
  );
}
