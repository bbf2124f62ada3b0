import { addPiece, createDossier, type DossierId, type PieceId, piecesView, type Rank } from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { testDraft, testId } from '@liasse/core/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Room } from '../../app/room.tsx';
import { makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import OriginalPane from './OriginalPane.tsx';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);

/** The type of each address that was made: what a browser would take the bytes for. */
let handedOut: string[] = [];
beforeEach(() => {
  handedOut = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((made) => {
    handedOut.push((made as Blob).type);
    return `blob:${handedOut.length}`;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
  // jsdom leads nowhere.
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
});
afterEach(() => void vi.restoreAllMocks());

async function show(type: string, name: string) {
  const platform = makeMemoryPlatform();
  const replica = platform.replica(testWorkspace().scope);
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions 2026' });
  const bytes = new Blob(['<script>mark()</script>']);
  const read = { reading: 'none' as const, pixels: null, pages: null };
  const original = { hash: await replica.blobs.put(room, bytes), bytes: bytes.size, type, name, ...read };
  const draft = testDraft({ kind: 'document' });
  platform.run(room, addPiece, { pieceId: testId<PieceId>(1), rank: 'a0' as Rank, draft, parts: { original } });
  const [piece] = piecesView(replica.doc(room)).getSnapshot().items;
  if (piece === undefined) throw new Error('no piece');
  renderApp(
    <Room name={room}>
      <OriginalPane dossierId={id} piece={piece} />
    </Room>,
    { platform },
  );
  await screen.findByText(name);
  await userEvent.click(await screen.findByRole('button', { name: 'Télécharger' }));
}

test.each(['text/html', 'image/svg+xml', 'application/x-msdownload', 'text/plain'])(
  '[P40] a file of %s is opened in no tab, and handed out as bytes of no type',
  async (type) => {
    await show(type, 'fichier');
    expect(screen.queryByRole('button', { name: /onglet/ })).toBeNull();
    expect(document.querySelector('iframe, object, embed')).toBeNull();
    // A drawing runs nothing while it is an image.
    const shown = type === 'image/svg+xml' ? [type] : [];
    expect(handedOut.toSorted()).toEqual(['application/octet-stream', ...shown].toSorted());
    expect(document.querySelectorAll('img')).toHaveLength(shown.length);
  },
);

test('[P40] an image is shown as one, and may be opened in a tab under its own type', async () => {
  await show('image/png', 'carte.png');
  await waitFor(() => expect(screen.getByRole('img', { name: /carte\.png/ }).getAttribute('src')).toMatch(/^blob:/));
  expect(screen.getByRole('button', { name: /onglet/ })).toBeTruthy();
  expect(new Set(handedOut)).toEqual(new Set(['image/png', 'application/octet-stream']));
});
