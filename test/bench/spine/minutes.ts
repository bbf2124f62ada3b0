import { expect, type Page } from '@playwright/test';
import { addCard, addItem, card, go, writeItem, writeNote } from '../../e2e/harness/people.ts';
import { pause } from './sight.ts';

/** What both find when they begin. */
export const COMMON = { dossier: 'Dossier commun', meeting: 'Réunion commune', item: 'Point commun' } as const;

/** What someone wrote, as it must be found again. */
export interface Written {
  /** Titles, after the renamings. */
  readonly cards: readonly string[];
  readonly renamings: number;
  /** All at the end of one agenda item that the other writes in too. */
  readonly sentences: readonly string[];
  readonly items: readonly string[];
  readonly notes: readonly string[];
}

const MINUTE_MS = 60_000;
const [CARDS, RENAMINGS, SENTENCES] = [4, 2, 3];

/**
 * Writes as a person of the team does in some minutes; every minute four cards are added, two of them renamed, three
 * sentences typed into the common agenda item, an item added to the agenda and a note to the dossier.
 *
 * @param options.atPace - each minute lasts a minute
 */
export async function playMinutes(
  page: Page,
  who: string,
  { minutes, atPace }: { readonly minutes: number; readonly atPace: boolean },
): Promise<Written> {
  const [cards, sentences, items, notes]: [string[], string[], string[], string[]] = [[], [], [], []];
  for (let minute = 1; minute <= minutes; minute += 1) {
    const end = Date.now() + MINUTE_MS;
    await go(page, 'Planning');
    const titles = Array.from({ length: CARDS }, (_, n) => `Carte ${minute}.${n + 1} de ${who}`);
    for (const title of titles) await writeCard(page, title);
    for (const title of titles.splice(0, RENAMINGS)) cards.push(await renameCard(page, title, `${title}, revue`));
    cards.push(...titles);

    await go(page, 'Réunions');
    await page.getByRole('link', { name: new RegExp(COMMON.meeting) }).click();
    for (let n = 1; n <= SENTENCES; n += 1) {
      const sentence = `Phrase ${minute}.${n} de ${who} sur l’instruction. `;
      await writeItem(page, 1, sentence);
      sentences.push(sentence.trim());
    }
    const item = `Point ${minute} de ${who}`;
    await addItem(page, item);
    items.push(item);

    await go(page, 'Dossiers');
    await page.getByRole('link', { name: COMMON.dossier }).click();
    const note = `Note ${minute} de ${who}`;
    await writeNote(page, note);
    notes.push(note);
    if (atPace) await pause(end - Date.now());
  }
  return { cards, renamings: minutes * RENAMINGS, sentences, items, notes };
}

/** On the board: adds a card. @returns its title */
export async function writeCard(page: Page, title: string): Promise<string> {
  await addCard(page, title, 'À faire');
  return title;
}

async function renameCard(page: Page, from: string, to: string): Promise<string> {
  await page.getByRole('row', { name: from, exact: true }).focus();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Titre de la carte', exact: true });
  await field.fill(to);
  await field.press('Enter');
  await expect(card(page, to)).toBeVisible();
  // The name is on the card it was meant for, and not on another.
  await expect(page.getByRole('row', { name: from, exact: true })).toHaveCount(0);
  return to;
}
