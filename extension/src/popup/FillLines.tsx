import { FieldNames } from './FieldNames.tsx';
import { isOffered, type PlanLine, shownValue } from './fillPlan.ts';
import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';

interface FillLinesProps {
  readonly lines: readonly PlanLine[];
  readonly chosen: ReadonlySet<string>;
  readonly strings: PopupStrings;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** What would be written, field by field, each to be ticked; below, what will not be, and why. */
export function FillLines({ lines, chosen, strings, onChoose }: FillLinesProps) {
  const words = strings.fill;
  const offered = lines.filter(isOffered);
  const others = (['same', 'missing', 'denied', 'blocked'] as const).flatMap((does) => {
    const names = lines.filter((line) => line.does === does).map(({ name }) => name);
    return names.length === 0 ? [] : [{ does, names }];
  });
  const choose = (id: string, on: boolean) =>
    onChoose(new Set(on ? [...chosen, id] : [...chosen].filter((one) => one !== id)));
  return (
    <>
      {offered.length === 0 ? (
        <p className={css.note} role="status">
          {words.nothing}
        </p>
      ) : (
        <ul className={css.lines} aria-label={words.toFill}>
          {offered.map(({ id, name, does, now, next }) => (
            <li key={id}>
              <label className={css.line}>
                <input type="checkbox" checked={chosen.has(id)} onChange={({ target }) => choose(id, target.checked)} />
                <span>
                  <span className={css.lineName}>{name || strings.form.unnamed}</span>
                  <span className={css.lineValue}>{shownValue(next, strings)}</span>
                  {does === 'replace' && <span className={css.hint}>{words.replaces(shownValue(now, strings))}</span>}
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {others.map(({ does, names }) => (
        <FieldNames key={does} names={names} summary={words.others[does](names.length)} strings={strings} />
      ))}
    </>
  );
}
