import { type Dossier, type NoteId, noteBody, notesView, renameNote } from '@liasse/core';
import { ChevronLeft } from 'lucide-react';
import { useRun } from '../../app/room.tsx';
import { EmptyState, Icon, InlineEdit, Link, useOpenDoc, useStrings, useView } from '../../kit/index.ts';
import { RichText } from '../../text/RichText.tsx';
import { dossierStrings } from '../dossier.strings.ts';
import { sectionPath } from '../sections.ts';
import css from './notes.module.css';

interface NotePaneProps {
  readonly dossier: Dossier;
  readonly noteId: NoteId;
  readonly editable: boolean;
  /** Just made: the cursor goes to its text. */
  readonly isNew: boolean;
}

/** A note: its title, and its text that several people may write at once. */
export function NotePane({ dossier, noteId, editable, isNew }: NotePaneProps) {
  const t = useStrings(dossierStrings);
  const open = useOpenDoc();
  const run = useRun();
  const note = useView(notesView).byId.get(noteId);
  const body = noteBody(open.doc, noteId);
  if (note === undefined || body === null) return <EmptyState>{t('noteGone')}</EmptyState>;
  const title = note.title || t('untitledNote');

  return (
    <article className={css.note}>
      <Link href={sectionPath(dossier.id, 'notes')} className={css.back ?? ''}>
        <Icon icon={ChevronLeft} />
        {t('backToNotes')}
      </Link>
      <h2 className={css.title}>
        <InlineEdit
          value={title}
          label={t('noteTitle')}
          maxLength={500}
          isReadOnly={!editable}
          onSave={(next) => run(renameNote, { noteId, title: next })}
        />
      </h2>
      <RichText
        fragment={body}
        label={t('noteBody', { title })}
        placeholder={t('notePlaceholder')}
        readOnly={!editable}
        firstHeading={3}
        takesFocus={isNew}
        onFocusPlace={() => open.setPlace(noteId)}
      />
    </article>
  );
}
