import { restoreCard, restoreColumn, trashedCardsView, trashedColumnsView } from '@liasse/core';
import { Columns3, RotateCcw, StickyNote } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEditable, useRun } from '../app/room.tsx';
import { Button, Icon, ListRow, useFormat, useStrings, useView } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { usePersonOf } from './boardContext.tsx';
import css from './DaySection.module.css';

/** In the trash: the board's cards and columns, the last deleted first. */
export function TrashSection() {
  const t = useStrings(boardStrings);
  const run = useRun();
  const cards = useView(trashedCardsView).items.toSorted(lastFirst);
  const columns = useView(trashedColumnsView).items.toSorted(lastFirst);
  if (cards.length + columns.length === 0) return null;
  const said = (title: string) => ({ text: t('restored', { title }) });
  return (
    <section aria-labelledby="board-trash" className={css.section}>
      <h2 id="board-trash">{t('trashHeading')}</h2>
      <ul className={css.list}>
        {columns.map((column) => (
          <TrashedRow
            key={column.id}
            thing={column}
            icon={<Icon icon={Columns3} label={t('column')} />}
            onRestore={() => run(restoreColumn, { columnId: column.id }, said(column.title))}
          />
        ))}
        {cards.map((card) => (
          <TrashedRow
            key={card.id}
            thing={card}
            icon={<Icon icon={StickyNote} label={t('card')} />}
            onRestore={() => run(restoreCard, { cardId: card.id }, said(card.title))}
          />
        ))}
      </ul>
    </section>
  );
}

interface Trashed {
  readonly title: string;
  readonly trashed: { readonly by: Parameters<ReturnType<typeof usePersonOf>>[0]; readonly at: number } | null;
}

const lastFirst = (a: Trashed, b: Trashed): number => (b.trashed?.at ?? 0) - (a.trashed?.at ?? 0);

interface TrashedRowProps {
  readonly thing: Trashed;
  readonly icon: ReactNode;
  readonly onRestore: () => void;
}

function TrashedRow({ thing, icon, onRestore }: TrashedRowProps) {
  const t = useStrings(boardStrings);
  const format = useFormat();
  const personOf = usePersonOf();
  const editable = useEditable();
  const { title, trashed } = thing;
  return (
    <ListRow
      title={title}
      leading={icon}
      meta={trashed && t('trashedBy', { name: personOf(trashed.by).name, when: format.dayTime(trashed.at) })}
      actions={
        editable && (
          <Button size="compact" icon={RotateCcw} aria-label={t('restoreThing', { title })} onPress={onRestore}>
            {t('restore')}
          </Button>
        )
      }
    />
  );
}
