import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';

interface FieldNamesProps {
  readonly names: readonly string[];
  readonly summary: string;
  readonly strings: PopupStrings;
}

/** Which fields, folded: most people only want to know that some are. */
export function FieldNames({ names, summary, strings }: FieldNamesProps) {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return (
    <details className={css.which}>
      <summary>{summary}</summary>
      <ul>
        {[...counts].map(([name, count]) => (
          <li key={name}>
            {name === '' ? strings.form.unnamed : name}
            {count > 1 && ` (${count})`}
          </li>
        ))}
      </ul>
    </details>
  );
}
