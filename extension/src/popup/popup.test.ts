import type { DossierId } from '@liasse/core';
import { describe, expect, test, vi } from 'vitest';
import type { Request } from '../messaging/contract.ts';
import type { SeenTab } from '../platform/tab.ts';
import { choicesFor } from './choices.ts';
import { clip } from './clip.ts';
import { legalLine } from './legalLine.ts';
import { en } from './popup.strings.en.ts';
import { fr } from './popup.strings.fr.ts';
import { knownWords, missingWords } from './popup.strings.ts';
import { takesOf } from './takes.ts';
import { begunAmong } from './useForms.ts';

const dossier = (n: number, title: string) => ({ id: String(n) as DossierId, title });
const recent = [dossier(1, 'Marchés publics'), dossier(2, 'Subventions 2026'), dossier(3, 'Élections')];
const titles = (query: string, dossiers = recent) =>
  choicesFor(query, dossiers).map(({ kind, title }) => `${kind} ${title}`);

describe('the dossiers offered', () => {
  test('before anything is typed: the recent ones, in their order', () => {
    expect(titles('')).toEqual(['existing Marchés publics', 'existing Subventions 2026', 'existing Élections']);
  });

  test('as one types: those that match, accents folded, then the one that would be made', () => {
    expect(titles('elec')).toEqual(['existing Élections', 'create elec']);
    expect(titles(' Visas  2027 ')).toEqual(['create Visas 2027']);
  });

  test('a name that is taken is not made twice', () => {
    expect(titles('subventions 2026')).toEqual(['existing Subventions 2026']);
  });

  test('a few of many', () => {
    const many = Array.from({ length: 40 }, (_, n) => dossier(n, `Dossier ${n}`));
    expect(titles('', many)).toHaveLength(6);
    expect(titles('dossier', many)).toHaveLength(7);
  });
});

describe('asking for a capture', () => {
  const request: Request<'clip.start'> = {
    jobId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    tab: { id: 1, url: 'https://site.example/', documentId: null },
    take: 'page',
    fromPrivate: 'refuse',
    versionOf: null,
    title: 'Titre',
    facts: null,
    team: null,
    dossier: { create: 'Subventions' },
  };
  const id = 'h2spc3vky1n1f380vceypcp0';
  const done = {
    ok: true,
    value: { team: id, pieceId: id, dossier: { id, title: 'S' }, snapshot: null, kept: 'page', missing: [] },
  };
  const kindsAsked = (send: ReturnType<typeof vi.fn>) => send.mock.calls.map(([message]) => message.kind);

  test('a worker that was stopped is asked again, for the same job', async () => {
    const send = vi.fn().mockRejectedValueOnce(new Error('channel closed')).mockResolvedValueOnce(done);
    expect(await clip(send, request)).toMatchObject({ ok: true });
    expect(kindsAsked(send)).toEqual(['clip.start', 'clip.wait']);
    expect(send.mock.calls[1]?.[0].request).toEqual({ jobId: request.jobId });
  });

  test('one that was stopped before it had written the job is asked for it anew', async () => {
    const send = vi
      .fn()
      .mockRejectedValueOnce(new Error('channel closed'))
      .mockResolvedValueOnce({ ok: false, code: 'not-found', details: {} })
      .mockResolvedValueOnce(done);
    expect(await clip(send, request)).toMatchObject({ ok: true });
    expect(kindsAsked(send)).toEqual(['clip.start', 'clip.wait', 'clip.start']);
  });

  test('a refusal is not asked again; a worker that never answers is given up', async () => {
    const refused = vi.fn().mockResolvedValue({ ok: false, code: 'no-space', details: {} });
    expect(await clip(refused, request)).toMatchObject({ code: 'no-space' });
    expect(refused).toHaveBeenCalledTimes(1);
    const dead = vi.fn().mockRejectedValue(new Error('channel closed'));
    expect(await clip(dead, request)).toMatchObject({ code: 'internal' });
    expect(dead.mock.calls.length).toBeLessThan(10);
  });
});

describe('a page that was clipped before', () => {
  const id = 'h2spc3vky1n1f380vceypcp0';
  const recent = [
    { id: id as DossierId, title: 'Subventions 2026' },
    { id: 'a'.repeat(24) as DossierId, title: 'Contentieux' },
  ];
  const known = [{ dossier: { id, title: 'Subventions 2026' }, pieceId: id, title: 'x', capturedAt: 0, version: 2 }];

  test('[J6] is offered as a later version first, and its dossier still for a separate piece', () => {
    expect(choicesFor('', recent, known).map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'version Subventions 2026',
      'existing Subventions 2026',
      'existing Contentieux',
    ]);
    expect(choicesFor('conten', recent, known).map(({ kind }) => kind)).toEqual(['existing', 'create']);
    expect(choicesFor('subv', recent, known)[0]).toMatchObject({ kind: 'version', of: { version: 2 } });
  });

  test('[J6] is said to be, with its version and its day', () => {
    expect(knownWords(known, fr, 'fr')).toBe(
      'Déjà dans «\u00a0Subventions 2026\u00a0» (version\u00a02, 1 janv. 1970).',
    );
    expect(knownWords(known, en, 'en')).toBe('Already in “Subventions 2026” (version 2, 1 Jan 1970).');
  });
});

describe('a form of several steps', () => {
  const id = 'h2spc3vky1n1f380vceypcp0';
  const form = (hours: number) => ({
    dossier: { id: id as DossierId, title: 'Subventions 2026' },
    pieceId: id,
    title: `Demande ${hours}`,
    capturedAt: 1e12 - hours * 3_600_000,
    isTemplate: false,
  });

  test('[F29] one begun within twelve hours is offered to go on with, the latest first, before all else', () => {
    const begun = begunAmong([form(13), form(11), form(2)], 1e12);
    expect(choicesFor('', recent, [], begun).map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'step Subventions 2026',
      'step Subventions 2026',
      'existing Marchés publics',
      'existing Subventions 2026',
      'existing Élections',
    ]);
    expect(choicesFor('', [], [], begun)[0]).toMatchObject({ of: { title: 'Demande 2' } });
    expect(choicesFor('demande 11', [], [], begun)).toMatchObject([
      { of: { title: 'Demande 11' } },
      { kind: 'create' },
    ]);
  });
});

describe('what can be kept', () => {
  const images = ['visible', 'full-page'];
  const tab = (facts: unknown, can: 'page' | 'address') =>
    ({ capturable: can === 'page' ? { can } : { can, because: 'pdf' }, facts }) as SeenTab;

  test.each([
    [tab({ selected: 0 }, 'page'), ['page', ...images, 'address']],
    [tab({ selected: 12 }, 'page'), ['page', 'selection', ...images, 'address']],
    [tab({ selected: 'many' }, 'page'), ['page', ...images, 'address']],
    [tab(null, 'page'), ['page', ...images, 'address']],
    [tab({ selected: 12, fields: 3 }, 'address'), ['address']],
    [tab({ selected: 12, fields: 3 }, 'page'), ['page', 'form', 'selection', ...images, 'address']],
    [tab({ fields: '3' }, 'page'), ['page', ...images, 'address']],
  ])('%j: %j', (seen, takes) => expect(takesOf(seen)).toEqual(takes));
});

describe('what is said', () => {
  test('of a legal reference, in one line', () => {
    const facts = {
      legal: {
        kind: { value: 'decree', from: 'title' },
        number: { value: '2031-341', from: 'title' },
        date: { value: '2031-04-01', from: 'title' },
        nor: { value: 'PRMX3108931D', from: 'text' },
      },
    };
    expect(legalLine(facts, fr, 'fr')).toBe('Décret 2031-341 du 1er avril 2031 · NOR PRMX3108931D');
    expect(legalLine(facts, en, 'en')).toBe('Decree 2031-341 of 1 April 2031 · NOR PRMX3108931D');
  });

  test.each([null, 3, {}, { legal: null }, { legal: 'x' }, { legal: { kind: 'decree', date: { value: 'hier' } } }])(
    'of facts that are none (%j): nothing',
    (facts) => expect(legalLine(facts, fr, 'fr')).toBeNull(),
  );

  test('of what is missing, added up by kind', () => {
    const missing = [
      { kind: 'image', count: 3 },
      { kind: 'frame', count: 1 },
      { kind: 'image', count: 1 },
    ];
    expect(missingWords(missing, fr)).toBe('4 images et 1 cadre');
    expect(missingWords([...missing, { kind: 'media', count: 1 }], en)).toBe('4 images, 1 frame and 1 medium');
    expect(missingWords([], fr)).toBe('');
  });

  test('in French, with its spaces', () => {
    const said: string[] = [];
    const walk = (value: unknown): void => {
      if (typeof value === 'string') said.push(value);
      else if (typeof value === 'function') said.push(String(value(2)));
      else for (const each of Object.values(value as object)) walk(each);
    };
    walk(fr);
    expect(said.length).toBeGreaterThan(40);
    for (const text of said) {
      expect(text).not.toMatch(/[^\u202f\u00a0][;!?]|[^\u00a0]:|«[^\u00a0]|[^\u00a0]»|'/u);
    }
  });
});
