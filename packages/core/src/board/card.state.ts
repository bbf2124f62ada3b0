import { type Day, daysBetween, type Randomness, rankAt } from '../kernel/index.ts';
import type { Card, Column, Place } from './board.ts';
import type { Board } from './board.view.ts';

/** Whether a card is done: someone finished it, or it stands in a column of finished cards. */
export function isDone(card: Card, column: Column | null): boolean {
  return card.done !== null || column?.holdsDone === true;
}

/** What of a card calls for attention, the gravest first: what is late, then what is blocked, then what is due today. */
export type Alert =
  | { readonly kind: 'overdue'; readonly days: number }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'due-today' };

/**
 * The alerts of a card, the gravest first; none when it is done.
 *
 * @param today - the civil day in Europe/Paris
 */
export function alertsOf(card: Card, column: Column | null, today: Day): readonly Alert[] {
  if (isDone(card, column)) return [];
  const alerts: Alert[] = [];
  const late = card.due === null ? null : daysBetween(card.due, today);
  if (late !== null && late > 0) alerts.push({ kind: 'overdue', days: late });
  if (card.blocked !== null) alerts.push({ kind: 'blocked', reason: card.blocked.reason });
  if (late === 0) alerts.push({ kind: 'due-today' });
  return alerts;
}

/**
 * The place at an index of a column, for a new card or one that moves.
 *
 * @param index - among the column's cards without the moving one; past the end: at the end
 * @param moving - the card that moves, left out of its own neighbours
 * @returns null when the column is not there
 */
export function placeAt(
  board: Board,
  { columnId, index, moving }: { columnId: string; index: number; moving?: string },
  random: Randomness,
): Place | null {
  const lane = board.lanes.find(({ column }) => column?.id === columnId);
  if (!lane?.column) return null;
  const neighbours = lane.cards.flatMap((card) => (card.id === moving ? [] : [card.place]));
  return { columnId: lane.column.id, rank: rankAt(neighbours, index, random) };
}
