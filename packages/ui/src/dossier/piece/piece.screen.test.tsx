import {
  addPiece,
  BlobHash,
  type CaptureDraft,
  createDossier,
  type DossierId,
  encodeText,
  type PieceId,
  piecesView,
  type Rank,
  type TextBlock,
  trashPiece,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { testDraft, testId } from '@liasse/core/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
import { Route } from 'wouter';
import { makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import { SNAPSHOT_POLICY } from '../snapshot/inertHtml.ts';
import PieceScreen from './PieceScreen.tsx';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);
const pieceId = testId<PieceId>(100);
const NOWHERE = { hash: BlobHash.parse('0'.repeat(64)), bytes: 10 };

async function show(
  draft: Partial<CaptureDraft> = {},
  blobs: { snapshot?: string | 'away'; text?: readonly TextBlock[] | 'away' } = {},
) {
  const platform = makeMemoryPlatform();
  const replica = platform.replica(testWorkspace().scope);
  const kept = async (content: string) => {
    const blob = new Blob([content]);
    return { hash: await replica.blobs.put(room, blob), bytes: blob.size };
  };
  const refOf = (content: string | undefined) =>
    content === undefined ? null : content === 'away' ? NOWHERE : kept(content);
  const text = blobs.text === undefined || blobs.text === 'away' ? blobs.text : encodeText(blobs.text);
  const input = { parts: { snapshot: await refOf(blobs.snapshot) }, text: await refOf(text) };
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions 2026' });
  platform.run(room, addPiece, { pieceId, rank: 'a0' as Rank, draft: testDraft(draft), ...input });
  const app = renderApp(
    <Route path="/dossiers/:dossierId/piece/:pieceId">
      <PieceScreen />
    </Route>,
    { path: `/dossiers/${id}/piece/${pieceId}`, platform },
  );
  await screen.findByRole('heading', { level: 1 });
  return { ...app, user: userEvent.setup(), replica };
}

test('the text is read in its own language, its headings below the piece’s title', async () => {
  await show({
    language: 'fr',
    text: [
      { kind: 'heading', level: 1, text: 'Décret' },
      { kind: 'paragraph', text: 'Le Premier ministre' },
      { kind: 'item', depth: 0, marker: '1°', text: 'les services' },
      { kind: 'row', header: true, cells: ['Organisme'] },
      { kind: 'row', header: false, cells: ['Caisse'] },
    ],
  });
  expect(screen.getByRole('heading', { level: 2, name: 'Décret' }).closest('[lang]')?.getAttribute('lang')).toBe('fr');
  expect(screen.getByRole('listitem').textContent).toBe('1°les services');
  expect(screen.getByRole('columnheader').textContent).toBe('Organisme');
  expect(screen.getByRole('cell').textContent).toBe('Caisse');
});

test('[L23] a citation leads to its text by mouse and by keyboard, and the paragraph reads the same', async () => {
  const sentence = 'Vu la loi n° 78-17 du 6 janvier 1978 et l’arrêté du 12 mars 2021,';
  const { user, platform } = await show({ text: [{ kind: 'paragraph', text: sentence }] });
  const link = screen.getByRole('link', { name: 'loi n° 78-17 du 6 janvier 1978' });
  expect(link.closest('p')?.textContent).toBe(sentence);
  expect(link.closest('p')?.querySelectorAll('a')).toHaveLength(1);
  link.focus();
  expect(document.activeElement).toBe(link);
  await user.keyboard('{Enter}');
  await user.click(link);
  expect(
    platform.asked.filter((asked) => asked.startsWith('openAddress https://www.legifrance.gouv.fr/search')),
  ).toHaveLength(2);
});

test('markup in a text is shown as the words it is', async () => {
  await show({ text: [{ kind: 'paragraph', text: '<img src=x onerror=alert(1)>' }] });
  expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy();
  expect(document.querySelector('img')).toBeNull();
});

test('the legal reference says where each part was read, and the page’s own address is opened by the platform', async () => {
  const { user, platform } = await show({
    legal: { kind: { value: 'decree', from: 'title' }, nor: { value: 'PRMJ1901234D', from: 'text' } },
  });
  expect(screen.getByText('Décret').parentElement?.textContent).toBe('NatureDécretlu dans le titre');
  expect(screen.getByText('PRMJ1901234D').parentElement?.textContent).toBe('NORPRMJ1901234Dlu dans le texte');
  await user.click(screen.getByRole('link', { name: /legifrance/ }));
  expect(platform.asked).toContain('openAddress https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000038388445');
});

test('what could not be kept is said', async () => {
  await show({
    missing: [
      { kind: 'image', origin: 'https://cdn.example', count: 3 },
      { kind: 'image', origin: null, count: 1 },
      { kind: 'frame', origin: null, count: 1 },
    ],
  });
  expect(screen.getByText('Page enregistrée, sauf 4 images et 1 cadre d’un autre site.')).toBeTruthy();
  expect(screen.getByText('3 images (cdn.example)')).toBeTruthy();
});

/** What a frame shows, by the address that was made for it. */
const sourceOf = (frame: HTMLElement): Promise<string> | undefined => made.get(frame.getAttribute('src') ?? '')?.text();
const made = new Map<string, Blob>();
beforeAll(() => {
  URL.createObjectURL = (blob: Blob) => {
    made.set(`blob:${made.size}`, blob);
    return `blob:${made.size - 1}`;
  };
  URL.revokeObjectURL = () => {};
});

test('the snapshot is shown in the sandboxed frame, under its policy, and nowhere else', async () => {
  const { user } = await show({}, { snapshot: '<h1>Hostile</h1><script>alert(1)</script>' });
  await user.click(screen.getByText('Cliché'));
  const frame = await screen.findByTitle(/Cliché de/);
  expect(frame.getAttribute('sandbox')).toBe('allow-same-origin');
  expect(await sourceOf(frame)).toContain(`content="${SNAPSHOT_POLICY}"`);
  expect(await sourceOf(frame)).not.toContain('alert');
  expect(screen.queryByText('Hostile')).toBeNull();
});

test('a snapshot that is not here yet says who is sending it, and comes when it is', async () => {
  const { user, replica } = await show({}, { snapshot: 'away' });
  await user.click(screen.getByText('Cliché'));
  await screen.findByText(/En cours d’envoi depuis un autre de vos appareils/);
  replica.blobs.get = () => Promise.resolve(new Blob(['<p>arrivé</p>']));
  await user.click(screen.getByRole('button', { name: 'Réessayer' }));
  expect(await sourceOf(await screen.findByTitle(/Cliché de/))).toContain('arrivé');
});

test('a long text is read from its blob', async () => {
  await show({}, { text: [{ kind: 'paragraph', text: 'très long' }] });
  await screen.findByText('très long');
});

test('a text whose blob holds something else is said to be so', async () => {
  const { replica } = await show({}, { text: 'away' });
  replica.blobs.get = () => Promise.resolve(new Blob(['<html>']));
  await userEvent.click(await screen.findByRole('button', { name: 'Réessayer' }));
  await screen.findByText(/ne peut pas être lu par cette version/);
});

test('a piece in the trash is read, says so, and can be restored', async () => {
  const { platform, replica, user } = await show();
  platform.run(room, trashPiece, { pieceId });
  await screen.findByText('Cette pièce est dans la corbeille.');
  await user.click(screen.getByRole('button', { name: 'Restaurer' }));
  await waitFor(() => expect(piecesView(replica.doc(room)).getSnapshot().items).toHaveLength(1));
});
