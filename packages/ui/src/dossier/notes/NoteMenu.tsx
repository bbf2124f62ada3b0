import { type DossierId, moveNote, type Note, rankAt, restoreNote, trashNote } from '@liasse/core';
import { ArrowDown, ArrowUp, Ellipsis, Trash2 } from 'lucide-react';
import { usePlatform } from '../../app/context.tsx';
import { useRun } from '../../app/room.tsx';
import { useGo } from '../../app/shell/go.ts';
import { IconButton, MenuItem, MenuTrigger, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { sectionPath } from '../sections.ts';

interface NoteMenuProps {
  readonly dossierId: DossierId;
  readonly note: Note;
  readonly index: number;
  /** All of them, in order. */
  readonly notes: readonly Note[];
}

/** What can be done with a note from the list. */
export function NoteMenu({ dossierId, note, index, notes }: NoteMenuProps) {
  const t = useStrings(dossierStrings);
  const { random } = usePlatform();
  const run = useRun();
  const go = useGo();
  const noteId = note.id;
  const title = note.title || t('untitledNote');
  const moveTo = (at: number) => {
    const others = notes.filter(({ id }) => id !== noteId);
    run(moveNote, { noteId, rank: rankAt(others, at, random) });
  };
  const trash = () => {
    const undo = () => run(restoreNote, { noteId });
    if (run(trashNote, { noteId }, { text: t('noteTrashed', { title }), undo }).ok) go(sectionPath(dossierId, 'notes'));
  };
  return (
    <MenuTrigger
      trigger={<IconButton icon={Ellipsis} label={t('actionsOn', { title })} tooltip={false} />}
      placement="bottom end"
    >
      <MenuItem icon={ArrowUp} isDisabled={index === 0} onAction={() => moveTo(index - 1)}>
        {t('moveUp')}
      </MenuItem>
      <MenuItem icon={ArrowDown} isDisabled={index === notes.length - 1} onAction={() => moveTo(index + 1)}>
        {t('moveDown')}
      </MenuItem>
      <MenuItem icon={Trash2} danger onAction={trash}>
        {t('toTrash')}
      </MenuItem>
    </MenuTrigger>
  );
}
