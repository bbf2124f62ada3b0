import type { ShownStep } from '@liasse/core';
import { ShieldOff } from 'lucide-react';
import { Icon, useFormat, useStrings } from '../../kit/index.ts';
import type { PieceProps } from '../piece/pieceProps.ts';
import { FieldLine } from './FieldLine.tsx';
import { groupsOf } from './fieldGroups.ts';
import css from './form.module.css';
import { formStrings } from './form.strings.ts';

interface StepSectionProps {
  readonly piece: PieceProps['piece'];
  readonly step: ShownStep;
  /** The only step is the form itself: it bears no number. */
  readonly isAlone: boolean;
  readonly editable: boolean;
}

/** One step of a form, in the groups that its page had. */
export function StepSection({ piece, step, isAlone, editable }: StepSectionProps) {
  const t = useStrings(formStrings);
  const format = useFormat();
  const { number, title, at, fields, unread } = step;
  const notKept = fields.filter(({ keeping }) => keeping === 'dropped' || keeping === 'masked').length;
  const heading = title === '' ? t('stepUntitled', { number }) : isAlone ? title : t('step', { number, title });
  const lacks = [
    notKept > 0 ? t('notKept', { count: notKept }) : null,
    unread.fields > 0 ? t('unread', { count: unread.fields }) : null,
    unread.frames > 0 ? t('frames', { count: unread.frames }) : null,
  ].filter((lack) => lack !== null);
  return (
    <section className={css.step} aria-labelledby={`step-${step.id}`}>
      <h2 id={`step-${step.id}`}>{heading}</h2>
      <p className={css.meta}>
        {t('stepAt', { when: format.dayTime(at) })} · {t('counted', { count: fields.length })}
        {number > 1 && piece.manifest !== null && <> · {t('stepOutside')}</>}
      </p>
      {lacks.length > 0 && (
        <p className={css.lacks}>
          <Icon icon={ShieldOff} />
          <span>{lacks.join(' ')}</span>
        </p>
      )}
      {groupsOf(step).map(({ path, fields: inGroup }) => (
        <div key={inGroup[0]?.id} className={css.group}>
          {path.length > 0 && <h3>{path.join(' › ')}</h3>}
          <dl>
            {inGroup.map((field) => (
              <FieldLine key={field.id} pieceId={piece.id} field={field} editable={editable} />
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}
