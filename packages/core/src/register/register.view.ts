import { compare, defineFlatRecordsView } from '../kernel/index.ts';
import { DossierEntry, dossierEntriesOf, MeetingEntry, meetingEntriesOf } from './register.ts';

// Titles are in the team's language whatever the reader's: one collation, so that colleagues see one order.
const collator = new Intl.Collator('fr', { numeric: true });

const byTitle = (a: { id: string; title: string }, b: { id: string; title: string }): number =>
  collator.compare(a.title, b.title) || compare(a.id, b.id);

/** After every day: a meeting without one comes last. */
const NO_DAY = '~';

const moment = ({ when }: MeetingEntry): string => (when === null ? NO_DAY : `${when.day} ${when.startTime ?? NO_DAY}`);

const byMoment = (a: MeetingEntry, b: MeetingEntry): number => compare(moment(a), moment(b)) || byTitle(a, b);

const dossiers = { records: dossierEntriesOf, schema: DossierEntry, order: byTitle };
const meetings = { records: meetingEntriesOf, schema: MeetingEntry, order: byMoment };

/** The team's dossiers by title, without those in the trash. */
export const dossierRegisterView = defineFlatRecordsView({ ...dossiers, keep: ({ trashed }) => trashed === null });

/** The dossiers in the trash, by title. */
export const trashedDossierRegisterView = defineFlatRecordsView({
  ...dossiers,
  keep: ({ trashed }) => trashed !== null,
});

/** The team's meetings in order of time, those without a day last, without those in the trash. */
export const meetingRegisterView = defineFlatRecordsView({ ...meetings, keep: ({ trashed }) => trashed === null });

/** The meetings in the trash, in order of time. */
export const trashedMeetingRegisterView = defineFlatRecordsView({
  ...meetings,
  keep: ({ trashed }) => trashed !== null,
});
