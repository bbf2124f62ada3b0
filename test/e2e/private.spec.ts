import { expect, test } from '@playwright/test';
import { Profile, Site } from './harness/index.ts';

test('[J9] [J13] of a private window nothing is kept until the person says so, on a device that never read a policy', async () => {
  const [profile, site] = await Promise.all([Profile.open({ firstRun: true }), Site.open()]);
  try {
    const page = await profile.openPrivately(site.url('/fixtures/eurlex.html'));
    const popup = await profile.clickToolbar(page);
    await expect(popup.getByText(/^Cette fenêtre est privée\./)).toBeVisible();
    const leave = popup.getByRole('checkbox', { name: 'Garder cette page malgré la fenêtre privée' });
    await popup.getByRole('combobox', { name: 'Dossier' }).press('Enter');
    await expect(leave).toBeFocused();
    const app = await profile.openApp('/dossiers');
    await expect(app.getByRole('heading', { level: 1, name: 'Dossiers' })).toBeVisible();
    await expect(app.getByRole('link', { name: 'À classer' })).toHaveCount(0);

    await leave.check();
    await popup.getByRole('combobox', { name: 'Dossier' }).press('Enter');
    await expect(popup.getByText(/^Pièce ajoutée à/)).toBeVisible();
    await expect(app.getByRole('link', { name: 'À classer' })).toBeVisible();
  } finally {
    await Promise.all([profile.close(), site.close()]);
  }
});
