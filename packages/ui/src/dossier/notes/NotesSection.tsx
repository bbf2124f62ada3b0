import {
  addNote,
  type Dossier,
  dayAt,
  type NoteId,
  newId,
  notesView,
  rankAt,
  restoreNote,
  trashedNotesView,
} from '@liasse/core';
import { NotebookPen, Plus } from 'lucide-react';
import { useState } from 'react';
import { usePlatform } from '../../app/context.tsx';
import { useEditable, useRun } from '../../app/room.tsx';
import { useGo } from '../../app/shell/go.ts';
import { Button, cx, EmptyState, Icon, ListRow, useFormat, useStrings, useView } from '../../kit/index.ts';
import frame from '../dossier.module.css';
import { dossierStrings } from '../dossier.strings.ts';
import { useWho } from '../names.ts';
import { notePath } from '../sections.ts';
import { TrashedHere } from '../TrashedHere.tsx';
import { NoteMenu } from './NoteMenu.tsx';
import { NotePane } from './NotePane.tsx';
import css from './notes.module.css';

interface NotesSectionProps {
  readonly dossier: Dossier;
  /** The one that is open, or null. */
  readonly noteId: NoteId | null;
}

/** A dossier's notes, and the one being written. */
export function NotesSection({ dossier, noteId }: NotesSectionProps) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const editable = useEditable() && dossier.trashed === null;
  const { items, unreadable } = useView(notesView);
  const trashed = useView(trashedNotesView).items;
  const { random } = usePlatform();
  const run = useRun();
  const go = useGo();
  const [fresh, setFresh] = useState<NoteId | null>(null);

  const add = () => {
    const id = newId<NoteId>(random);
    if (!run(addNote, { noteId: id, title: '', rank: rankAt(items, items.length, random) }).ok) return;
    setFresh(id);
    go(notePath(dossier.id, id));
  };
  const newNote = editable && (
    <Button icon={Plus} onPress={add}>
      {t('newNote')}
    </Button>
  );
  if (items.length === 0 && noteId === null && unreadable + trashed.length === 0) {
    return <EmptyState action={newNote}>{t('noNote')}</EmptyState>;
  }

  return (
    <div className={cx(css.notes, noteId !== null && css.withNote)}>
      <div className={css.list}>
        {newNote}
        <ul className={css.rows}>
          {items.map((note, index) => (
            <ListRow
              key={note.id}
              href={notePath(dossier.id, note.id)}
              current={note.id === noteId}
              leading={<Icon icon={NotebookPen} />}
              title={note.title || t('untitledNote')}
              meta={t('noteCreatedBy', { day: format.day(dayAt(note.createdAt)), who: who(note.createdBy) })}
              actions={editable && <NoteMenu dossierId={dossier.id} note={note} index={index} notes={items} />}
            />
          ))}
        </ul>
        <TrashedHere
          summary={t('trashedNotes', { count: trashed.length })}
          lines={trashed.map((note) => ({ ...note, title: note.title || t('untitledNote') }))}
          editable={editable}
          onRestore={(id) => run(restoreNote, { noteId: id as NoteId })}
        />
        {unreadable > 0 && <p className={frame.unreadable}>{t('unreadableNotes', { count: unreadable })}</p>}
      </div>
      {noteId !== null && (
        <NotePane key={noteId} dossier={dossier} noteId={noteId} editable={editable} isNew={noteId === fresh} />
      )}
    </div>
  );
}
