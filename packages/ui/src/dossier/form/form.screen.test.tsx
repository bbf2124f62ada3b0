import {
  addPiece,
  createDossier,
  type DossierId,
  type FormField,
  type FormStepId,
  formView,
  type PieceId,
  type Rank,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { testDraft, testField, testId, testStep } from '@liasse/core/testing';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Route } from 'wouter';
import { makeMemoryPlatform, TEST_TEAM, testWorkspace } from '../../testing/memoryPlatform.ts';
import { renderApp } from '../../testing/renderApp.tsx';
import PieceScreen from '../piece/PieceScreen.tsx';

const id = testId<DossierId>(50);
const room = dossierRoom(TEST_TEAM, id);
const pieceId = testId<PieceId>(100);
const stepId = testId<FormStepId>(200);
const CARD = '4111 1111 1111 1111';
const NIR = '1 85 05 78 006 084 91';

const named = (text: string, more: Partial<FormField>): FormField =>
  testField({ name: { text, from: 'label' }, ...more });

async function show(fields: readonly FormField[]) {
  const platform = makeMemoryPlatform();
  platform.run(room, createDossier, { dossierId: id, title: 'Subventions 2026' });
  const draft = testDraft({ kind: 'form' });
  platform.run(room, addPiece, { pieceId, rank: 'a0' as Rank, draft, form: testStep(stepId, fields) });
  const app = renderApp(
    <Route path="/dossiers/:dossierId/piece/:pieceId">
      <PieceScreen />
    </Route>,
    { path: `/dossiers/${id}/piece/${pieceId}`, platform },
  );
  await screen.findByRole('heading', { level: 2, name: 'Demande de subvention' });
  return { ...app, user: userEvent.setup() };
}

const line = (label: string) => screen.getByText(label).closest('div') as HTMLElement;

test('[F9][F11] fields stand in their groups, with what people read in them and what was not kept', async () => {
  await show([
    named('Nom', { path: ['Demandeur'] }),
    named('Région', {
      key: '1',
      path: ['Demandeur'],
      control: 'choice',
      value: 'bre',
      options: [{ value: 'bre', label: 'Bretagne' }],
    }),
    named('Mot de passe', { key: '2', keeping: 'dropped', value: null }),
    named('Urgent', { key: '3', control: 'switch', value: true }),
    named('Motif', { key: '4', value: '' }),
    named('NIR', { key: '5', keeping: 'masked', value: null }),
  ]);
  expect(screen.getByRole('heading', { level: 3 }).textContent).toBe('Demandeur');
  expect(line('Région').textContent).toContain('Bretagne');
  expect(line('Mot de passe').textContent).toContain('rien n’en est lu');
  expect(line('Urgent').textContent).toContain('Oui');
  expect(line('Motif').textContent).toContain('Vide');
  expect(screen.getByText('2 champs n’ont pas été gardés.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Corriger «\u00a0Mot de passe\u00a0»' })).toBeNull();
});

test('[F15] a correction takes the place of the value, which stays in sight with who and when, and comes back', async () => {
  const { user } = await show([named('Nom', {})]);
  await user.click(screen.getByRole('button', { name: 'Corriger «\u00a0Nom\u00a0»' }));
  await user.clear(screen.getByRole('textbox', { name: 'Nouvelle valeur' }));
  await user.keyboard('Dupont{Enter}');
  expect(line('Nom').textContent).toMatch(/Dupont.*Corrigé par .*Lu dans la page\u00a0: Durand/);
  expect(within(line('Nom')).getByText('Durand').closest('del')).not.toBeNull();
  await user.click(screen.getByRole('button', { name: 'Corriger «\u00a0Nom\u00a0»' }));
  await user.click(screen.getByRole('button', { name: 'Revenir à la valeur lue' }));
  expect(line('Nom').textContent).not.toContain('Dupont');
});

test('[F6] a card number is refused, and a personal number is kept once it is ticked', async () => {
  const { user, platform } = await show([named('Référence', {})]);
  await user.click(screen.getByRole('button', { name: 'Corriger «\u00a0Référence\u00a0»' }));
  const field = screen.getByRole('textbox', { name: 'Nouvelle valeur' });
  await user.clear(field);
  await user.type(field, `${CARD}{Enter}`);
  expect(screen.getByText('Un numéro de carte ne peut jamais être gardé dans un dossier.')).toBeTruthy();
  await user.clear(field);
  await user.type(field, `${NIR}{Enter}`);
  expect(screen.getByText('C’est un numéro personnel. Cochez la case pour le garder.')).toBeTruthy();
  await user.click(screen.getByRole('checkbox', { name: /Garder ce numéro personnel/ }));
  await user.click(screen.getByRole('button', { name: 'Enregistrer' }));
  expect(line('Référence').textContent).toContain(NIR);
  expect(
    JSON.stringify(formView(pieceId)(platform.replica(testWorkspace().scope).open(room).doc).getSnapshot()),
  ).not.toContain(CARD);
});

test('[F16] a form becomes a template, and is one no longer', async () => {
  const { user } = await show([named('Nom', {})]);
  await user.click(screen.getByRole('button', { name: 'Enregistrer comme modèle' }));
  expect(screen.getByText(/^Modèle proposé par/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Ne plus proposer comme modèle' }));
  expect(screen.getByRole('button', { name: 'Enregistrer comme modèle' })).toBeTruthy();
});
