import type { CorrectedField, PieceId } from '@liasse/core';
import { Pencil, ShieldOff } from 'lucide-react';
import { useRef, useState } from 'react';
import { Icon, IconButton, useFormat, useStrings } from '../../kit/index.ts';
import { useWho } from '../names.ts';
import { CorrectionForm } from './CorrectionForm.tsx';
import css from './form.module.css';
import { formStrings } from './form.strings.ts';
import { capturedWords, valueWords } from './valueWords.ts';

interface FieldLineProps {
  readonly pieceId: PieceId;
  readonly field: CorrectedField;
  readonly editable: boolean;
}

/** One field: what it is called, what it held, and what was put in its place, both in sight. */
export function FieldLine({ pieceId, field, editable }: FieldLineProps) {
  const t = useStrings(formStrings);
  const format = useFormat();
  const who = useWho();
  const [correcting, setCorrecting] = useState(false);
  const opener = useRef<HTMLDivElement>(null);
  const { name, required, correction, keeping, description, error, optionsCut } = field;
  const label = name.text === '' ? t('unnamed') : name.text;
  const words = { yes: t('yes'), no: t('no') };
  const isKept = keeping === 'kept' || keeping === 'ticked';
  const captured = isKept ? (capturedWords(field, words) ?? <em>{t('empty')}</em>) : <NotKept keeping={keeping} />;
  const done = () => {
    setCorrecting(false);
    // The button comes back in the same place once the form is gone.
    requestAnimationFrame(() => opener.current?.querySelector('button')?.focus());
  };
  return (
    <div className={css.line}>
      <dt>
        {label}
        {required && <small> ({t('required')})</small>}
        {name.from === 'near' && <small className={css.hint}>{t('near')}</small>}
        {description !== null && <small className={css.hint}>{description}</small>}
      </dt>
      <dd>
        <div className={css.held}>
          {correction === null ? (
            <div className={css.value}>{captured}</div>
          ) : (
            <>
              <div className={css.value}>{valueWords(field, correction.value, words) ?? <em>{t('empty')}</em>}</div>
              <p className={css.hint}>
                {t('correctedBy', { who: who(correction.by), when: format.dayTime(correction.at) })}
              </p>
              <p className={css.original}>
                {t('original')} {isKept ? <del>{captured}</del> : captured}
              </p>
            </>
          )}
          {error !== null && correction === null && <p className={css.error}>{error}</p>}
          {optionsCut > 0 && <p className={css.hint}>{t('optionsCut', { count: optionsCut })}</p>}
          {correcting && <CorrectionForm pieceId={pieceId} field={field} label={label} onDone={done} />}
        </div>
        {editable && keeping !== 'dropped' && !correcting && (
          <div ref={opener} className={css.act}>
            <IconButton
              icon={Pencil}
              size="compact"
              label={t('correct', { name: label })}
              onPress={() => setCorrecting(true)}
            />
          </div>
        )}
      </dd>
    </div>
  );
}

function NotKept({ keeping }: { readonly keeping: CorrectedField['keeping'] }) {
  const t = useStrings(formStrings);
  return (
    <span className={css.denied}>
      <Icon icon={ShieldOff} />
      {t(keeping === 'masked' ? 'masked' : 'dropped')}
    </span>
  );
}
