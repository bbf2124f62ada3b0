import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { Profile, Site } from './harness/index.ts';
import { onePagePdf } from './harness/pdf.ts';

/** As the extension's worker has it; `dispatch` is how the browser tells of an event. */
declare const chrome: {
  readonly tabs: { query(what: object): Promise<{ readonly url?: string }[]> };
  readonly contextMenus: { readonly onClicked: { dispatch(click: object, tab: unknown): void } };
};

let profile: Profile;
let site: Site;

test.beforeEach(async () => {
  [profile, site] = await Promise.all([Profile.open(), Site.open()]);
});

test.afterEach(async () => {
  await Promise.all([profile.close(), site.close()]);
});

const pdf = onePagePdf(['Circulaire des liasses', 'Le prefet instruit la demande.'], {
  label: 'Nom du demandeur',
  value: 'Benali',
});
const page = `<!doctype html><html lang="fr"><title>Avis de passage</title><body onload="fetch('/vole')">
  <h1>Avis</h1><p>Passage le 4.</p><script>fetch('/vole')</script></body></html>`;

/** Drops a file of the disk on the dossier on screen, as from the machine's own windows: what scripts make is no such file. */
async function drop(app: Page, name: string, content: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'liasse-drop-'));
  writeFileSync(join(folder, name), content);
  const session = await app.context().newCDPSession(app);
  const place = await app.getByRole('button', { name: 'Ajouter des fichiers', exact: true }).boundingBox();
  const data = { items: [], files: [join(folder, name)], dragOperationsMask: 1 };
  const at = { x: Math.round((place?.x ?? 0) + 8), y: Math.round((place?.y ?? 0) + 8), data };
  for (const type of ['dragEnter', 'dragOver'] as const) await session.send('Input.dispatchDragEvent', { type, ...at });
  await expect(app.getByText(/^Déposer dans/)).toBeVisible();
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at });
  await expect(app.getByRole('row')).toHaveCount(4);
  rmSync(folder, { recursive: true });
}

test('[P30] [P31] [P37] [P39] [P40] files are dropped and a PDF is taken from its tab: read, shown, kept, and found consistent', async () => {
  // A PDF in a tab, from which the dossier is made.
  site.put('/circulaire.pdf', pdf, 'application/pdf');
  const tab = await profile.context.newPage();
  await tab.goto(site.url('/circulaire.pdf'));
  const popup = await profile.clickToolbar(tab);
  await expect(popup.getByRole('radio', { name: 'Le fichier' })).toBeChecked();
  await popup.getByLabel('Titre').fill('La circulaire');
  await popup.getByRole('button', { name: 'Verser dans le dossier' }).click();
  await expect(popup.getByText(/^Pièce ajoutée à/)).toBeVisible();
  const app = await profile.openPiece(popup);
  await expect(app.getByText('Le prefet instruit la demande.').first()).toBeVisible();
  await expect(app.getByRole('cell', { name: 'Benali' })).toBeVisible();
  await app.getByRole('radio', { name: 'Original' }).click({ force: true });
  await expect(app.getByText(/application\/pdf · 1 page/)).toBeVisible();
  await expect(app.getByRole('img', { name: 'Page 1 de « circulaire.pdf »' })).toBeVisible();
  const download = app.waitForEvent('download');
  await app.getByRole('button', { name: 'Télécharger' }).click();
  expect((await download).suggestedFilename()).toBe('circulaire.pdf');

  // The file behind a link, from the context menu: the click on its entry is told as the browser tells it.
  site.put('/avis', '<!doctype html><title>Avis</title><a href="/circulaire.pdf">La circulaire</a>');
  await tab.goto(site.url('/avis'));
  await tab.bringToFront();
  const worker = await profile.worker();
  await worker.evaluate(
    async ([address, link]) => {
      const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
      if (tab?.url !== undefined && tab.url !== address) throw new Error(`another tab is in front: ${tab.url}`);
      chrome.contextMenus.onClicked.dispatch({ menuItemId: 'file', linkUrl: link }, tab);
    },
    [site.url('/avis'), site.url('/circulaire.pdf')] as const,
  );
  const onLink = await profile.clickToolbar(tab);
  await expect(onLink.getByLabel('Titre')).toHaveValue('circulaire.pdf');
  await onLink.getByRole('button', { name: 'Verser dans le dossier' }).click();
  await expect(onLink.getByText(/^Pièce ajoutée à/)).toBeVisible();
  await tab.close();
  await app.bringToFront();

  // Files from the disk: by the button, and by dropping.
  await app.getByRole('link', { name: 'À classer' }).first().click();
  await app.getByTestId('files').setInputFiles([
    { name: 'note.txt', mimeType: 'application/pdf', buffer: pdf },
    { name: 'vide.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
  ]);
  await expect(app.getByText('Ce fichier est vide. Rien n’a été ajouté.')).toBeVisible();
  await expect(app.getByRole('row')).toHaveCount(3);
  await app.getByRole('button', { name: 'Retirer vide.pdf de la liste' }).click();
  const asked = site.requests.length;
  await drop(app, 'avis.html', page);
  await expect(app.getByRole('row')).toHaveCount(4);
  await app.getByRole('row', { name: /Avis de passage/ }).click();
  await expect(app.getByText('Passage le 4.').first()).toBeVisible();
  await app.getByRole('radio', { name: 'Cliché' }).click({ force: true });
  await expect(app.frameLocator('iframe').getByText('Passage le 4.')).toBeVisible();
  expect(site.requests.slice(asked)).toEqual([]);
  await app.getByRole('button', { name: 'Vérifier' }).click();
  await expect(app.getByText(/^Cohérente/).first()).toBeVisible();
});
