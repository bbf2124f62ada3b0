import type * as Y from 'yjs';
import { z } from 'zod';
import {
  AccountId,
  BOARD_HISTORY_LINES,
  CardId,
  ColumnId,
  Day,
  DossierId,
  MeetingId,
  Rank,
  Refusal,
  Trashed,
} from '../kernel/index.ts';
import { recordOf } from '../kernel/operation.ts';

export const ColumnTitle = z.string().trim().min(1).max(80);
export const CardTitle = z.string().trim().min(1).max(300);
export const BlockedReason = z.string().trim().min(1).max(300);

/** Where a card is. Column and rank are one fact, so that a merge never pairs one person's column with another's rank. */
export const Place = z.strictObject({ columnId: ColumnId, rank: Rank });
export type Place = z.infer<typeof Place>;

const Signature = z.object({ by: AccountId, at: z.number() });

/** A state of the work. */
export const Column = z.object({
  id: ColumnId,
  title: ColumnTitle,
  rank: Rank,
  /** Whether the cards here count as done. */
  holdsDone: z.boolean().default(false),
  trashed: Trashed.default(null),
});
export type Column = z.infer<typeof Column>;

/** A thing to do, with only what the board shows of it. */
export const Card = z.object({
  id: CardId,
  title: CardTitle,
  place: Place,
  dossierId: DossierId.nullable().default(null),
  meetingId: MeetingId.nullable().default(null),
  due: Day.nullable().default(null),
  /** Accounts, in the order of their ids. In the document a map of account → true, so that additions merge. */
  people: z.record(AccountId, z.literal(true)).transform((people) => Object.keys(people).sort() as AccountId[]),
  blocked: z.object({ reason: BlockedReason }).nullable().default(null),
  /** Who finished it, and when (ms); see `isDone`. */
  done: Signature.nullable().default(null),
  created: Signature,
  trashed: Trashed.default(null),
});
export type Card = z.infer<typeof Card>;

export const columnsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('columns');
export const cardsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('cards');

/**
 * The ids of the columns that a board starts with: the same in every team, so that two people starting a board at once
 * start the same one.
 */
export const STARTING_COLUMNS = {
  todo: '0000000000000000000000c1' as ColumnId,
  doing: '0000000000000000000000c2' as ColumnId,
  done: '0000000000000000000000c3' as ColumnId,
} as const;

/** Options of every operation on the board. */
export const onBoard = { keepLines: BOARD_HISTORY_LINES };

/** The column under `id`, or a refusal when it is unknown or in the trash. */
export function openColumn(doc: Y.Doc, id: ColumnId): Y.Map<unknown> {
  const column = recordOf(columnsOf(doc), id);
  if ((column.get('trashed') ?? null) !== null) throw new Refusal('not-found', { id });
  return column;
}
