import { type Day, dayAt, historyView, notesView, piecesView, trashedNotesView, trashedPiecesView } from '@liasse/core';
import { useState } from 'react';
import { Button, EmptyState, useFormat, useStrings, useView } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { useWho } from '../names.ts';
import css from './history.module.css';
import { didKey, historyDays } from './historyLines.ts';

const PAGE_LINES = 100;

/** Who did what in the dossier, newest first. */
export function HistorySection() {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  const who = useWho();
  const titleOf = useTitles();
  const lines = useView(historyView);
  const [limit, setLimit] = useState(PAGE_LINES);
  if (lines.length === 0) return <EmptyState>{t('historyEmpty')}</EmptyState>;
  return (
    <div className={css.history}>
      {historyDays(lines, limit, dayAt).map(({ day, lines: ofDay }) => (
        <section key={ofDay[0]?.key}>
          <h2 className={css.day}>{format.longDay(day as Day)}</h2>
          <ol className={css.lines}>
            {ofDay.map(({ key, line }) => {
              const title = line.target === null ? undefined : titleOf(line.target);
              return (
                <li key={key} className={css.line}>
                  <time className={css.time} dateTime={new Date(line.at).toISOString()}>
                    {format.time(line.at)}
                  </time>
                  <span>
                    <strong>{who(line.by)}</strong> {t(didKey(line.code))}
                    {title !== undefined && ` ${t('quoted', { title })}`}
                  </span>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
      {lines.length > limit && <Button onPress={() => setLimit(limit + PAGE_LINES)}>{t('earlier')}</Button>}
    </div>
  );
}

/** The present title of a piece or note by its id: history keeps ids, so a line follows what it speaks of. */
function useTitles(): (id: string) => string | undefined {
  const t = useStrings(dossierStrings);
  const pieces = [useView(piecesView), useView(trashedPiecesView)];
  const notes = [useView(notesView), useView(trashedNotesView)];
  return (id) => {
    for (const { byId } of [...pieces, ...notes]) {
      const found = byId.get(id);
      if (found) return found.title || t('untitledNote');
    }
    return undefined;
  };
}
