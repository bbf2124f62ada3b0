import { createDossier, type DossierId, dossierView, registerDossier, renameDossier } from '@liasse/core';
import { boardRoom, dossierRoom, type Role } from '@liasse/core/protocol';
import type { Draft } from '@liasse/core/replica';
import { testId } from '@liasse/core/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { makeMemoryPlatform, TEST_NOW, TEST_TEAM, testWorkspace } from '../testing/memoryPlatform.ts';
import { renderApp } from '../testing/renderApp.tsx';
import { DraftsScreen } from './DraftsScreen.tsx';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);

/** A dossier, and a draft in which its title was another and a note was new. */
function show({ role, reason = 'read-only' as Draft['reason'] }: { role?: Role; reason?: Draft['reason'] } = {}) {
  const workspace = testWorkspace({ ...(role && { team: { role } }) });
  const platform = makeMemoryPlatform({ workspaces: [workspace] });
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions' });
  platform.run(boardRoom(TEST_TEAM), registerDossier, { dossierId: id, title: 'Subventions' });
  const replica = platform.replica(workspace.scope);
  const doc = replica.doc(room);
  const apart = new Y.Doc();
  Y.applyUpdate(apart, Y.encodeStateAsUpdate(doc));
  const edits: Uint8Array[] = [];
  apart.on('update', (update: Uint8Array) => edits.push(update));
  renameDossier(apart, { title: 'Subventions 2026' }, { by: workspace.scope.account, at: TEST_NOW });
  const draft: Draft = {
    draftId: 'd1',
    room,
    reason,
    at: TEST_NOW,
    edits: 1,
    update: Y.encodeStateAsUpdate(apart),
    refused: Y.mergeUpdates(edits),
  };
  replica.drafts.set([draft]);
  renderApp(<DraftsScreen />, { path: '/brouillons', platform });
  return { user: userEvent.setup(), doc, replica };
}

const titleOf = (doc: Y.Doc) => {
  const state = dossierView(doc).getSnapshot();
  return state.kind === 'readable' ? state.dossier.title : null;
};

test('[P45] [P46] a draft says why it is one and what it would change, and is taken over as new edits that can be undone', async () => {
  const { user, doc, replica } = show();
  await screen.findByRole('heading', { name: 'Subventions', level: 2 });
  expect(screen.getByText('Votre accès est passé en lecture avant que ces modifications partent.')).toBeTruthy();
  expect(screen.getByText('Subventions 2026').closest('ins')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Reprendre ce qui est coché' }));
  expect(titleOf(doc)).toBe('Subventions 2026');
  await screen.findByText('Le document dit déjà tout ce qui est dans ce brouillon.');
  expect(replica.drafts.getSnapshot()).toHaveLength(1);
});

test('[P46] what is not ticked is not taken over', async () => {
  const { user, doc } = show();
  await user.click(await screen.findByRole('checkbox', { name: /^Reprendre.*Le document lui-même$/ }));
  expect(screen.getByRole('button', { name: 'Reprendre ce qui est coché' }).hasAttribute('disabled')).toBe(true);
  expect(titleOf(doc)).toBe('Subventions');
});

test('[P45] who may only read keeps the draft, and is told when it can be taken over', async () => {
  show({ role: 'reader' });
  await screen.findByText(
    'Vous pourrez reprendre ces modifications quand vous pourrez de nouveau modifier le document.',
  );
  expect(screen.queryByRole('button', { name: 'Reprendre ce qui est coché' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Exporter' }).hasAttribute('disabled')).toBe(false);
});

test('[P45] a draft is deleted only once it was asked for twice', async () => {
  const { user, replica } = show({ reason: 'malformed' });
  await user.click(await screen.findByRole('button', { name: 'Supprimer le brouillon…' }));
  await user.click(screen.getByRole('button', { name: 'Annuler' }));
  expect(replica.drafts.getSnapshot()).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Supprimer le brouillon…' }));
  await user.click(screen.getByRole('button', { name: 'Supprimer le brouillon' }));
  await waitFor(() => expect(replica.drafts.getSnapshot()).toEqual([]));
  expect(screen.getByText('Aucun brouillon. Ce que le serveur refuserait serait gardé ici.')).toBeTruthy();
});
