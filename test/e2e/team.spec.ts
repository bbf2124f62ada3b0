import { expect, test } from '@playwright/test';
import { Profile, TestServer, Wire } from './harness/index.ts';
import {
  AMIRA,
  addCard,
  addItem,
  BENOIT,
  card,
  chip,
  go,
  invite,
  itemText,
  makeTeam,
  newMeeting,
  notes,
  onServer,
  signUp,
  writeItem,
  writeNote,
} from './harness/people.ts';

const TEAM = 'Bureau des subventions';

test('two people share a team live, part, write offline, close, come back, and find everything', async () => {
  test.setTimeout(240_000);
  const wire = await Wire.to(0);
  const server = await TestServer.start({ publicUrl: wire.url });
  wire.mend(server.port);
  // Amira uses the web app at the server's address, Benoît the extension's own page.
  let amiraProfile = await Profile.open();
  let benoitProfile = await Profile.open();
  try {
    let amira = await amiraProfile.context.newPage();
    await amira.goto(server.ownerLink ?? '');
    await signUp(amira, AMIRA);
    await makeTeam(amira, TEAM);
    const link = await invite(amira);

    let benoit = await benoitProfile.openApp('/rejoindre');
    await signUp(benoit, BENOIT, link);
    await expect(benoit.getByRole('navigation').getByText(TEAM)).toBeVisible();

    await test.step('the board, live, with presence', async () => {
      await go(amira, 'Planning');
      await go(benoit, 'Planning');
      await amira.getByRole('button', { name: 'Commencer le tableau' }).click();
      await addCard(amira, 'Préparer la convention', 'À faire');
      await expect(card(benoit, 'Préparer la convention')).toBeVisible();
      await expect(amira.getByRole('banner').getByText('BC')).toBeVisible();
      await expect(benoit.getByRole('banner').getByText('AB')).toBeVisible();
      await onServer(amira);
    });

    await test.step('a dossier and a note, live', async () => {
      await go(amira, 'Dossiers');
      await amira.getByRole('button', { name: 'Nouveau dossier' }).click();
      await amira.getByLabel('Titre du nouveau dossier').fill('Subventions 2026');
      await amira.keyboard.press('Enter');
      await go(benoit, 'Dossiers');
      await benoit.getByRole('link', { name: 'Subventions 2026' }).click();
      await expect(benoit.getByText('Aucune pièce pour l’instant')).toBeVisible();
    });

    await test.step('an agenda written by two at once, with cursors', async () => {
      await newMeeting(amira, 'Comité budgétaire');
      await addItem(amira, 'Point d’étape');
      await go(benoit, 'Réunions');
      await benoit.getByRole('link', { name: /Comité budgétaire/ }).click();
      await writeItem(amira, 1, 'Amira écrit. ');
      await expect(benoit.getByText('Amira écrit.')).toBeVisible();
      await writeItem(benoit, 1, 'Benoît répond. ');
      await expect(itemText(amira, 1)).toContainText('Amira écrit. Benoît répond.');
      await expect(itemText(amira, 1).getByText(BENOIT.name)).toBeAttached();
      await onServer(amira);
      await onServer(benoit);
    });

    await test.step('both offline, both edit, and the chip says so', async () => {
      wire.cut();
      for (const page of [amira, benoit]) await expect(chip(page)).toHaveText(/Hors ligne/, { timeout: 30_000 });
      await writeItem(amira, 1, 'Hors ligne chez Amira. ');
      await writeItem(benoit, 1, 'Hors ligne chez Benoît. ');
      await go(amira, 'Planning');
      await addCard(amira, 'Carte d’Amira', 'À faire');
      await go(benoit, 'Planning');
      await addCard(benoit, 'Carte de Benoît', 'En cours');
      await go(amira, 'Dossiers');
      await amira.getByRole('link', { name: 'Subventions 2026' }).click();
      await writeNote(amira, 'Note d’Amira');
      await go(benoit, 'Dossiers');
      await benoit.getByRole('link', { name: 'Subventions 2026' }).click();
      await writeNote(benoit, 'Note de Benoît');
      for (const page of [amira, benoit]) await expect(chip(page)).toHaveText(/Hors ligne.*\d/);
    });

    await test.step('browsers closed and opened again, still offline: each has their own', async () => {
      for (const page of [amira, benoit]) await expect(chip(page)).not.toHaveText(/Enregistrement…/);
      amiraProfile = await amiraProfile.reopen();
      benoitProfile = await benoitProfile.reopen();
      amira = await amiraProfile.context.newPage();
      await amira.goto(wire.url);
      benoit = await benoitProfile.openApp();
      for (const page of [amira, benoit]) await go(page, 'Planning');
      await expect(card(amira, 'Carte d’Amira')).toBeVisible();
      await expect(card(benoit, 'Carte de Benoît')).toBeVisible();
      await expect(card(amira, 'Carte de Benoît')).toBeHidden();
      for (const page of [amira, benoit]) await expect(chip(page)).toHaveText(/Hors ligne.*\d/);
    });

    await test.step('back online: everything is on both sides, and the server has it', async () => {
      wire.mend();
      for (const page of [amira, benoit]) {
        await expect(card(page, 'Carte d’Amira')).toBeVisible({ timeout: 45_000 });
        await expect(card(page, 'Carte de Benoît')).toBeVisible({ timeout: 45_000 });
      }
      for (const page of [amira, benoit]) {
        await go(page, 'Réunions');
        await page.getByRole('link', { name: /Comité budgétaire/ }).click();
        await page.getByRole('button', { name: 'Ouvrir le point 1' }).click();
        for (const words of ['Amira écrit.', 'Benoît répond.', 'Hors ligne chez Amira.', 'Hors ligne chez Benoît.'])
          await expect(itemText(page, 1)).toContainText(words, { timeout: 30_000 });
        await go(page, 'Dossiers');
        await page.getByRole('link', { name: 'Subventions 2026' }).click();
        await notes(page).click();
        await expect(page.getByText('Note d’Amira').first()).toBeVisible({ timeout: 30_000 });
        await expect(page.getByText('Note de Benoît').first()).toBeVisible({ timeout: 30_000 });
        await onServer(page);
      }
    });
  } finally {
    await amiraProfile.close();
    await benoitProfile.close();
    await wire.close();
    await server.stop();
  }
});
