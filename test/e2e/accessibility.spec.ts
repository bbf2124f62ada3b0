import { expect, type Locator, type Page, test } from '@playwright/test';
import { look, lookAround, lookNarrow, NARROW, WIDE } from './harness/axe.ts';
import { Profile, Site } from './harness/index.ts';
import { card, column, go } from './harness/people.ts';

const main = (page: Page) => page.getByRole('main');

async function openApp(profile: Profile): Promise<Page> {
  const page = await profile.openApp();
  await page.setViewportSize(WIDE);
  return page;
}

test('axe finds nothing in what is clipped, in what is empty, and in the settings', async () => {
  test.setTimeout(240_000);
  const [profile, site] = await Promise.all([Profile.open(), Site.open()]);
  try {
    const tab = await profile.context.newPage();
    await tab.goto(site.url('/fixtures/eurlex.html'));
    const popup = await profile.clickToolbar(tab);
    await expect(popup.getByText(/CELEX/)).toBeVisible();
    await look(popup, 'popup');
    await popup.keyboard.press('Enter');
    await expect(popup.getByText(/^Pièce ajoutée à/)).toBeVisible();
    await look(popup, 'popup, done');
    const panel = await profile.openSidePanel(popup);
    await expect(panel.getByRole('heading', { level: 1, name: 'Ma journée' })).toBeVisible();
    await look(panel, 'side panel');

    const page = await openApp(profile);
    await go(page, 'Dossiers');
    await main(page).getByRole('link', { name: 'À classer' }).click();
    await main(page)
      .getByText(/^Règlement/)
      .first()
      .click();
    await expect(page.getByText('Chaque service tient une liasse.')).toBeVisible();
    await lookAround(page, 'piece');
    await page.getByRole('radio', { name: 'Cliché' }).click({ force: true });
    await expect(page.locator('iframe')).toBeVisible();
    await lookAround(page, 'snapshot');

    for (const place of ['Planning', 'Réunions', 'Recherche', 'Corbeille'] as const) {
      await go(page, place);
      await lookAround(page, `${place}, empty`);
    }
    for (const [path, heading] of [
      ['/rejoindre', 'Rejoindre une équipe'],
      ['/reglages/donnees', 'Ce qui est gardé, et où'],
      ['/reglages', 'Réglages'],
    ] as const) {
      await page.evaluate((hash) => (location.hash = hash), path);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      await lookAround(page, heading);
    }
  } finally {
    await Promise.all([profile.close(), site.close()]);
  }
});

test('axe finds nothing in the sample team: no screen, no dialog, no menu', async () => {
  test.setTimeout(240_000);
  const profile = await Profile.open();
  const visa = 'Obtenir le visa du contrôleur sur l’arrêté';
  try {
    const page = await openApp(profile);
    await page.getByRole('button', { name: 'Découvrir avec une équipe d’exemple' }).click();
    await expect(main(page).getByRole('heading', { name: 'Dossiers récents' })).toBeVisible();
    await lookAround(page, 'Ma journée');

    await go(page, 'Planning');
    await expect(card(page, visa)).toBeVisible();
    await lookAround(page, 'Planning');
    await page.getByRole('button', { name: `Actions sur la carte « ${visa} »` }).click();
    await look(page, 'card menu');
    await page.getByRole('menuitem', { name: 'Déplacer vers…' }).click();
    await expect(page.getByRole('dialog', { name: 'Déplacer la carte' })).toBeVisible();
    await lookAround(page, 'move dialog');
    await page.keyboard.press('Escape');
    await card(page, visa).click();
    await expect(page.getByLabel('Ce qui bloque')).toBeVisible();
    await lookAround(page, 'card');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('option', { name: 'Aller à : Réunions' })).toBeVisible();
    await lookAround(page, 'palette');
    await page.keyboard.press('Escape');
    await page
      .getByRole('banner')
      .getByRole('button', { name: /Enregistré/ })
      .click();
    await expect(page.getByRole('dialog')).toBeVisible();
    // Beside its dialog a popover of react-aria has a hidden button, for screen readers to close it: outside any landmark.
    await look(page, 'sync chip', { except: ['region'] });
    await page.keyboard.press('Escape');

    await go(page, 'Dossiers');
    await lookAround(page, 'Dossiers');
    await main(page)
      .getByRole('link', { name: /Subventions 2026/ })
      .click();
    await expect(main(page).getByText(/^Campagne 2026/)).toBeVisible();
    await lookAround(page, 'dossier, pieces');
    await main(page).getByRole('link', { name: 'Notes' }).click();
    await main(page).getByRole('link', { name: 'Ce qu’il reste à vérifier' }).click();
    await expect(page.getByRole('toolbar')).toBeVisible();
    await lookAround(page, 'dossier, note');
    await main(page).getByRole('link', { name: 'Historique' }).click();
    await expect(main(page).getByText(/a créé le dossier/)).toBeVisible();
    await lookAround(page, 'dossier, history');

    await go(page, 'Réunions');
    await lookAround(page, 'Réunions');
    await main(page)
      .getByRole('link', { name: /Comité de programmation/ })
      .click();
    await page.getByRole('button', { name: 'Ouvrir le point 2' }).click();
    await expect(page.getByRole('textbox', { name: 'Texte du point 2' })).toBeVisible();
    await lookAround(page, 'meeting');
    await page.setViewportSize(NARROW);
    await page.getByRole('button', { name: 'Modifier la date et le lieu' }).click();
    await expect(page.getByRole('textbox', { name: 'Lieu' })).toBeVisible();
    await lookNarrow(page, 'meeting, date and place');
    await page.setViewportSize(WIDE);

    await go(page, 'Planning');
    await page.getByRole('button', { name: /Actions sur la carte.*Réserver la salle/ }).click();
    await page.getByRole('menuitem', { name: 'Placer dans la corbeille' }).click();
    await expect(page.getByText('Carte placée dans la corbeille.')).toBeVisible();
    await look(page, 'message');
    await go(page, 'Corbeille');
    await expect(main(page).getByText('Réserver la salle du séminaire')).toBeVisible();
    await lookAround(page, 'Corbeille');
  } finally {
    await profile.close();
  }
});

/** Presses Tab until the focus is there: what cannot be reached so is out of reach. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  const reached = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 80 && !(await reached()); presses++) await page.keyboard.press(key);
  await expect(target).toBeFocused();
}

/** Finds a command by its words and runs it. */
async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Chercher une commande' })).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole('option').first()).toHaveText(new RegExp(words, 'i'));
  await page.keyboard.press('Enter');
}

test('a day’s work with the keyboard alone', async () => {
  test.setTimeout(120_000);
  const profile = await Profile.open();
  try {
    const page = await openApp(profile);
    const { keyboard } = page;
    await expect(page.getByRole('heading', { level: 1, name: 'Ma journée' })).toBeVisible();

    await test.step('from the address bar to the planning', async () => {
      await keyboard.press('Tab');
      await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
      await tabTo(page, page.getByRole('navigation').getByRole('link', { name: 'Planning' }));
      await keyboard.press('Enter');
      await expect(page.getByRole('heading', { level: 1, name: 'Planning' })).toBeVisible();
      await expect(page.locator('main:focus, main :focus')).toHaveCount(1);
      await tabTo(page, page.getByRole('button', { name: 'Commencer le tableau' }));
      await keyboard.press('Enter');
      await expect(page.getByRole('button', { name: 'Ajouter une carte dans « À faire »' })).toBeFocused();
    });

    const row = page.getByRole('row', { name: /Préparer la convention/ });
    await test.step('a card is made, moved by the menu, and the focus follows it', async () => {
      await command(page, 'Créer une carte');
      await expect(page.getByRole('textbox', { name: /Ajouter une carte/ })).toBeFocused();
      await keyboard.type('Préparer la convention');
      await keyboard.press('Enter');
      await keyboard.press('Escape');
      await expect(row).toBeVisible();
      await tabTo(page, page.getByRole('button', { name: 'Actions sur la colonne « À faire »' }), 'Shift+Tab');
      await tabTo(page, row);
      // Inside a card one goes by arrows: its menu, then its handle.
      await keyboard.press('ArrowRight');
      await expect(page.getByRole('button', { name: /Actions sur la carte/ })).toBeFocused();
      await keyboard.press('Enter');
      await expect(page.getByRole('menuitem', { name: 'Ouvrir' })).toBeFocused();
      await keyboard.press('ArrowDown');
      await keyboard.press('ArrowDown');
      await expect(page.getByRole('menuitem', { name: 'Déplacer vers…' })).toBeFocused();
      await keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: 'Déplacer la carte' })).toBeVisible();
      await keyboard.press('Enter');
      await expect(page.getByRole('option', { name: 'À faire' })).toBeFocused();
      await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
      await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Déplacer la carte' }));
      await keyboard.press('Enter');
      await expect(column(page, 'En cours').getByText('Préparer la convention')).toBeVisible();
      await expect(row).toBeFocused();
    });

    await test.step('its inspector opens and closes, and the focus returns', async () => {
      await keyboard.press('Enter');
      const inspector = page.getByRole('complementary', { name: 'Carte' });
      await expect(inspector.getByRole('heading', { name: 'Carte' })).toBeFocused();
      await keyboard.press('Escape');
      await expect(inspector).toBeHidden();
      await expect(row).toBeFocused();
    });

    await test.step('a dossier, and a note in it', async () => {
      await command(page, 'Nouveau dossier');
      await expect(page.getByLabel('Titre du nouveau dossier')).toBeFocused();
      await keyboard.type('Subventions 2026');
      await keyboard.press('Enter');
      const dossier = main(page).getByRole('link', { name: 'Subventions 2026' });
      await tabTo(page, dossier);
      await keyboard.press('Enter');
      await tabTo(page, main(page).getByRole('link', { name: 'Notes' }));
      await keyboard.press('Enter');
      await tabTo(page, page.getByRole('button', { name: 'Nouvelle note' }));
      await keyboard.press('Enter');
      await expect(page.getByRole('textbox', { name: /Note sans titre/ })).toBeFocused();
      await keyboard.type('Le budget révisé arrive lundi.');
      await tabTo(page, page.getByRole('button', { name: 'Renommer « Note sans titre »' }), 'Shift+Tab');
      await keyboard.press('Enter');
      await keyboard.type('À vérifier');
      await keyboard.press('Enter');
      await expect(page.getByRole('textbox', { name: /À vérifier/ })).toHaveText('Le budget révisé arrive lundi.');
    });

    await test.step('a meeting with two items, which are put in another order, and back', async () => {
      await command(page, 'Préparer une réunion');
      await expect(page.getByRole('textbox', { name: 'Nouvelle réunion' })).toBeFocused();
      await keyboard.type('Comité budgétaire');
      await keyboard.press('Enter');
      const field = page.getByRole('textbox', { name: 'Ajouter un point' });
      await tabTo(page, field);
      for (const title of ['Budget', 'Calendrier']) {
        await keyboard.type(title);
        await keyboard.press('Enter');
        await expect(field).toHaveValue('');
      }
      const titles = page.getByRole('button', { name: /^Renommer « (Budget|Calendrier) »/ });
      await expect(titles).toHaveText(['Budget', 'Calendrier']);
      await tabTo(page, page.getByRole('button', { name: 'Actions sur le point 2' }), 'Shift+Tab');
      await keyboard.press('Enter');
      await expect(page.getByRole('menuitem', { name: 'Déplacer vers…' })).toBeFocused();
      await keyboard.press('ArrowRight');
      await expect(page.getByRole('menuitem', { name: 'En tête' })).toBeFocused();
      await keyboard.press('Enter');
      await expect(titles).toHaveText(['Calendrier', 'Budget']);
      await keyboard.press('ControlOrMeta+z');
      await expect(titles).toHaveText(['Budget', 'Calendrier']);
    });
  } finally {
    await profile.close();
  }
});
