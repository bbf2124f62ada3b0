import { type Alert, alertsOf, type Card, isDone } from '@liasse/core';
import { CalendarDays, CircleCheck, Eye, Folder, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx, Icon, PeopleStack, useFormat, useStrings } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { useBoard } from './boardContext.tsx';
import css from './CardFace.module.css';

/** One fact in words, cut at the end of the line where it is too long. */
function Fact({
  icon,
  tone,
  children,
}: {
  readonly icon: LucideIcon;
  readonly tone?: string;
  readonly children: ReactNode;
}) {
  return (
    <span className={cx(css.fact, tone)}>
      <Icon icon={icon} />
      <span className={css.clip}>{children}</span>
    </span>
  );
}

/** One alert in words, with its icon. */
export function AlertFact({ alert }: { readonly alert: Alert }) {
  const t = useStrings(boardStrings);
  if (alert.kind === 'due-today') {
    return (
      <Fact icon={CalendarDays} tone={css.today ?? ''}>
        {t('dueToday')}
      </Fact>
    );
  }
  return (
    <Fact icon={TriangleAlert} tone={css.red ?? ''}>
      {alert.kind === 'overdue' ? t('overdue', { count: alert.days }) : t('blocked', { reason: alert.reason })}
    </Fact>
  );
}

/** What a card shows below its title: one line, what calls for attention first. */
export function CardFacts({ card }: { readonly card: Card }) {
  const t = useStrings(boardStrings);
  const format = useFormat();
  const { columns, today, dossiers, personOf, lookingAt } = useBoard();
  const column = columns.get(card.place.columnId) ?? null;
  const done = isDone(card, column);
  // A column of finished cards says it for all of them.
  const finished = done && column?.holdsDone !== true;
  const alerts = alertsOf(card, column, today);
  const dossier = card.dossierId === null ? undefined : dossiers.get(card.dossierId);
  const looking = lookingAt(card.id);
  const later = !done && alerts.every(({ kind }) => kind === 'blocked') ? card.due : null;
  const assigned = card.people.map((account) => ({ ...personOf(account), key: account }));
  const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join(', ');
  if (!finished && alerts.length + looking.length + assigned.length === 0 && !dossier && later === null) return null;

  return (
    <div className={css.facts}>
      <span className={css.words}>
        {finished && (
          <Fact icon={CircleCheck} tone={css.done ?? ''}>
            {t('finished')}
          </Fact>
        )}
        {alerts.map((alert) => (
          <AlertFact key={alert.kind} alert={alert} />
        ))}
        {later !== null && (
          <Fact icon={CalendarDays}>
            <time dateTime={later}>{format.day(later, today)}</time>
          </Fact>
        )}
        {dossier && <Fact icon={Folder}>{dossier.title}</Fact>}
      </span>
      {looking.length > 0 && (
        <span className={css.looking}>
          <Icon icon={Eye} />
          <PeopleStack
            people={looking.map((person) => ({ ...person, key: person.clientId }))}
            size="small"
            max={3}
            label={t('looking', { count: looking.length, names: names(looking) })}
          />
        </span>
      )}
      <PeopleStack people={assigned} size="small" max={3} label={t('assigned', { names: names(assigned) })} />
    </div>
  );
}

/** Whether a card bears the red bar: it is late, or blocked. */
export function useIsRed(card: Card): boolean {
  const { columns, today } = useBoard();
  const column = columns.get(card.place.columnId) ?? null;
  return alertsOf(card, column, today).some(({ kind }) => kind !== 'due-today');
}
