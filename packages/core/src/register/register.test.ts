import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type DossierId, historyView, type MeetingId, type MeetingTime } from '../kernel/index.ts';
import { histories, makeReplicas, play, settle, type TestReplica, testId } from '../testing/index.ts';
import {
  dossierRegisterView,
  forgetRegisteredDossier,
  forgetRegisteredMeeting,
  meetingRegisterView,
  registerDossier,
  registerMeeting,
  renameRegisteredDossier,
  restoreRegisteredDossier,
  restoreRegisteredMeeting,
  trashedDossierRegisterView,
  trashedMeetingRegisterView,
  trashRegisteredDossier,
  trashRegisteredMeeting,
  updateRegisteredMeeting,
} from './index.ts';
import { dossierEntriesOf } from './register.ts';

const dossierId = testId<DossierId>(1);
const meetingId = testId<MeetingId>(2);
const two = (): [TestReplica, TestReplica] => makeReplicas(2) as [TestReplica, TestReplica];
const when = (day: string, startTime: string | null = null) => ({ day, startTime }) as MeetingTime;
const dossierTitles = (doc: Y.Doc) =>
  dossierRegisterView(doc)
    .getSnapshot()
    .items.map(({ title }) => title);

describe('register of dossiers', () => {
  test('[R1] two devices that rebuild the same entry make one, and the first registration here stays', () => {
    const [amira, benoit] = two();
    registerDossier(amira.doc, { dossierId, title: 'Subventions' }, amira.author);
    registerDossier(benoit.doc, { dossierId, title: 'Subventions' }, benoit.author);
    settle([amira, benoit]);
    for (const { doc } of [amira, benoit]) expect(dossierTitles(doc)).toEqual(['Subventions']);
    expect(dossierRegisterView(amira.doc).getSnapshot()).toEqual(dossierRegisterView(benoit.doc).getSnapshot());

    const [entry] = dossierRegisterView(amira.doc).getSnapshot().items;
    registerDossier(amira.doc, { dossierId, title: 'Subventions 2026' }, { ...benoit.author, at: 1 });
    const [again] = dossierRegisterView(amira.doc).getSnapshot().items;
    expect(again).toEqual({ ...entry, title: 'Subventions 2026' });
  });

  test('[R1] registering what is there already leaves no update', () => {
    const [{ doc, author }] = two();
    registerDossier(doc, { dossierId, title: 'Subventions' }, author);
    const before = Y.encodeStateAsUpdate(doc);
    registerDossier(doc, { dossierId, title: 'Subventions' }, author);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });

  test('[R2] renaming on one device and trashing on another at once both count', () => {
    const [amira, benoit] = two();
    registerDossier(amira.doc, { dossierId, title: 'Subventions' }, amira.author);
    settle([amira, benoit]);
    renameRegisteredDossier(amira.doc, { dossierId, title: 'Subventions 2026' }, amira.author);
    trashRegisteredDossier(benoit.doc, { dossierId }, benoit.author);
    settle([amira, benoit]);
    const [entry] = trashedDossierRegisterView(amira.doc).getSnapshot().items;
    expect(entry).toMatchObject({ title: 'Subventions 2026', trashed: benoit.author });
  });

  test('[R3] trash and restore; registering again does not restore', () => {
    const [{ doc, author }] = two();
    registerDossier(doc, { dossierId, title: 'Subventions' }, author);
    trashRegisteredDossier(doc, { dossierId }, author);
    registerDossier(doc, { dossierId, title: 'Subventions' }, author);
    expect(dossierTitles(doc)).toEqual([]);
    expect(trashedDossierRegisterView(doc).getSnapshot().items).toHaveLength(1);
    restoreRegisteredDossier(doc, { dossierId }, author);
    expect(dossierTitles(doc)).toEqual(['Subventions']);
    expect(trashedDossierRegisterView(doc).getSnapshot().items).toHaveLength(0);
    expect(historyView(doc).getSnapshot().at(-1)).toMatchObject({ code: 'register.restoreDossier', target: dossierId });
  });

  test('[R4] in order of title as French sorts it', () => {
    const [{ doc, author }] = two();
    for (const [n, title] of ['Zones', 'Élus', 'Visa 10', 'Visa 9', 'Eaux'].entries())
      registerDossier(doc, { dossierId: testId(10 + n), title }, author);
    expect(dossierTitles(doc)).toEqual(['Eaux', 'Élus', 'Visa 9', 'Visa 10', 'Zones']);
  });

  test('[R5] an entry that is not there is refused; one that cannot be read is counted and disturbs nothing', () => {
    const [{ doc, author }] = two();
    expect(() => trashRegisteredDossier(doc, { dossierId }, author)).toThrow('not-found');
    expect(() => renameRegisteredDossier(doc, { dossierId, title: 'x' }, author)).toThrow('not-found');
    registerDossier(doc, { dossierId, title: 'Subventions' }, author);
    dossierEntriesOf(doc).set(`${testId(3)}.title`, { not: 'a title' });
    dossierEntriesOf(doc).set('not.an-id', 'x');
    dossierEntriesOf(doc).set('nothing', 'x');
    expect(dossierTitles(doc)).toEqual(['Subventions']);
    expect(dossierRegisterView(doc).getSnapshot().unreadable).toBe(1);
  });
});

describe('register of meetings', () => {
  test('[R2][R4] updating, in order of time, those without a day last', () => {
    const [{ doc, author }] = two();
    const meetings: [string, MeetingTime | null][] = [
      ['Sans date', null],
      ['Après-midi', when('2026-03-02', '14:00')],
      ['Matin', when('2026-03-02', '09:30')],
      ['Ce jour-là', when('2026-03-02')],
      ['Veille', when('2026-03-01', '18:00')],
    ];
    for (const [n, [title, time]] of meetings.entries())
      registerMeeting(doc, { meetingId: testId(20 + n), title, when: time }, author);
    const titles = () =>
      meetingRegisterView(doc)
        .getSnapshot()
        .items.map(({ title }) => title);
    expect(titles()).toEqual(['Veille', 'Matin', 'Après-midi', 'Ce jour-là', 'Sans date']);
    updateRegisteredMeeting(doc, { meetingId: testId(20), when: when('2026-01-01') }, author);
    updateRegisteredMeeting(doc, { meetingId: testId(24), title: 'Reportée', when: null }, author);
    expect(titles()).toEqual(['Sans date', 'Matin', 'Après-midi', 'Ce jour-là', 'Reportée']);
  });

  test('[R3][R5] trash, restore, refuse', () => {
    const [{ doc, author }] = two();
    expect(() => updateRegisteredMeeting(doc, { meetingId, title: 'x' }, author)).toThrow('not-found');
    registerMeeting(doc, { meetingId, title: 'CAP', when: null }, author);
    trashRegisteredMeeting(doc, { meetingId }, author);
    expect(meetingRegisterView(doc).getSnapshot().items).toHaveLength(0);
    expect(trashedMeetingRegisterView(doc).getSnapshot().items).toHaveLength(1);
    restoreRegisteredMeeting(doc, { meetingId }, author);
    expect(meetingRegisterView(doc).getSnapshot().items).toHaveLength(1);
    expect(() => registerMeeting(doc, { meetingId, title: 'x', when: when('2026-02-30', '09:00') }, author)).toThrow(
      'invalid-input',
    );
    expect(() => registerMeeting(doc, { meetingId, title: 'x', when: when('2026-02-03', '9 h') }, author)).toThrow(
      'invalid-input',
    );
  });
});

const action = fc.record({
  kind: fc.constantFrom('register', 'rename', 'trash', 'restore'),
  dossierId: fc.nat(4).map((n) => testId<DossierId>(n)),
  title: fc.constantFrom('a', 'b', 'é', 'Z'),
});

test('[R1][R4][K14] replicas that saw the same edits show the same register, each entry once', () => {
  fc.assert(
    fc.property(histories(action, { replicas: 3 }), (history) => {
      const replicas = makeReplicas(3);
      const touched = new Set<string>();
      for (const { doc } of replicas) dossierRegisterView(doc);
      play(replicas, history, ({ doc, author }, { kind, dossierId, title }) => {
        if (kind === 'register') registerDossier(doc, { dossierId, title }, author);
        else if (kind === 'rename') renameRegisteredDossier(doc, { dossierId, title }, author);
        else if (kind === 'trash') trashRegisteredDossier(doc, { dossierId }, author);
        else restoreRegisteredDossier(doc, { dossierId }, author);
        touched.add(dossierId);
      });
      settle(replicas);
      const seen = replicas.map(({ doc }) => ({
        listed: dossierRegisterView(doc).getSnapshot().items,
        trashed: trashedDossierRegisterView(doc).getSnapshot().items,
        unreadable: dossierRegisterView(doc).getSnapshot().unreadable,
      }));
      for (const other of seen) expect(other).toEqual(seen[0]);
      const [first] = seen as [(typeof seen)[0]];
      const ids = [...first.listed, ...first.trashed].map(({ id }) => id);
      expect(first.unreadable).toBe(0);
      expect(ids.sort()).toEqual([...touched].sort());
    }),
    { numRuns: 150 },
  );
});

describe('what was erased', () => {
  test('[R6] leaves the register, title and all, from the trash alone', () => {
    const [amira, benoit] = two();
    const other = testId<DossierId>(9);
    registerDossier(amira.doc, { dossierId, title: 'Secret' }, amira.author);
    registerDossier(amira.doc, { dossierId: other, title: 'Autre' }, amira.author);
    registerMeeting(amira.doc, { meetingId, title: 'Secrète', when: null }, amira.author);
    expect(() => forgetRegisteredDossier(amira.doc, { dossierId }, amira.author)).toThrow('conflict');
    trashRegisteredDossier(amira.doc, { dossierId }, amira.author);
    trashRegisteredMeeting(amira.doc, { meetingId }, amira.author);
    forgetRegisteredDossier(amira.doc, { dossierId }, amira.author);
    forgetRegisteredMeeting(amira.doc, { meetingId }, amira.author);
    settle([amira, benoit]);
    expect(dossierTitles(benoit.doc)).toEqual(['Autre']);
    expect(trashedDossierRegisterView(benoit.doc).getSnapshot().items).toEqual([]);
    expect(JSON.stringify(benoit.doc.toJSON())).not.toMatch(/Secr/);
    expect(() => forgetRegisteredDossier(benoit.doc, { dossierId }, benoit.author)).toThrow('not-found');
  });
});
