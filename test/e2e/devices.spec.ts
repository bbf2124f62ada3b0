import { expect, type Page, test } from '@playwright/test';
import { Profile, TestServer } from './harness/index.ts';
import { AMIRA, addCard, BENOIT, card, go, invite, makeTeam, onServer, signUp, writeNote } from './harness/people.ts';

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
  const byPassword = page.getByRole('button', { name: 'Utiliser un mot de passe ici' });
  if (await byPassword.isVisible()) await byPassword.click();
  await page.getByLabel('Adresse électronique').fill(AMIRA.email);
  await page.getByLabel('Mot de passe').fill(AMIRA.password);
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
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
    // Written under an account of the other device, which is the same person's.
    await expect(owner.getByText(/par Amira Benali/)).toBeVisible();
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

test('a restricted dossier leaves the others’ lists and devices, and is found by who is named in it', async () => {
  test.setTimeout(120_000);
  const server = await TestServer.start();
  const [one, two] = [await Profile.open(), await Profile.open()];
  const held = (page: Page) =>
    page.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => name?.includes('/dossier/')).length);
  try {
    const amira = await one.context.newPage();
    await amira.goto(server.ownerLink ?? '');
    await signUp(amira, AMIRA);
    await makeTeam(amira, 'Bureau des subventions');
    const link = await invite(amira);
    await makeDossier(amira, DOSSIER);
    await onServer(amira);
    const benoit = await two.openApp('/rejoindre');
    await signUp(benoit, BENOIT, link);
    await readyOffline(benoit);
    await go(benoit, 'Dossiers');
    await expect(benoit.getByRole('link', { name: DOSSIER })).toBeVisible();
    expect(await held(benoit)).toBe(1);

    await amira.getByRole('button', { name: `Actions sur « ${DOSSIER} »` }).click();
    await amira.getByRole('menuitem', { name: 'Restreindre l’accès…' }).click();
    await amira.getByRole('button', { name: 'Restreindre l’accès' }).click();
    await expect(amira.getByRole('dialog').getByText('Amira Benali (vous)')).toBeVisible();
    await expect(benoit.getByRole('link', { name: DOSSIER })).toBeHidden();
    await benoit.reload();
    await expect.poll(() => held(benoit), { timeout: 20_000 }).toBe(0);

    await amira.getByRole('button', { name: /Ajouter une personne/ }).click();
    await amira.getByRole('option', { name: BENOIT.name }).click();
    await expect(amira.getByRole('dialog').getByRole('button', { name: `Retirer ${BENOIT.name}` })).toBeVisible();
    await benoit.reload();
    await go(benoit, 'Dossiers');
    const list = benoit.getByRole('region', { name: 'Dossiers à accès restreint' });
    await list.getByRole('link', { name: DOSSIER }).click();
    await expect(benoit.getByRole('heading', { level: 1, name: DOSSIER })).toBeVisible();
    await expect(benoit.getByText('Accès restreint')).toBeVisible();
  } finally {
    await Promise.all([one.close(), two.close()]);
    await server.stop();
  }
});
