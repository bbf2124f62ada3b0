import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { copyWithGrant } from './harness/grantedExtension.ts';
import { Profile, Site } from './harness/index.ts';

const RED = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);
/** A drawing whose file runs something when it is opened by itself. */
const loud = (id: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" onload="document.title='pwned'"><rect id="${id}" width="40" height="30" fill="#060"/><script>document.title='pwned'</script>${`<path d="M0 0h1v1h-1z"/>`.repeat(60)}</svg>`;

/** The drawings among the blobs of this device, as text. */
async function storedDrawings(app: Page): Promise<string[]> {
  return app.evaluate(async () => {
    const found: string[] = [];
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name));
      for (const table of [...db.objectStoreNames].filter((one) => one === 'blobs')) {
        const rows = await done<{ bytes: Blob }[]>(db.transaction(table).objectStore(table).getAll());
        for (const { bytes } of rows) {
          const text = await bytes.text();
          if (text.startsWith('<svg')) found.push(text);
        }
      }
      db.close();
    }
    return found;
  });
}

test('[C24][C31][C34][C35] what another site holds is fetched when it is asked for, and what is stored runs nothing', async () => {
  const [here, other] = await Promise.all([Site.open(), Site.open()]);
  const origin = new URL(other.url('/')).origin;
  // The browser's own question cannot be answered without a screen: this copy holds the right that a yes would give.
  const extension = copyWithGrant([origin]);
  const folder = mkdtempSync(join(tmpdir(), 'liasse-complete-'));
  const profile = await Profile.open({ extension });
  try {
    const image = other.put('/a.png', RED, 'image/png');
    other.put('/ground.png', RED, 'image/png');
    const drawing = other.put('/a.svg', loud('theirs'), 'image/svg+xml');
    const sheet = other.put(
      '/s.css',
      '@import "x.css"; #feuille { color: rgb(1, 2, 3); background: url(ground.png) }',
      'text/css',
    );
    const framed = other.put('/cadre', '<p>Texte du cadre</p><script>top.postMessage("x", "*")</script>');
    here.put('/own.svg', loud('ours'), 'image/svg+xml');
    const address = here.put(
      '/page',
      `<!doctype html><title>Page de deux sites</title><link rel="stylesheet" href="${sheet}"><h1>Page</h1><p id="feuille">Un paragraphe.</p>
       <img id="image" src="${image}" alt="rouge"><img id="leur" src="${drawing}" alt="leur"><img id="notre" src="/own.svg" alt="notre">
       <iframe src="${framed}" width="300" height="80"></iframe>`,
    );
    const page = await profile.context.newPage();
    await page.goto(address);
    const popup = await profile.clickToolbar(page);
    await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
    await popup.keyboard.press('Enter');
    await expect(popup.getByText(/^Pièce ajoutée à/)).toBeVisible();
    // Offered at once; this time it is pressed later, on the piece's screen.
    const offered = `Compléter depuis ${new URL(origin).host}…`;
    await expect(popup.getByRole('button', { name: offered })).toBeVisible();
    const app = await profile.openPiece(popup);
    await app.getByRole('radio', { name: 'Cliché' }).click({ force: true });
    const copy = app.frameLocator('iframe[sandbox="allow-same-origin"]');
    const natural = (id: string) =>
      copy.locator(`#${id}`).evaluate((img) => (img as HTMLImageElement).src.slice(0, 10));
    await expect(copy.getByText('Un paragraphe.')).toBeVisible();
    expect(await natural('image')).toBe('data:image');
    await expect(app.getByText(`1 cadre d’un autre site (${new URL(origin).host})`)).toBeVisible();

    other.requests.length = 0;
    await app.getByRole('button', { name: 'Compléter…' }).click();
    await expect(app.getByText('Page complétée. La première copie est conservée.')).toBeVisible();
    await expect(app.getByRole('button', { name: 'Compléter…' })).toBeHidden();
    await expect(app.getByText(/Page enregistrée, sauf/)).toBeHidden();
    await expect.poll(() => natural('image')).toBe('blob:chrom');
    expect(await natural('leur')).toBe('blob:chrom');
    await expect(copy.locator('#feuille')).toHaveCSS('color', 'rgb(1, 2, 3)');
    expect(await copy.locator('#feuille').evaluate((p) => getComputedStyle(p).backgroundImage)).toMatch(/^url\("blob:/);
    await expect(copy.frameLocator('iframe').getByText('Texte du cadre')).toBeVisible();
    // The frame was read where it stands, and nothing was asked for twice.
    expect([...other.requests].sort()).toEqual(['/a.png', '/a.svg', '/ground.png', '/s.css']);

    const drawings = await storedDrawings(app);
    expect(drawings.map((text) => /id="(\w+)"/.exec(text)?.[1]).sort()).toEqual(['ours', 'theirs']);
    for (const [at, text] of [...drawings, loud('proof')].entries()) {
      const file = join(folder, `${at}.svg`);
      writeFileSync(file, text);
      await page.goto(pathToFileURL(file).href);
      await expect(page.locator('rect')).toBeVisible();
      // The last one is as the sites serve it: it shows that the others could have run.
      expect(await page.title()).toBe(at < drawings.length ? '' : 'pwned');
    }
  } finally {
    await profile.close();
    await Promise.all([here.close(), other.close()]);
    for (const left of [extension, folder]) rmSync(left, { recursive: true, force: true });
  }
});
