import type { Granted } from '../messaging/contract.ts';
import type { PlanLine } from './fillPlan.ts';
import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';

interface FillResultProps {
  readonly lines: readonly PlanLine[];
  readonly result: Granted<'forms.fill'>['lines'];
  readonly strings: PopupStrings;
}

/** What was filled and what was not, each with its reason. */
export function FillResult({ lines, result, strings }: FillResultProps) {
  const words = strings.fill;
  const names = new Map(lines.map(({ id, name }) => [id, name || strings.form.unnamed]));
  const filled = result.filter(({ outcome }) => outcome === 'filled').length;
  const not = result.flatMap(({ id, outcome }) => (outcome === 'filled' ? [] : [{ id, outcome }]));
  return (
    <div className={css.done} role="status">
      <p className={css.doneTitle}>{words.filled(filled)}</p>
      {not.length > 0 && (
        <ul className={css.lines} aria-label={words.notFilled}>
          {not.map(({ id, outcome }) => (
            <li key={id} className={css.line}>
              <span>
                <span className={css.lineName}>{names.get(id)}</span>
                <span className={css.hint}>{words.outcomes[outcome]}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p>{words.neverSends}</p>
    </div>
  );
}
