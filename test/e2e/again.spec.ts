import { expect, type Page, test } from '@playwright/test';
import { Profile, Site } from './harness/index.ts';

let profile: Profile;
let site: Site;

test.beforeEach(async () => {
  [profile, site] = await Promise.all([Profile.open(), Site.open()]);
});

test.afterEach(async () => {
  await Promise.all([profile.close(), site.close()]);
});

async function popupOver(page: Page): Promise<Page> {
  const popup = await profile.clickToolbar(page);
  await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
  return popup;
}

test('a page clipped before says so, and becomes a later version with Enter, or a separate piece; its address alone is kept too', async () => {
  const page = await profile.context.newPage();
  await page.goto(site.url('/fixtures/eurlex.html'));
  const first = await popupOver(page);
  await first.keyboard.type('Subventions');
  await first.keyboard.press('Enter');
  await expect(first.getByText(/^Pièce ajoutée à/)).toBeVisible();

  // The same text at another address: what it is decides, not where it stands.
  await page.goto(site.url('/fixtures/eurlex.html?lang=fr'));
  const second = await popupOver(page);
  await expect(second.getByText(/^Déjà dans «\u00a0Subventions\u00a0» \(version\u00a01, /)).toBeVisible();
  await expect(second.getByRole('option').first()).toHaveText(
    'Nouvelle version (n°\u00a02) dans «\u00a0Subventions\u00a0»',
  );
  await second.keyboard.press('Enter');
  await expect(second.getByText('Pièce ajoutée à Subventions.')).toBeVisible();

  const third = await popupOver(page);
  await expect(third.getByText(/version\u00a02, /)).toBeVisible();
  await third.keyboard.press('ArrowDown');
  await third.keyboard.press('Enter');
  await expect(third.getByText('Pièce ajoutée à Subventions.')).toBeVisible();

  const app = await profile.openApp();
  await app.getByRole('link', { name: 'Subventions', exact: true }).first().click();
  await expect(app.getByRole('row')).toHaveCount(2);
  await expect(app.getByRole('row').first()).toContainText('2 versions');
  await app.getByRole('row').first().click();
  await expect(app.getByText('Pièce 1, version\u00a02')).toBeVisible();

  await page.goto(site.url('/fixtures/circulaire.html'));
  const fourth = await popupOver(page);
  await fourth.getByRole('radio', { name: 'L’adresse seule' }).check();
  await fourth.getByRole('combobox').press('Enter');
  await expect(fourth.getByText(/^Adresse gardée dans/)).toBeVisible();
});
