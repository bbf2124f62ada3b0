import * as Y from 'yjs';
import { metaOf } from '../kernel/document.ts';
import type { AgendaItemId } from '../kernel/ids.ts';
import { compare } from '../kernel/rank.ts';
import { defineRecordsView, fieldsOf } from '../kernel/recordsView.ts';
import { defineView } from '../kernel/view.ts';
import { AgendaItem, itemsOf, Meeting } from './meeting.ts';

/** `absent`: this device holds nothing of it yet. `unreadable`: written by a newer or broken version. */
export type MeetingState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'readable'; readonly meeting: Meeting };

/** What the document says of the meeting itself. */
export const meetingView = defineView({
  watch: (doc) => [metaOf(doc)],
  read: (doc): MeetingState => {
    const meta = metaOf(doc);
    if (!meta.has('kind')) return { kind: 'absent' };
    const parsed = Meeting.safeParse(fieldsOf(meta, Object.keys(Meeting.shape)));
    return parsed.success ? { kind: 'readable', meeting: parsed.data } : { kind: 'unreadable' };
  },
});

const agenda = {
  records: itemsOf,
  schema: AgendaItem,
  // Two people may insert at one rank at once; the id makes every replica agree.
  order: (a: AgendaItem, b: AgendaItem): number => compare(a.rank, b.rank) || compare(a.id, b.id),
};

/** The agenda in order. The items' bodies are never read here: a keystroke in one changes nothing in this view. */
export const agendaView = defineRecordsView({ ...agenda, keep: ({ trashed }) => trashed === null });

/** The items in the trash, where they stood. */
export const trashedAgendaView = defineRecordsView({ ...agenda, keep: ({ trashed }) => trashed !== null });

/** An item's text, for the editor; null when there is no such item. It is there from the item's first moment. */
export function itemBody(doc: Y.Doc, itemId: AgendaItemId): Y.XmlFragment | null {
  const item = itemsOf(doc).get(itemId);
  const body = item instanceof Y.Map ? item.get('body') : undefined;
  return body instanceof Y.XmlFragment ? body : null;
}
