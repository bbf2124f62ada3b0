// @vitest-environment node
import 'fake-indexeddb/auto';
import type { DossierId, PieceId } from '@liasse/core';
import { WorkKey } from '@liasse/core';
import { testId } from '@liasse/core/testing';
import { beforeEach, expect, test } from 'vitest';
import { type KnownPages, openKnownPages, type RememberedPiece } from './knownPages.ts';

const scope = 'https://liasse.example/account-1/team';
const work = WorkKey.parse('celex:32016R0679');
const dossier = { id: testId<DossierId>(1), title: 'Subventions 2026' };
const other = { id: testId<DossierId>(2), title: 'Contentieux' };
const piece = (n: number, more: Partial<RememberedPiece> = {}): RememberedPiece => ({
  id: testId<PieceId>(100 + n),
  title: `Pièce ${n}`,
  url: 'https://demarches.example/aide?n=1',
  hasForm: false,
  template: null,
  work,
  versionOf: null,
  capturedAt: n,
  ...more,
});

let pages: KnownPages;
let databases = 0;
beforeEach(() => {
  pages = openKnownPages(`known-${++databases}`);
});

test('[J6] the latest version in each dossier is found, most recent first', async () => {
  await pages.see(scope, dossier, [piece(1), piece(3, { versionOf: piece(1).id }), piece(9, { work: null })]);
  await pages.add(scope, other, piece(2));
  expect(await pages.find(scope, work)).toEqual([
    { dossier, pieceId: piece(3).id, title: 'Pièce 3', capturedAt: 3, version: 2 },
    { dossier: other, pieceId: piece(2).id, title: 'Pièce 2', capturedAt: 2, version: 1 },
  ]);
  expect(await pages.find(scope, WorkKey.parse('celex:32016R0680'))).toEqual([]);
});

test('[J6] what a dossier no longer has is forgotten, and a trashed dossier whole', async () => {
  await pages.see(scope, dossier, [piece(1), piece(2)]);
  await pages.see(scope, dossier, [piece(2)]);
  expect(await pages.find(scope, work)).toMatchObject([{ pieceId: piece(2).id }]);
  await pages.see(scope, { ...dossier, title: '' }, [piece(2)]);
  expect(await pages.find(scope, work)).toEqual([]);
});

test('[J6] another account, another team and an erased device know nothing of it', async () => {
  await pages.see(scope, dossier, [piece(1)]);
  expect(await pages.find('https://liasse.example/account-2/team', work)).toEqual([]);
  expect(await pages.find('https://liasse.example/account-1/other', work)).toEqual([]);
  await pages.clear();
  expect(await pages.find(scope, work)).toEqual([]);
});

test('[F25] forms of the same site are found, templates first, then the most recent; of no other site, nor account', async () => {
  const by = { by: 'account-1', at: 1 };
  await pages.see(scope, dossier, [
    piece(1, { hasForm: true, template: by }),
    piece(2, { hasForm: true, work: null }),
    piece(3, { hasForm: true, url: 'https://autre.example/aide' }),
    piece(4, { hasForm: true, url: 'http://demarches.example/aide' }),
    piece(5),
    piece(6, { hasForm: true, url: null }),
  ]);
  await pages.add(scope, other, piece(7, { hasForm: true }));
  const found = await pages.findForms(scope, 'https://demarches.example/autre/chemin');
  expect(found.map(({ title }) => title)).toEqual(['Pièce 1', 'Pièce 7', 'Pièce 2']);
  expect(found[0]).toEqual({ dossier, pieceId: piece(1).id, title: 'Pièce 1', capturedAt: 1, isTemplate: true });
  expect(await pages.findForms('https://liasse.example/account-2/team', 'https://demarches.example/')).toEqual([]);
  expect(await pages.findForms(scope, 'file:///aide.html')).toEqual([]);
});
