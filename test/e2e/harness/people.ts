import { expect, type Page } from '@playwright/test';

/** Someone as the forms ask for them. */
export interface Someone {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const AMIRA: Someone = { name: 'Amira Benali', email: 'amira@example.fr', password: 'une phrase bien longue' };
export const BENOIT: Someone = {
  name: 'Benoît Carré',
  email: 'benoit@example.fr',
  password: 'une autre phrase longue',
};

export const CHLOE: Someone = { name: 'Chloé Duval', email: 'chloe@example.fr', password: 'encore une phrase longue' };

/** What the sync chip says now. */
export const chip = (page: Page) => page.getByRole('banner').getByRole('button', { name: CHIP });
const CHIP = /Enregistr|non enregistrée|Hors ligne|Ouverture|Envoyé|Session|refusées|Accès/;

/** Waits until the chip says that the server has everything. */
export async function onServer(page: Page): Promise<void> {
  await expect(chip(page)).toHaveText(/Enregistré sur le serveur/, { timeout: 45_000 });
}

/** Opens an account with the link that is on screen, or typed into the page that asks for one. */
export async function signUp(page: Page, someone: Someone, link?: string): Promise<void> {
  if (link !== undefined) {
    await page.getByLabel('Lien d’invitation').fill(link);
    await page.getByRole('button', { name: 'Lire le lien' }).click();
  }
  await page.getByLabel('Nom et prénom').fill(someone.name);
  await page.getByLabel('Adresse électronique').fill(someone.email);
  await page.getByLabel('Mot de passe').fill(someone.password);
  await page.getByRole('button', { name: 'Créer mon compte' }).click();
  await expect(page.getByLabel('Mot de passe')).toBeHidden();
}

/** As an owner on the settings' page: makes a team. */
export async function makeTeam(page: Page, name: string): Promise<void> {
  await go(page, 'Réglages');
  await page.getByLabel('Nom de la nouvelle équipe').fill(name);
  await page.getByRole('button', { name: 'Créer l’équipe' }).click();
  await expect(page.getByRole('heading', { name: `Équipe « ${name} »` })).toBeVisible();
}

/** As an owner on the settings' page: a link for one person. */
export async function invite(page: Page, role: 'Rédacteur' | 'Lecteur' = 'Rédacteur'): Promise<string> {
  await go(page, 'Réglages');
  await page.getByRole('radiogroup').locator('label', { hasText: role }).click();
  await page.getByRole('button', { name: 'Créer un lien d’invitation' }).click();
  const link = page.getByRole('textbox', { name: 'Lien d’invitation' });
  await expect(link).toHaveValue(/rejoindre#/);
  return link.inputValue();
}

/** Goes to a place of the rail. */
export async function go(
  page: Page,
  place: 'Ma journée' | 'Planning' | 'Dossiers' | 'Réunions' | 'Recherche' | 'Réglages' | 'Corbeille',
) {
  await page.getByRole('navigation').getByRole('link', { name: place }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
}

/** A column of the board, by its title. */
export const column = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

/** A card of the board, by its title. */
export const card = (page: Page, title: string) => page.getByRole('main').getByText(title, { exact: true });

/** Adds a card at the end of a column. */
export async function addCard(page: Page, title: string, to: string): Promise<void> {
  const name = `Ajouter une carte dans « ${to} »`;
  const field = page.getByRole('textbox', { name });
  if (!(await field.isVisible())) await page.getByRole('button', { name }).click();
  await field.fill(title);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(card(page, title)).toBeVisible();
}

/** Makes a meeting, and opens it. */
export async function newMeeting(page: Page, title: string): Promise<void> {
  await go(page, 'Réunions');
  await page.getByRole('textbox', { name: 'Nouvelle réunion' }).fill(title);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Ordre du jour' })).toBeVisible();
}

/** On a meeting's page: adds an item at the end of the agenda. */
export async function addItem(page: Page, title: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Ajouter un point' }).fill(title);
  await page.keyboard.press('Enter');
  await expect(page.getByText(title).first()).toBeVisible();
}

/** The text of an agenda item, once it is open. */
export const itemText = (page: Page, number: number) =>
  page.getByRole('textbox', { name: `Texte du point ${number}`, exact: true });

/** Opens an agenda item's text and types at its end. */
export async function writeItem(page: Page, number: number, text: string): Promise<void> {
  const open = page.getByRole('button', { name: `Ouvrir le point ${number}`, exact: true });
  await expect(open.or(itemText(page, number)).first()).toBeVisible();
  if (await open.isVisible()) await open.click();
  await itemText(page, number).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(text);
}

/** On a dossier's page: the way to its notes. */
export const notes = (page: Page) => page.getByRole('main').getByRole('link', { name: 'Notes' });

/** On a dossier's page: makes a note and gives it a title. */
export async function writeNote(page: Page, title: string): Promise<void> {
  await notes(page).click();
  await page.getByRole('button', { name: 'Nouvelle note' }).click();
  await page.getByRole('button', { name: /Renommer.*Note sans titre/ }).click();
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill(title);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('link', { name: title })).toBeVisible();
}
