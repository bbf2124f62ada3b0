import { dropTemplate, formView, saveAsTemplate } from '@liasse/core';
import { Bookmark, BookmarkX } from 'lucide-react';
import { useEditable, useRun } from '../../app/room.tsx';
import { Button, useFormat, useStrings, useView } from '../../kit/index.ts';
import { useWho } from '../names.ts';
import type { PieceProps } from '../piece/pieceProps.ts';
import css from './form.module.css';
import { formStrings } from './form.strings.ts';
import { StepSection } from './StepSection.tsx';

/** A captured form: its steps in order, what was entered, what was not kept, and what was corrected since. */
export default function FormPane({ piece }: PieceProps) {
  const t = useStrings(formStrings);
  const form = useView(formView(piece.id));
  const editable = useEditable() && piece.trashed === null;
  if (form === null) return null;
  return (
    <div className={css.form}>
      <TemplateLine piece={piece} editable={editable} />
      {form.steps.map((step) => (
        <StepSection key={step.id} piece={piece} step={step} isAlone={form.steps.length === 1} editable={editable} />
      ))}
      {form.unreadable > 0 && <p className={css.note}>{t('unreadable', { count: form.unreadable })}</p>}
    </div>
  );
}

function TemplateLine({ piece, editable }: { readonly piece: PieceProps['piece']; readonly editable: boolean }) {
  const t = useStrings(formStrings);
  const format = useFormat();
  const who = useWho();
  const run = useRun();
  const { id: pieceId, template } = piece;
  if (template === null && !editable) return null;
  return (
    <div className={css.template}>
      {template !== null && (
        <p className={css.note}>{t('templateBy', { who: who(template.by), when: format.dayTime(template.at) })}</p>
      )}
      {editable && template === null && (
        <Button icon={Bookmark} onPress={() => run(saveAsTemplate, { pieceId }, { text: t('savedTemplate') })}>
          {t('saveTemplate')}
        </Button>
      )}
      {editable && template !== null && (
        <Button
          icon={BookmarkX}
          variant="quiet"
          onPress={() => run(dropTemplate, { pieceId }, { text: t('droppedTemplate') })}
        >
          {t('dropTemplate')}
        </Button>
      )}
    </div>
  );
}
