import css from './popup.module.css';
import type { PopupStrings } from './popup.strings.ts';

/** Which fields, folded: most people only want to know that some are. */
export function FieldNames({ names, strings }: { readonly names: readonly string[]; readonly strings: PopupStrings }) {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return (
    <details className={css.which}>
      <summary>{strings.form.which}</summary>
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
