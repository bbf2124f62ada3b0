import { expect, type Page, test } from '@playwright/test';
import { Profile, Site } from './harness/index.ts';
import { addItem, go, newMeeting, writeItem, writeNote } from './harness/people.ts';

let profile: Profile;
let site: Site;

test.beforeEach(async () => {
  [profile, site] = await Promise.all([Profile.open(), Site.open()]);
});

test.afterEach(async () => {
  await Promise.all([profile.close(), site.close()]);
});

const field = (page: Page) => page.getByRole('searchbox', { name: 'Rechercher dans l’équipe' });
const results = (page: Page) => page.getByRole('list', { name: 'Résultats' }).getByRole('link');

/** Clips a page of the test's own into a dossier, with the toolbar button. */
async function clip(path: string, { title, text }: { readonly title: string; readonly text: string }): Promise<void> {
  const page = await profile.context.newPage();
  await page.goto(
    site.put(
      path,
      `<!doctype html><html lang="fr"><title>${title}</title><main><h1>${title}</h1><p>${text}</p></main>`,
    ),
  );
  const popup = await profile.clickToolbar(page);
  await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
  await popup.keyboard.type('Subventions 2026');
  await popup.keyboard.press('Enter');
  await expect(popup.getByText(/^Pièce ajoutée à/)).toBeVisible();
  await popup.close();
  await page.close();
}

/** Looks for something; the index may still be on its way. */
async function find(page: Page, typed: string): Promise<void> {
  await field(page).fill(typed);
}

test('what was clipped, written and planned is found offline by the beginning of a word, and opened with the keyboard', async () => {
  test.setTimeout(240_000);
  await clip('/a', { title: 'Décret n° 2019-341', text: 'Chaque œuvre subventionnée tient une liasse numérotée.' });
  await clip('/b', { title: 'Circulaire', text: 'Le procès-verbal cite l’article L. 212-3 du code.' });
  const page = await profile.openApp();
  await newMeeting(page, 'Comité des aides');
  await addItem(page, 'Plafond des aides');
  await writeItem(page, 1, 'Trois hypothèses chiffrées.');
  await go(page, 'Dossiers');
  await page.getByRole('main').getByRole('link', { name: 'Subventions 2026' }).click();
  await writeNote(page, 'À vérifier auprès du contrôleur');
  await profile.context.setOffline(true);

  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1 }).first().click();
  await page.keyboard.press('/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('oeuvre subv');
  await expect(results(page)).toHaveText(['Décret n° 2019-341']);
  await expect(page.locator('mark')).toHaveText(['œuvre', 'subventionnée']);
  await expect(page.getByRole('status').filter({ hasText: '1 résultat' })).toBeVisible();
  for (const [typed, title] of [
    ['2019-3', 'Décret n° 2019-341'],
    ['l212-3', 'Circulaire'],
    ['« proces verbal »', 'Circulaire'],
    ['hypotheses', 'Plafond des aides'],
    ['comite', 'Comité des aides'],
    ['controleur', 'À vérifier auprès du contrôleur'],
  ] as const) {
    await find(page, typed);
    await expect(results(page).first(), typed).toHaveText(title);
  }

  await find(page, 'liass');
  await expect(results(page)).toHaveText(['Décret n° 2019-341']);
  await field(page).press('ArrowDown');
  await expect(results(page).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Chaque œuvre subventionnée tient une liasse numérotée.')).toBeVisible();
  await page.goBack();
  await expect(field(page)).toHaveValue('liass');
  await expect(results(page)).toHaveText(['Décret n° 2019-341']);
});

test('what goes into the trash is found there alone; an erased device finds nothing', async () => {
  test.setTimeout(240_000);
  await clip('/a', { title: 'Décret n° 2019-341', text: 'Chaque service tient une liasse.' });
  const page = await profile.openApp('/recherche?q=liasse');
  await expect(results(page)).toHaveText(['Décret n° 2019-341']);
  await go(page, 'Dossiers');
  await page.getByRole('main').getByRole('link', { name: 'Subventions 2026' }).click();
  await page
    .getByRole('button', { name: /Actions.*Décret/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Placer dans la corbeille' }).click();
  await expect(page.getByText(/^Pièce .* placée dans la corbeille/)).toBeVisible();

  await go(page, 'Recherche');
  await find(page, 'liasse');
  await expect(page.getByText('Rien ne correspond à « liasse » sur cet appareil.')).toBeVisible();
  await page.getByText('Dans la corbeille (1)').click();
  await expect(results(page)).toHaveText(['Décret n° 2019-341']);

  const names = () => page.evaluate(async () => (await indexedDB.databases()).flatMap(({ name }) => name ?? []));
  const ours = (await names()).filter((name) => name.includes('/search/'));
  expect(ours).toHaveLength(1);
  await go(page, 'Réglages');
  await page.getByRole('button', { name: 'Effacer cet appareil' }).click();
  await page
    .getByRole('dialog')
    .or(page.getByRole('alertdialog'))
    .getByRole('button', { name: 'Effacer cet appareil' })
    .click();
  await expect(page.getByText('Cet appareil ne garde plus rien de Liasse.')).toBeVisible();
  for (const name of ours) expect(await names()).not.toContain(name);
  await page.evaluate(() => (location.hash = '/recherche?q=liasse&corbeille=oui'));
  await expect(field(page)).toHaveValue('liasse');
  await expect(page.getByRole('status').filter({ hasText: '0 résultat' })).toBeVisible();
  await expect(results(page)).toHaveCount(0);
});
