import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import { Profile, Site, TestServer } from './harness/index.ts';
import { exportPiece } from './harness/kept.ts';
import { AMIRA, makeTeam, signUp } from './harness/people.ts';

const run = promisify(execFile);

let profile: Profile;
let site: Site;
let folder: string;

test.beforeEach(async () => {
  [profile, site, folder] = await Promise.all([
    Profile.open(),
    Site.open(),
    mkdtemp(join(tmpdir(), 'liasse-evidence-')),
  ]);
});

test.afterEach(async () => {
  await Promise.all([profile.close(), site.close(), rm(folder, { recursive: true, force: true })]);
});

/** Clips a page, and opens its piece in the app. */
async function clip(path: string): Promise<Page> {
  const page = await profile.context.newPage();
  await page.goto(site.url(path));
  const popup = await profile.clickToolbar(page);
  await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
  await popup.keyboard.type('Subventions 2026');
  await popup.keyboard.press('Enter');
  await expect(popup.getByText(/^Pièce ajoutée à/)).toBeVisible();
  const app = await profile.openPiece(popup);
  await expect(app.getByRole('heading', { name: 'Preuve' })).toBeVisible();
  return app;
}

const verify = (app: Page) => app.getByRole('button', { name: 'Vérifier' }).click();

/** Writes other bytes over the blobs of this device that hold these words, as someone with the disk could. */
async function tamper(app: Page, words: string): Promise<number> {
  return app.evaluate(async (sought) => {
    let changed = 0;
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const table of [...db.objectStoreNames].filter((one) => one === 'blobs')) {
        const done = <T>(request: IDBRequest<T>) =>
          new Promise<T>((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
        const rows = await done<{ bytes: Blob }[]>(db.transaction(table).objectStore(table).getAll());
        for (const row of rows) {
          const text = await row.bytes.text();
          if (!text.includes(sought) || !text.startsWith('<')) continue;
          const transaction = db.transaction(table, 'readwrite');
          transaction.objectStore(table).put({ ...row, bytes: new Blob([text.replace(sought, 'AUTRE CHOSE')]) });
          // Not the request's success: a page that is left before its transaction is complete takes it back.
          await new Promise((resolve, reject) => {
            transaction.oncomplete = resolve;
            transaction.onabort = () => reject(transaction.error);
          });
          changed += 1;
        }
      }
      db.close();
    }
    return changed;
  }, words);
}

test('[E10][E12] without a server a piece is consistent; a blob changed on the disk is told by its name', async () => {
  const app = await clip('/fixtures/eurlex.html');
  await verify(app);
  await expect(app.getByText('Cohérente, sans reçu du serveur.')).toBeVisible();
  expect(await tamper(app, 'Chaque service tient une liasse.')).toBeGreaterThan(0);
  await app.reload();
  await verify(app);
  await expect(app.getByText(/^Modifiée\s: le cliché\.$/u)).toBeVisible();
});

test('[E12] with a server it gets its receipt by itself, and is intact, received on a day', async () => {
  const server = await TestServer.start();
  try {
    const owner = await profile.openApp('/rejoindre');
    await signUp(owner, AMIRA, server.ownerLink ?? '');
    await makeTeam(owner, 'Bureau');
    const app = await clip('/fixtures/eurlex.html');
    await expect(app.getByText(/, n°\s1$/u)).toBeVisible();
    await verify(app);
    await expect(app.getByText(/^Intègre, reçue par le serveur le .* à .* Déposée par Amira Benali\.$/u)).toBeVisible();
  } finally {
    await server.stop();
  }
});

test('[E15][E17] the exported piece passes sha256sum, and its snapshot opens from the disk without a request', async () => {
  const app = await clip('/fixtures/eurlex.html');
  await writeFile(join(folder, 'piece.zip'), await exportPiece(app));
  await run('unzip', ['-q', 'piece.zip', '-d', 'piece'], { cwd: folder });
  const root = join(folder, 'piece');
  const { stdout } = await run('sha256sum', ['-c', 'SHA256SUMS'], { cwd: root });
  expect(stdout).not.toContain('FAILED');
  expect(await readFile(join(root, 'piece.html'), 'utf8')).toContain('Chaque service tient une liasse.');

  for (const path of ['snapshot/index.html', 'piece.html']) {
    const page = await profile.context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(join(root, path)).href);
    await expect(page.getByText('Chaque service tient une liasse.').first()).toBeVisible();
    expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
    expect(await page.evaluate(() => document.scripts.length)).toBe(0);
  }
});
