import { expect, type Page, test } from '@playwright/test';
import { Profile, TestServer } from './harness/index.ts';
import { AMIRA, addCard, card, go, makeTeam, onServer, signUp, writeNote } from './harness/people.ts';

const DOSSIER = 'Subventions 2026';

async function makeDossier(page: Page, title: string): Promise<void> {
  await go(page, 'Dossiers');
  await page.getByRole('button', { name: 'Nouveau dossier' }).click();
  await page.getByLabel('Titre du nouveau dossier').fill(title);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

async function signIn(page: Page, server: string): Promise<void> {
  await go(page, 'Réglages');
  const address = page.getByLabel('Adresse du serveur');
  if (await address.isVisible()) await address.fill(server);
  await page.getByLabel('Adresse électronique').fill(AMIRA.email);
  await page.getByLabel('Mot de passe').fill(AMIRA.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByLabel('Mot de passe')).toBeHidden();
}

/** Waits until the device says that all of the account's documents are on it. */
async function readyOffline(page: Page): Promise<void> {
  await go(page, 'Réglages');
  await page.getByRole('link', { name: 'Ce qui est gardé, et où' }).click();
  await expect(page.getByText(/Tous les documents de vos équipes sont sur cet appareil/)).toBeVisible({
    timeout: 30_000,
  });
}

test('a second device of one person holds a dossier that was never opened on it, and opens it with the server gone', async () => {
  test.setTimeout(120_000);
  const server = await TestServer.start();
  const [one, two] = [await Profile.open(), await Profile.open()];
  try {
    const first = await one.context.newPage();
    await first.goto(server.ownerLink ?? '');
    await signUp(first, AMIRA);
    await makeTeam(first, 'Bureau des subventions');
    await makeDossier(first, DOSSIER);
    await writeNote(first, 'Note du premier appareil');
    await onServer(first);

    const second = await two.openApp('/');
    await signIn(second, server.url);
    await readyOffline(second);
    await server.kill();
    await go(second, 'Dossiers');
    await second.getByRole('link', { name: DOSSIER }).click();
    await expect(second.getByRole('heading', { name: DOSSIER })).toBeVisible();
    await second.getByRole('main').getByRole('link', { name: 'Notes' }).click();
    await expect(second.getByRole('main').getByRole('link', { name: 'Note du premier appareil' })).toBeVisible();
  } finally {
    await Promise.all([one.close(), two.close()]);
    await server.stop();
  }
});

test('a local team is published with what is in it, and another device of the person has it', async () => {
  test.setTimeout(120_000);
  const server = await TestServer.start();
  const [one, two] = [await Profile.open(), await Profile.open()];
  try {
    const owner = await two.context.newPage();
    await owner.goto(server.ownerLink ?? '');
    await signUp(owner, AMIRA);

    const first = await one.openApp('/');
    await makeDossier(first, DOSSIER);
    await writeNote(first, 'Écrite sans serveur');
    await go(first, 'Planning');
    await first.getByRole('button', { name: 'Commencer le tableau' }).click();
    await addCard(first, 'Carte d’avant le serveur', 'À faire');
    await signIn(first, server.url);
    await go(first, 'Réglages');
    await first.getByLabel('Nom de l’équipe sur le serveur').fill('Bureau publié');
    await first.getByRole('button', { name: 'Publier l’équipe' }).click();
    await expect(first.getByRole('heading', { name: 'Équipe « Bureau publié »' })).toBeVisible();
    await go(first, 'Planning');
    await expect(card(first, 'Carte d’avant le serveur')).toBeVisible();
    await onServer(first);

    await owner.reload();
    await readyOffline(owner);
    await go(owner, 'Dossiers');
    await owner.getByRole('link', { name: DOSSIER }).click();
    await owner.getByRole('main').getByRole('link', { name: 'Notes' }).click();
    await expect(owner.getByRole('main').getByRole('link', { name: 'Écrite sans serveur' })).toBeVisible();

    // The local copy goes once all of it is recorded: nothing of its scope is left on the device.
    await expect
      .poll(
        () =>
          first.evaluate(
            async () => (await indexedDB.databases()).filter(({ name }) => name?.startsWith('liasse:local/')).length,
          ),
        {
          timeout: 40_000,
        },
      )
      .toBe(0);
  } finally {
    await Promise.all([one.close(), two.close()]);
    await server.stop();
  }
});
