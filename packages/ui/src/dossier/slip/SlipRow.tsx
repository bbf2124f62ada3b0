import { type DossierId, dayAt, type SlipLine } from '@liasse/core';
import { GripVertical } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, GridListItem } from 'react-aria-components';
import { Icon, useFormat, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useWho } from '../names.ts';
import { PieceName } from './PieceName.tsx';
import { SlipMenu } from './SlipMenu.tsx';
import css from './slip.module.css';

interface SlipRowProps {
  readonly dossierId: DossierId;
  readonly line: SlipLine;
  readonly count: number;
  readonly editable: boolean;
}

/** One line of the bordereau: opened by Enter or a click anywhere on it. */
export function SlipRow({ dossierId, line, count, editable }: SlipRowProps) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const [renaming, setRenaming] = useState(false);
  const { latest: piece, number, versions } = line;
  const { id, title, site, legal, capturedAt, capturedBy } = piece;
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
        <PieceName piece={piece} renaming={renaming} onEnd={() => setRenaming(false)} />
        <span className={css.meta}>
          {legalNumber !== undefined && <span className={css.legal}>{legalNumber}</span>}
          {versions.length > 1 && <span>{t('versionCount', { count: versions.length })}</span>}
          {site !== '' && <span>{site}</span>}
          <span>{t('captured', { when: format.day(dayAt(capturedAt)), who: who(capturedBy) })}</span>
        </span>
      </span>
      <SlipMenu
        dossierId={dossierId}
        line={line}
        count={count}
        editable={editable}
        onRename={() => setRenaming(true)}
      />
    </GridListItem>
  );
}
