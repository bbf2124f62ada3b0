import { expect, type Page, test } from '@playwright/test';
import { startProvider } from '../../sync-server/src/testing/testProvider.ts';
import { lookAround } from './harness/axe.ts';
import { Profile, TestServer, Wire } from './harness/index.ts';
import { AMIRA, addCard, BENOIT, card, chip, go, invite, makeTeam, onServer, signUp } from './harness/people.ts';

const TEAM = 'Bureau des subventions';

/** The page that the extension opens for a code. */
async function letInPage(profile: Profile, act: () => Promise<void>): Promise<Page> {
  const opened = profile.context.waitForEvent('page', (page) => page.url().includes('/appareil'));
  await act();
  return opened;
}

test('[J20] [J21] [J23] [S111] the extension is let in by the web app, which then shows it and signs it out; nothing it holds is lost', async () => {
  test.setTimeout(180_000);
  const server = await TestServer.start();
  const profile = await Profile.open();
  try {
    const web = await profile.context.newPage();
    await web.goto(server.ownerLink ?? '');
    await signUp(web, AMIRA);
    await makeTeam(web, TEAM);

    const extension = await profile.openApp('/reglages');
    await extension.getByLabel('Adresse du serveur').fill(server.url);
    const page = await letInPage(profile, () =>
      extension.getByRole('button', { name: 'Se connecter dans le navigateur' }).click(),
    );
    const code = new URL(page.url()).hash.slice(1);
    await expect(extension.getByText(code)).toBeVisible();
    await expect(page.getByText(code)).toBeVisible();
    await expect(page.getByText(/Chrome sous Linux, extension/)).toBeVisible();
    await lookAround(page, 'let a device in');

    // The page that began is closed before the answer: the worker goes on with what the device kept.
    await extension.close();
    await page.getByRole('button', { name: 'Autoriser cet appareil' }).click();
    await expect(page.getByText(/^Appareil autorisé/)).toBeVisible();
    const worker = await profile.worker();
    await expect
      .poll(
        async () => {
          // What wakes it twice a minute, brought forward.
          await worker.evaluate(`chrome.alarms.create('sign-in', { when: Date.now() })`);
          return worker.evaluate(
            `chrome.storage.local.get('session').then(({ session }) => JSON.parse(session).server?.email)`,
          );
        },
        { timeout: 30_000 },
      )
      .toBe(AMIRA.email);
    await expect.poll(() => worker.evaluate(`chrome.alarms.get('sign-in').then((alarm) => alarm ?? null)`)).toBeNull();
    const app = await profile.openApp('/reglages');
    await expect(app.getByRole('heading', { name: `Équipe « ${TEAM} »` })).toBeVisible();
    await go(app, 'Planning');
    await app.getByRole('button', { name: 'Commencer le tableau' }).click();
    await addCard(app, 'Avant', 'À faire');
    await onServer(app);

    await page.getByRole('link', { name: 'Voir mes appareils' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Mes appareils' })).toBeVisible();
    const rows = page.getByRole('main').getByRole('listitem');
    await expect(rows).toHaveCount(2);
    await expect(rows.filter({ hasText: 'application web' }).getByText('Cet appareil')).toBeVisible();
    await lookAround(page, 'my devices');
    await rows
      .filter({ hasText: 'extension' })
      .getByRole('button', { name: /^Déconnecter/ })
      .click();
    await expect(rows).toHaveCount(1);

    // Its session is over; its person goes on, and what they write waits.
    await expect(chip(app)).toHaveText(/Session/, { timeout: 30_000 });
    await addCard(app, 'Après', 'À faire');
    await go(app, 'Réglages');
    await app.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(app.getByText(/n’est pas encore sur le serveur|ne sont pas encore sur le serveur/)).toBeVisible();
    await app.getByRole('button', { name: 'Rester connecté' }).click();
    await app.reload();
    await go(app, 'Planning');
    await expect(card(app, 'Après')).toBeVisible();

    // Back by the same way: everything flows.
    await go(app, 'Réglages');
    const again = await letInPage(profile, () =>
      app.getByRole('button', { name: 'Se connecter dans le navigateur' }).click(),
    );
    await again.getByRole('button', { name: 'Autoriser cet appareil' }).click();
    await go(web, 'Planning');
    await expect(card(web, 'Après')).toBeVisible({ timeout: 45_000 });
  } finally {
    await profile.close();
    await server.stop();
  }
});

test('[S116] [S118] [S119] a person signs in at the identity provider: invited, then known; signing out leaves the provider', async () => {
  test.setTimeout(180_000);
  const wire = await Wire.to(0);
  const provider = await startProvider({ backTo: wire.url, userinfoAlg: 'ES256' });
  const { clientId, clientSecret } = provider.settings();
  const server = await TestServer.start({
    publicUrl: wire.url,
    settings: {
      LIASSE_OIDC_ISSUER: provider.issuer,
      LIASSE_OIDC_CLIENT_ID: clientId,
      LIASSE_OIDC_CLIENT_SECRET: clientSecret ?? '',
      LIASSE_OIDC_LABEL: 'ProConnect',
      LIASSE_OIDC_USERINFO_ALG: 'ES256',
    },
  });
  wire.mend(server.port);
  const [amiras, benoits] = await Promise.all([Profile.open(), Profile.open()]);
  try {
    const amira = await amiras.context.newPage();
    await amira.goto(server.ownerLink ?? '');
    await signUp(amira, AMIRA);
    await makeTeam(amira, TEAM);
    const link = await invite(amira);

    provider.person = { sub: 'benoit', email: BENOIT.email, given_name: 'Benoît', usual_name: 'Carré' };
    const benoit = await benoits.context.newPage();
    await test.step('whom nobody invited stays outside, and is told how to come in', async () => {
      await benoit.goto(`${wire.url}/connexion`);
      await benoit.getByRole('button', { name: 'Se connecter avec ProConnect' }).click();
      await expect(benoit.getByText(/ce serveur ne vous connaît pas encore/)).toBeVisible();
      await expect(benoit.getByLabel('Mot de passe')).toBeVisible();
      expect(benoit.url()).toBe(`${wire.url}/connexion`);
    });

    await test.step('with an invitation, in one go', async () => {
      await benoit.goto(link);
      await benoit.getByRole('button', { name: 'Se connecter avec ProConnect' }).click();
      await expect(benoit.getByRole('heading', { level: 1, name: 'Ma journée' })).toBeVisible();
      await expect(benoit.getByRole('navigation').getByText(TEAM)).toBeVisible();
      await go(benoit, 'Réglages');
      await expect(benoit.getByText(`Benoît Carré (${BENOIT.email})`)).toBeVisible();
    });

    await test.step('signing out, here and at the provider', async () => {
      await benoit.getByRole('button', { name: 'Se déconnecter' }).click();
      const dialog = benoit.getByRole('dialog');
      await expect(dialog.getByRole('radio', { name: /^Le garder/ })).toBeChecked();
      await dialog.getByRole('button', { name: 'Se déconnecter', exact: true }).click();
      await benoit.waitForURL((url) => url.href.startsWith(provider.issuer));
    });

    await test.step('known from now on; the extension comes in by the same page', async () => {
      await benoit.goto(`${wire.url}/connexion`);
      const extension = await benoits.openApp('/reglages');
      await extension.getByLabel('Adresse du serveur').fill(wire.url);
      const page = await letInPage(benoits, () =>
        extension.getByRole('button', { name: 'Se connecter dans le navigateur' }).click(),
      );
      await page.getByRole('button', { name: 'Se connecter avec ProConnect' }).click();
      await page.getByRole('button', { name: 'Autoriser cet appareil' }).click();
      await expect(extension.getByRole('heading', { name: `Équipe « ${TEAM} »` })).toBeVisible({ timeout: 30_000 });
    });
  } finally {
    await Promise.all([amiras.close(), benoits.close()]);
    await provider.stop();
    await wire.close();
    await server.stop();
  }
});
