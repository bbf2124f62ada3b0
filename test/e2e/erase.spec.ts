import { expect, type Page, test } from '@playwright/test';
import { Profile, TestServer } from './harness/index.ts';
import { AMIRA, BENOIT, go, invite, makeTeam, onServer, signUp } from './harness/people.ts';

const TITLE = 'Recours gracieux';

/** How many databases of this device bear the name of a document. */
const cached = (page: Page, id: string) =>
  page.evaluate(
    async (part) => (await indexedDB.databases()).filter(({ name }) => name?.includes(part) === true).length,
    id,
  );

test('[S165][P63][P66] a dossier that its owner erases goes from the server, and from a colleague’s device', async () => {
  const server = await TestServer.start();
  const profiles = [await Profile.open(), await Profile.open()];
  try {
    const [amira, benoit] = (await Promise.all(profiles.map(({ context }) => context.newPage()))) as [Page, Page];
    await amira.goto(server.ownerLink ?? '');
    await signUp(amira, AMIRA);
    await makeTeam(amira, 'Bureau des recours');
    const link = await invite(amira);
    await benoit.goto(link);
    await signUp(benoit, BENOIT);

    await go(amira, 'Dossiers');
    await amira.getByRole('button', { name: 'Nouveau dossier' }).click();
    await amira.getByLabel('Titre du nouveau dossier').fill(TITLE);
    await amira.keyboard.press('Enter');
    await amira.getByRole('link', { name: TITLE }).click();
    await onServer(amira);
    const id = new URL(amira.url()).pathname.split('/').at(-1) ?? '';
    await go(benoit, 'Dossiers');
    await benoit.getByRole('link', { name: TITLE }).click();
    await expect(benoit.getByRole('heading', { name: TITLE })).toBeVisible();
    await onServer(benoit);
    expect(await cached(benoit, id)).toBe(1);

    await amira.getByRole('button', { name: `Actions sur « ${TITLE} »` }).click();
    await amira.getByRole('menuitem', { name: 'Placer dans la corbeille' }).click();
    await expect(amira.getByRole('heading', { level: 1, name: 'Dossiers' })).toBeVisible();
    await go(amira, 'Corbeille');
    await amira.getByRole('button', { name: `Effacer définitivement « ${TITLE} »` }).click();
    const sure = amira.getByRole('alertdialog');
    await expect(sure.getByRole('button', { name: 'Effacer définitivement' })).toBeDisabled();
    await sure.getByRole('textbox').fill(TITLE);
    await sure.getByRole('button', { name: 'Effacer définitivement' }).click();
    await expect(amira.getByText('La corbeille est vide.')).toBeVisible();

    await expect(benoit.getByText(/Vous n’avez plus accès à ce document/)).toBeVisible();
    await go(benoit, 'Dossiers');
    await expect(benoit.getByRole('link', { name: TITLE })).toHaveCount(0);
    for (const page of [amira, benoit]) await expect.poll(() => cached(page, id)).toBe(0);
  } finally {
    await Promise.all(profiles.map((profile) => profile.close()));
    await server.stop();
  }
});
