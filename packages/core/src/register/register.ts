import type * as Y from 'yjs';
import { z } from 'zod';
import { AccountId, Day, DossierId, MeetingId, Trashed } from '../kernel/index.ts';

/** A title as the register shows it: one line, never empty. */
export const RegisterTitle = z.string().trim().min(1).max(300);

/** When a meeting is held: a civil day, and a time of day `HH:MM` in Europe/Paris if one is set. One fact, one value. */
export const MeetingTime = z.object({
  day: Day,
  startTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'not a time of day' })
    .nullable(),
});
export type MeetingTime = z.infer<typeof MeetingTime>;

const entry = {
  title: RegisterTitle,
  registered: z.object({ by: AccountId, at: z.number() }),
  trashed: Trashed.default(null),
};

/** A dossier as the team's lists show it. What it holds is in its own document. */
export const DossierEntry = z.object({ id: DossierId, ...entry });
export type DossierEntry = z.infer<typeof DossierEntry>;

/** A meeting as the team's lists show it; `when` is null while no day is set. */
export const MeetingEntry = z.object({ id: MeetingId, ...entry, when: MeetingTime.nullable().default(null) });
export type MeetingEntry = z.infer<typeof MeetingEntry>;

// Both live in the board's document, as flat records: any device may rebuild an entry from the dossier's own `meta`.
export const dossierEntriesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('register.dossiers');
export const meetingEntriesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('register.meetings');
