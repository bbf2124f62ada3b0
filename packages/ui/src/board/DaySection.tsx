import { type Alert, alertsOf, boardView, type Card, dayAt } from '@liasse/core';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import { inTeam, paths } from '../app/paths.ts';
import { ListRow, useStrings, useView } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';
import { AlertFact } from './CardFace.tsx';
import css from './DaySection.module.css';

interface Urgent {
  readonly card: Card;
  readonly alerts: readonly Alert[];
}

/** On Ma journée: one's own cards, and those of nobody, that are late, blocked or due today; the latest first. */
export function DaySection() {
  const t = useStrings(boardStrings);
  const { team, scope } = useWorkspace();
  const today = dayAt(usePlatform().clock.now());
  const board = useView(boardView);
  const urgent = board.lanes
    .flatMap(({ column, cards }) => cards.map((card): Urgent => ({ card, alerts: alertsOf(card, column, today) })))
    .filter(
      ({ card, alerts }) => alerts.length > 0 && (card.people.length === 0 || card.people.includes(scope.account)),
    )
    .sort((a, b) => gravity(b) - gravity(a));
  if (urgent.length === 0) return null;
  return (
    <section aria-labelledby={`board-day-${team.id}`} className={css.section}>
      <h2 id={`board-day-${team.id}`}>{t('dayHeading')}</h2>
      <ul className={css.list}>
        {urgent.map(({ card, alerts }) => (
          <ListRow
            key={card.id}
            title={card.title}
            href={inTeam(team.id, paths.card(card.id))}
            meta={
              <span className={css.alerts}>
                {alerts.map((alert) => (
                  <AlertFact key={alert.kind} alert={alert} />
                ))}
              </span>
            }
          />
        ))}
      </ul>
    </section>
  );
}

/** Days late first, then what is blocked, then what is due today. */
function gravity({ alerts }: Urgent): number {
  const [first] = alerts;
  if (first?.kind === 'overdue') return 1 + first.days;
  return first?.kind === 'blocked' ? 1 : 0;
}
