import { expect, type Page, test } from '@playwright/test';
import { lookAround } from './harness/axe.ts';
import { Profile, Site } from './harness/index.ts';

let profile: Profile;
let site: Site;

test.beforeEach(async () => {
  [profile, site] = await Promise.all([Profile.open(), Site.open()]);
});

test.afterEach(async () => {
  await Promise.all([profile.close(), site.close()]);
});

const TITLE = 'Règlement intérieur du conseil';
const ARTICLES = [
  ['Article 1', 'Le conseil se réunit au moins une fois par trimestre, sur convocation de sa présidente.'],
  ['Article 2', 'Les convocations sont adressées cinq jours francs avant la séance, avec l’ordre du jour.'],
  ['Article 3', 'Le secrétariat tient le registre des délibérations et le conserve pendant dix ans.'],
  ['Article 4', 'Les séances sont publiques, sauf décision contraire prise à la majorité des présents.'],
] as const;

/** The text as it became: article 2 rewritten, article 3 repealed, one more inserted before article 4. */
const LATER = [
  ARTICLES[0],
  ['Article 2', 'Les convocations sont adressées huit jours francs avant la séance, avec l’ordre du jour.'],
  ['Article 3-1', 'Toute délibération est publiée sur le site de l’établissement dans les quinze jours.'],
  ARTICLES[3],
] as const;

const pageOf = (articles: readonly (readonly [string, string])[]) => `<!doctype html><html lang="fr">
<title>${TITLE}</title><body><main><h1>${TITLE}</h1>
${articles.map(([number, text]) => `<h2>${number}</h2><p>${text}</p>`).join('\n')}
</main></body></html>`;

/** Clips a page from the toolbar, into the dossier named or, later, as the new version that the popup offers first. */
async function clip(page: Page, dossier: string | null): Promise<Page> {
  const popup = await profile.clickToolbar(page);
  await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
  if (dossier !== null) await popup.keyboard.type(dossier);
  else await expect(popup.getByRole('option').first()).toHaveText(/Nouvelle version/);
  await popup.keyboard.press('Enter');
  await expect(popup.getByText(/^Pièce ajoutée à/)).toBeVisible();
  const app = await profile.openPiece(popup);
  // The popup, which stays open here, has the keyboard.
  await popup.close();
  await app.bringToFront();
  return app;
}

/** Selects words of the text with the keyboard's own selection, as caret browsing makes it. */
async function select(app: Page, words: string): Promise<void> {
  await app.getByText(words).evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at !== -1) getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
    }
  }, words);
  await expect(app.getByRole('toolbar', { name: 'Passage sélectionné' })).toBeVisible();
}

test('[H9][V11] highlighted in one version, found again in the next, and the two compared by keyboard', async () => {
  test.setTimeout(240_000);
  const address = site.put('/reglement.html', pageOf(ARTICLES));
  const page = await profile.context.newPage();
  await page.goto(address);
  const first = await clip(page, 'Conseil');
  await first.setViewportSize({ width: 1440, height: 900 });

  // By a selection and a key; by another, with a comment; and a whole paragraph, reached with Alt and arrows.
  await select(first, 'cinq jours francs');
  await first.keyboard.press('s');
  await expect(first.locator('mark')).toHaveText(['cinq jours francs']);
  await select(first, 'prise à la majorité des présents');
  await first.keyboard.press('a');
  await first.getByRole('textbox', { name: 'Commentaire' }).fill('Quorum à vérifier');
  await first.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(first.locator('mark')).toHaveCount(2);
  await first.getByText(ARTICLES[2][0], { exact: true }).focus();
  await first.keyboard.press('Alt+ArrowDown');
  await first.keyboard.press('Enter');
  await expect(first.getByRole('button', { name: 'Surligner' })).toBeFocused();
  await first.keyboard.press('Enter');
  await expect(first.locator('mark')).toHaveCount(3);
  await lookAround(first, 'highlights');

  site.put('/reglement.html', pageOf(LATER));
  await page.bringToFront();
  await page.reload();
  const second = await clip(page, null);
  await second.setViewportSize({ width: 1440, height: 900 });
  const list = second.getByRole('region', { name: 'Surlignages' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await expect(list.getByRole('listitem').filter({ hasText: 'cinq jours francs' })).toContainText('modifié');
  await expect(list.getByRole('listitem').filter({ hasText: 'prise à la majorité' })).toContainText('déplacé');
  await expect(list.getByRole('listitem').filter({ hasText: 'tient le registre' })).toContainText('introuvable');
  await expect(second.locator('mark')).toHaveText(['huit jours francs', 'prise à la majorité des présents']);

  // The way to the versions, then the comparison, without a pointer.
  await second.getByRole('radio', { name: 'Lecture' }).focus();
  // Arrows only go there; Space chooses.
  const versions = second.getByRole('radio', { name: 'Versions' });
  const reached = () => versions.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 8 && !(await reached()); presses++) await second.keyboard.press('ArrowRight');
  await second.keyboard.press('Space');
  await expect(versions).toBeChecked();
  const compare = second.getByRole('button', { name: 'Comparer' });
  await compare.focus();
  await second.keyboard.press('Enter');
  const result = second.getByRole('region', { name: 'De la version 1 à la version 2' });
  await expect(result.getByRole('status')).toContainText('1 article modifié, 1 article ajouté et 1 article supprimé.');
  await second.keyboard.press('n');
  const changed = result.getByRole('region', { name: 'Article 2', exact: true });
  await expect(changed).toBeFocused();
  await expect(changed.locator('del')).toContainText('cinq');
  await expect(changed.locator('ins')).toContainText('huit');
  await second.keyboard.press('n');
  await expect(changed).not.toBeFocused();
  await second.keyboard.press('p');
  await expect(changed).toBeFocused();
  await lookAround(second, 'comparison');
});
