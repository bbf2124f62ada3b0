import type * as Y from 'yjs';
import { z } from 'zod';
import { metaOf } from '../kernel/document.ts';
import { AccountId, AgendaItemId, MeetingId } from '../kernel/ids.ts';
import { MeetingTime, TimeOfDay } from '../kernel/meetingTime.ts';
import { Rank } from '../kernel/rank.ts';
import { Trashed } from '../kernel/trashed.ts';

/** The agenda items of a meeting's document, by id. */
export const itemsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('items');

/** When a meeting is held: its day, its hours if set. One fact: a merge never pairs one person's day with another's hour. */
export const MeetingWhen = MeetingTime.extend({
  /** When it must be over. Before `startTime`: on the next day. */
  endTime: TimeOfDay.nullable().default(null),
});
export type MeetingWhen = z.infer<typeof MeetingWhen>;

/** What a meeting's `meta` says of it. The team's register repeats title and time, and can be rebuilt from here. */
export const Meeting = z.object({
  kind: z.literal('meeting'),
  id: MeetingId,
  title: z.string(),
  createdAt: z.number(),
  createdBy: AccountId,
  when: MeetingWhen.nullable().default(null),
  /** A room, an address, a link; empty when not said. */
  place: z.string().default(''),
  trashed: Trashed.default(null),
});
export type Meeting = z.infer<typeof Meeting>;

/** What an item asks of the meeting: to know, to discuss, to decide, to approve (*visa*). */
export const ItemKind = z.enum(['information', 'discussion', 'decision', 'approval']);
export type ItemKind = z.infer<typeof ItemKind>;

/** The longest an item may last. */
export const MAX_ITEM_MINUTES = 24 * 60;

/** An item of the agenda as the list shows it: everything but its body. Its number is its position, from 1. */
export const AgendaItem = z.object({
  id: AgendaItemId,
  rank: Rank,
  title: z.string(),
  kind: ItemKind,
  /** How long it is meant to last. */
  minutes: z.int().min(0).max(MAX_ITEM_MINUTES),
  /** Who presents it, as people write it; empty when not said. */
  rapporteur: z.string().default(''),
  createdAt: z.number(),
  createdBy: AccountId,
  trashed: Trashed.default(null),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

/** What `Ctrl+Z` takes back in a meeting, besides the texts, which have their own undo. */
export const meetingUndoable = (doc: Y.Doc): readonly Y.Map<unknown>[] => [metaOf(doc), itemsOf(doc)];
