import { dayAt, type Trashed } from '@liasse/core';
import { Button, ListRow, useFormat, useStrings } from '../kit/index.ts';
import css from './dossier.module.css';
import { dossierStrings } from './dossier.strings.ts';
import { useWho } from './names.ts';

interface Line {
  readonly id: string;
  readonly title: string;
  readonly trashed: Trashed;
}

interface TrashedHereProps {
  /** *2 pièces dans la corbeille* */
  readonly summary: string;
  readonly lines: readonly Line[];
  readonly onRestore: (id: string) => void;
  readonly editable: boolean;
}

/** What was taken out of a list, folded below it: each line can be put back. */
export function TrashedHere({ summary, lines, onRestore, editable }: TrashedHereProps) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  if (lines.length === 0) return null;
  return (
    <details className={css.trashed} data-chrome>
      <summary>{summary}</summary>
      <ul className={css.trashedLines}>
        {lines.map(({ id, title, trashed }) => (
          <ListRow
            key={id}
            title={title}
            meta={trashed && t('trashedBy', { day: format.day(dayAt(trashed.at)), who: who(trashed.by) })}
            actions={
              editable && (
                <Button size="compact" onPress={() => onRestore(id)} aria-label={t('restoreNamed', { title })}>
                  {t('restore')}
                </Button>
              )
            }
          />
        ))}
      </ul>
    </details>
  );
}
