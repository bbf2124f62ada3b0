import { expect, type Page, test } from '@playwright/test';
import { Profile, TestServer } from './harness/index.ts';
import { AMIRA, addCard, BENOIT, card, chip, go, invite, makeTeam, onServer, signUp } from './harness/people.ts';

const TEAM = 'Bureau des subventions';

async function giveRole(owner: Page, name: string, role: 'Lecteur' | 'Rédacteur'): Promise<void> {
  await go(owner, 'Réglages');
  await owner.getByRole('button', { name: new RegExp(`Rôle de ${name}`) }).click();
  await owner.getByRole('option', { name: role, exact: true }).click();
  await expect(owner.getByText(`${name} : ${role}.`)).toBeVisible();
}

test('[P43] [P45] [P46] [S56] what someone wrote offline, whose right was lowered meanwhile, is a draft, and is taken over later', async () => {
  test.slow();
  const server = await TestServer.start();
  const [amiraProfile, benoitProfile] = await Promise.all([Profile.open(), Profile.open()]);
  try {
    const amira = await amiraProfile.context.newPage();
    await amira.goto(server.ownerLink ?? '');
    await signUp(amira, AMIRA);
    await makeTeam(amira, TEAM);
    const link = await invite(amira);
    const benoit = await benoitProfile.openApp('/rejoindre');
    await signUp(benoit, BENOIT, link);
    await go(amira, 'Planning');
    await amira.getByRole('button', { name: 'Commencer le tableau' }).click();
    await addCard(amira, 'Préparer la convention', 'À faire');
    await go(benoit, 'Planning');
    await expect(card(benoit, 'Préparer la convention')).toBeVisible();
    await onServer(benoit);

    await benoitProfile.context.setOffline(true);
    await addCard(benoit, 'Écrite dans le train', 'À faire');
    await expect(chip(benoit)).toHaveText(/Hors ligne|1 modification/);
    await giveRole(amira, BENOIT.name, 'Lecteur');
    await benoitProfile.context.setOffline(false);

    await test.step('the board is the server’s again, and says where the edit is', async () => {
      await expect(benoit.getByText('Le serveur a refusé 1 modification. Elle reste ici, en brouillon.')).toBeVisible({
        timeout: 45_000,
      });
      await expect(card(benoit, 'Écrite dans le train')).toBeHidden();
      await expect(card(benoit, 'Préparer la convention')).toBeVisible();
      await benoit.getByRole('main').getByRole('button', { name: 'Voir le brouillon' }).click();
      await expect(benoit.getByRole('heading', { level: 1, name: 'Brouillons refusés' })).toBeVisible();
      await expect(benoit.getByText('Écrite dans le train')).toBeVisible();
      await expect(benoit.getByText(/Vous pourrez reprendre ces modifications/)).toBeVisible();
    });

    await test.step('it is there after a restart, and taken over once the right is back', async () => {
      await giveRole(amira, BENOIT.name, 'Rédacteur');
      await benoit.reload();
      const takeOver = benoit.getByRole('button', { name: 'Reprendre ce qui est coché' });
      await expect(takeOver).toBeVisible({ timeout: 45_000 });
      await takeOver.click();
      await expect(benoit.getByText('Le document dit déjà tout ce qui est dans ce brouillon.')).toBeVisible();
      await go(amira, 'Planning');
      await expect(card(amira, 'Écrite dans le train')).toBeVisible();
      await onServer(benoit);
    });
  } finally {
    await Promise.all([amiraProfile.close(), benoitProfile.close()]);
    await server.stop();
  }
});
