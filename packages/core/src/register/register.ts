import type * as Y from 'yjs';
import { z } from 'zod';
import { AccountId, DossierId, MeetingId, MeetingTime, Trashed } from '../kernel/index.ts';

/** A title as the register shows it: one line, never empty. */
export const RegisterTitle = z.string().trim().min(1).max(300);

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
