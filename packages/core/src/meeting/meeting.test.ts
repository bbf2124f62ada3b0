import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { metaOf } from '../kernel/document.ts';
import { historyView } from '../kernel/history.ts';
import { AccountId, type AgendaItemId, type MeetingId } from '../kernel/ids.ts';
import type { Author } from '../kernel/operation.ts';
import { type Rank, rankAt } from '../kernel/rank.ts';
import { Refusal } from '../kernel/refusal.ts';
import { makeReplicas, seededRandomness, settle, type TestReplica, testId } from '../testing/index.ts';
import {
  addItem,
  moveItem,
  renameItem,
  restoreItem,
  setItemKind,
  setItemMinutes,
  setItemRapporteur,
  trashItem,
} from './item.operations.ts';
import {
  createMeeting,
  renameMeeting,
  restoreMeeting,
  scheduleMeeting,
  setMeetingPlace,
  trashMeeting,
} from './meeting.operations.ts';
import { itemsOf } from './meeting.ts';
import { agendaView, itemBody, meetingView, trashedAgendaView } from './meeting.view.ts';

const author: Author = { by: AccountId.parse('account-1'), at: 5 };
const random = seededRandomness(7);
const meetingId = testId<MeetingId>(1);
const itemAt = (n: number) => testId<AgendaItemId>(100 + n);

/** A meeting of `count` items, in the order of their numbers. */
function meetingOf(count: number): Y.Doc {
  const doc = new Y.Doc();
  createMeeting(doc, { meetingId, title: 'Comité budgétaire' }, author);
  for (let n = 0; n < count; n++) add(doc, n);
  return doc;
}

function add(doc: Y.Doc, n: number): void {
  const rank = rankAt(agendaView(doc).getSnapshot().items, n, random);
  addItem(doc, { itemId: itemAt(n), rank, title: `Point ${n}`, kind: 'discussion', minutes: 10 }, author);
}

const titles = (doc: Y.Doc) =>
  agendaView(doc)
    .getSnapshot()
    .items.map((item) => item.title);

function refusalOf(step: () => void): string {
  try {
    step();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
}

/** Opens the door to inputs that no screen sends. */
const when = (day: string, startTime: string | null, endTime: string | null = null) => ({ day, startTime, endTime });

describe('the meeting itself', () => {
  test('[M1] its meta says what it is', () => {
    const doc = meetingOf(0);
    scheduleMeeting(doc, { when: when('2026-11-23', '14:00', '16:00') }, author);
    setMeetingPlace(doc, { place: ' Salle 3 ' }, author);
    renameMeeting(doc, { title: 'Revue budgétaire' }, author);
    expect(meetingView(doc).getSnapshot()).toEqual({
      kind: 'readable',
      meeting: {
        kind: 'meeting',
        id: meetingId,
        title: 'Revue budgétaire',
        createdAt: 5,
        createdBy: author.by,
        when: { day: '2026-11-23', startTime: '14:00', endTime: '16:00' },
        place: 'Salle 3',
        trashed: null,
      },
    });
    scheduleMeeting(doc, { when: null }, author);
    trashMeeting(doc, {}, author);
    expect(meetingView(doc).getSnapshot()).toMatchObject({
      meeting: { when: null, trashed: { by: author.by, at: 5 } },
    });
    restoreMeeting(doc, {}, author);
    expect(meetingView(doc).getSnapshot()).toMatchObject({ meeting: { trashed: null } });
    const codes = historyView(doc)
      .getSnapshot()
      .map((line) => line.code.replace('meeting.', ''));
    expect(codes).toEqual(['create', 'schedule', 'setPlace', 'rename', 'schedule', 'trash', 'restore']);
  });

  test('[M1] it is created once, and what is not here cannot be changed', () => {
    expect(refusalOf(() => createMeeting(meetingOf(0), { meetingId, title: 'Encore' }, author))).toBe('already-exists');
    const nothing = new Y.Doc();
    expect(meetingView(nothing).getSnapshot()).toEqual({ kind: 'absent' });
    expect(refusalOf(() => renameMeeting(nothing, { title: 'x' }, author))).toBe('not-found');
    expect(refusalOf(() => scheduleMeeting(nothing, { when: null }, author))).toBe('not-found');
    expect(refusalOf(() => setMeetingPlace(nothing, { place: '' }, author))).toBe('not-found');
    expect(refusalOf(() => trashMeeting(nothing, {}, author))).toBe('not-found');
    expect(Y.encodeStateAsUpdate(nothing)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
  });

  test('[M1] a meta that cannot be read is said to be so', () => {
    const doc = meetingOf(0);
    metaOf(doc).set('when', 'mardi');
    expect(meetingView(doc).getSnapshot()).toEqual({ kind: 'unreadable' });
  });

  test.each([
    ['a day that does not exist', when('2026-02-30', null)],
    ['an hour that does not exist', when('2026-02-03', '24:00')],
    ['an hour as people write it', when('2026-02-03', '9 h 30')],
    ['an end that is none', when('2026-02-03', '09:30', 'midi')],
  ])('[M2] %s is refused', (_what, bad) => {
    expect(refusalOf(() => scheduleMeeting(meetingOf(0), { when: bad }, author))).toBe('invalid-input');
  });

  test('[M2] of two schedules made at once, one is kept whole', () => {
    const [amira, benoit] = makeReplicas(2) as [TestReplica, TestReplica];
    createMeeting(amira.doc, { meetingId, title: 'CAP' }, amira.author);
    settle([amira, benoit]);
    scheduleMeeting(amira.doc, { when: when('2026-11-23', '09:00') }, amira.author);
    scheduleMeeting(benoit.doc, { when: when('2026-11-24', '14:00') }, benoit.author);
    settle([amira, benoit]);
    const seen = [amira, benoit].map(({ doc }) => meetingView(doc).getSnapshot());
    expect(seen[0]).toEqual(seen[1]);
    expect(['2026-11-23 09:00', '2026-11-24 14:00']).toContain(
      seen.map((state) =>
        state.kind === 'readable' ? `${state.meeting.when?.day} ${state.meeting.when?.startTime}` : '',
      )[0],
    );
  });
});

describe('the agenda', () => {
  test('[M3] numbers follow the order, moves included, and skip what is in the trash', () => {
    const doc = meetingOf(4);
    expect(titles(doc)).toEqual(['Point 0', 'Point 1', 'Point 2', 'Point 3']);
    const others = agendaView(doc)
      .getSnapshot()
      .items.filter((item) => item.id !== itemAt(3));
    moveItem(doc, { itemId: itemAt(3), rank: rankAt(others, 0, random) }, author);
    trashItem(doc, { itemId: itemAt(1) }, author);
    expect(titles(doc)).toEqual(['Point 3', 'Point 0', 'Point 2']);
    restoreItem(doc, { itemId: itemAt(1) }, author);
    expect(titles(doc)).toEqual(['Point 3', 'Point 0', 'Point 1', 'Point 2']);
  });

  test('[M3] each fact of an item is changed alone', () => {
    const doc = meetingOf(1);
    const itemId = itemAt(0);
    renameItem(doc, { itemId, title: 'Exécution' }, author);
    setItemKind(doc, { itemId, kind: 'approval' }, author);
    setItemMinutes(doc, { itemId, minutes: 25 }, author);
    setItemRapporteur(doc, { itemId, rapporteur: 'Mme Amira B. (DAF)' }, author);
    expect(agendaView(doc).getSnapshot().items).toMatchObject([
      { title: 'Exécution', kind: 'approval', minutes: 25, rapporteur: 'Mme Amira B. (DAF)', createdBy: author.by },
    ]);
    expect(historyView(doc).getSnapshot().at(-1)).toMatchObject({ code: 'meeting.setItemRapporteur', target: itemId });
  });

  test('[M3] what makes no sense is refused, and nothing is written', () => {
    const doc = meetingOf(1);
    const itemId = itemAt(0);
    const before = Y.encodeStateAsUpdate(doc);
    for (const minutes of [-1, 2.5, 1441, Number.NaN])
      expect(refusalOf(() => setItemMinutes(doc, { itemId, minutes }, author))).toBe('invalid-input');
    expect(refusalOf(() => renameItem(doc, { itemId, title: '  ' }, author))).toBe('invalid-input');
    expect(refusalOf(() => renameItem(doc, { itemId, title: 'x'.repeat(301) }, author))).toBe('invalid-input');
    expect(refusalOf(() => trashItem(doc, { itemId: itemAt(9) }, author))).toBe('not-found');
    expect(refusalOf(() => add(doc, 0))).toBe('already-exists');
    expect(refusalOf(() => moveItem(doc, { itemId, rank: '' as Rank }, author))).toBe('invalid-input');
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });

  test('[M4] two people who write first words at once keep both', () => {
    const [amira, benoit] = makeReplicas(2) as [TestReplica, TestReplica];
    add(amira.doc, 0);
    settle([amira, benoit]);
    for (const { doc, name } of [amira, benoit]) itemBody(doc, itemAt(0))?.insert(0, [new Y.XmlText(name)]);
    settle([amira, benoit]);
    expect(itemBody(amira.doc, itemAt(0))?.toString()).toBe(itemBody(benoit.doc, itemAt(0))?.toString());
    for (const { name } of [amira, benoit]) expect(itemBody(amira.doc, itemAt(0))?.toString()).toContain(name);
    expect(itemBody(amira.doc, itemAt(9))).toBeNull();
  });

  test('[M5] a keystroke in a body notifies no list', () => {
    const doc = meetingOf(2);
    let notified = 0;
    for (const viewOf of [agendaView, trashedAgendaView, meetingView]) viewOf(doc).subscribe(() => (notified += 1));
    const before = agendaView(doc).getSnapshot();
    const text = new Y.XmlText();
    itemBody(doc, itemAt(0))?.insert(0, [text]);
    for (const letter of 'Le comité prend acte.') text.insert(text.length, letter);
    expect(notified).toBe(0);
    expect(agendaView(doc).getSnapshot()).toBe(before);
    renameItem(doc, { itemId: itemAt(0), title: 'Autre' }, author);
    expect(notified).toBeGreaterThan(0);
  });

  test('[M9] an item that cannot be read is counted, and those beside it are shown', () => {
    const doc = meetingOf(2);
    itemsOf(doc).set(itemAt(7), 'no record');
    const broken = new Y.Map<unknown>(Object.entries({ title: 'Sans durée', kind: 'information', rank: 'a5' }));
    itemsOf(doc).set(itemAt(8), broken);
    const newer = new Y.Map<unknown>();
    itemsOf(doc).set(itemAt(9), newer);
    newer.set('kind', 'hearing');
    expect(titles(doc)).toEqual(['Point 0', 'Point 1']);
    expect(agendaView(doc).getSnapshot().unreadable).toBe(3);
    expect(itemsOf(doc).size).toBe(5);
  });
});
