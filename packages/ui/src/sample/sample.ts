import { type Day, dayAt, newDossier, newMeeting, type TeamDocs } from '@liasse/core';
import { boardRoom, dossierRoom, meetingRoom } from '@liasse/core/protocol';
import { translator } from '../kit/index.ts';
import { fillAgenda, fillBoard, fillDossier } from './rooms.ts';
import { sampleStrings } from './sample.strings.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the sample team is called, in the language of the moment. */
export const sampleName = (): string => translator(sampleStrings)('team');

/**
 * Fills an empty team with the day of Amira, an assistant of a grants office: dossiers, cards late and due, a meeting this
 * afternoon. By ordinary operations, so that everything in it can be used, undone and thrown away.
 *
 * @param now - ms since the epoch: the sample's days are told from it
 */
export async function fillSample(docs: TeamDocs, now: number): Promise<void> {
  const t = translator(sampleStrings);
  const day = (offset: number): Day => dayAt(now + offset * DAY_MS);

  const grants = await newDossier(docs, { title: t('dossierGrants') });
  const remote = await newDossier(docs, { title: t('dossierRemote') });
  const committee = await newMeeting(docs, {
    title: t('meetingCommittee'),
    when: { day: day(0), startTime: '14:00', endTime: '15:30' },
  });
  await newMeeting(docs, {
    title: t('meetingWeekly'),
    when: { day: day(1), startTime: '09:30', endTime: '10:00' },
  });
  await fillDossier(docs, dossierRoom(docs.team, grants), {
    now,
    note: t('noteGrants'),
    pieces: [
      {
        title: t('pieceCircular'),
        path: 'subventions/campagne-2026',
        text: [t('pieceCircular1'), t('pieceCircular2')],
      },
      { title: t('pieceGrid'), path: 'subventions/grille', text: [t('pieceGrid1')] },
    ],
  });
  await fillDossier(docs, dossierRoom(docs.team, remote), {
    now,
    note: t('noteRemote'),
    pieces: [{ title: t('pieceRemote'), path: 'teletravail/guide', text: [t('pieceRemote1')] }],
  });
  await fillBoard(docs, boardRoom(docs.team), {
    columns: { todo: t('todo'), doing: t('doing'), done: t('done') },
    cards: [
      { column: 'todo', title: t('cardReminder'), due: day(-3), dossierId: grants },
      { column: 'todo', title: t('cardConvene'), due: day(0), meetingId: committee },
      { column: 'todo', title: t('cardRooms'), due: day(4) },
      { column: 'doing', title: t('cardVisa'), due: day(1), dossierId: grants, blocked: t('cardVisaWhy') },
      { column: 'doing', title: t('cardCheck'), due: day(0), dossierId: grants },
      { column: 'doing', title: t('cardNote'), due: day(7), dossierId: remote },
      { column: 'done', title: t('cardLetter') },
    ],
  });
  await fillAgenda(docs, meetingRoom(docs.team, committee), {
    place: t('meetingRoom'),
    items: [
      { title: t('itemMinutes'), kind: 'approval', minutes: 10, rapporteur: 'Amira' },
      { title: t('itemReview'), kind: 'information', minutes: 20, rapporteur: t('direction') },
      { title: t('itemBudget'), kind: 'decision', minutes: 45, rapporteur: t('budgetOffice') },
      { title: t('itemNext'), kind: 'discussion', minutes: 15, rapporteur: 'Amira' },
    ],
  });
}
