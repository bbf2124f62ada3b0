import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Profile, Site, TestServer } from '../../e2e/harness/index.ts';
import { exportPiece, kept } from '../../e2e/harness/kept.ts';
import { AMIRA, go, makeTeam, onServer, signUp } from '../../e2e/harness/people.ts';
import type { BenchOptions, Row } from '../bench.ts';
import { type Corpus, corpusForms } from './corpus.ts';
import { plantMarkers } from './inPage.ts';
import { canReadImages, readImage } from './ocr.ts';

const DOSSIER = 'Formulaires';

/** What came out of the whole way, by where it was found. */
interface Leaks {
  readonly device: string[];
  readonly server: string[];
  readonly log: string[];
  readonly export: string[];
  readonly screenshots: string[];
}

/**
 * The whole way that a form goes, with the built extension and a real server: taken as a page, as a form and as an image, read in the
 * app, searched, sent, exported. Then every byte kept on the way is searched for the markers.
 */
export async function whole(options: BenchOptions): Promise<readonly Row[]> {
  const corpus = corpusForms(options);
  if (corpus.length === 0) return [];
  const [site, server, profile] = await Promise.all([Site.open(), TestServer.start(), Profile.open()]);
  const folder = mkdtempSync(join(tmpdir(), 'liasse-secrets-'));
  try {
    const consoles: string[] = [];
    profile.context.on('console', (message) => consoles.push(message.text()));
    const app = await profile.openApp('/rejoindre');
    await signUp(app, AMIRA, server.ownerLink ?? '');
    await makeTeam(app, 'Bureau');
    await go(app, 'Dossiers');

    const leaks: Leaks = { device: [], server: [], log: [], export: [], screenshots: [] };
    const note = (where: keyof Leaks, text: string, markers: readonly string[]) =>
      leaks[where].push(...markers.filter((marker) => text.includes(marker)));
    const all: string[] = [];
    const seen = { plain: 0, ours: 0 };
    for (const [at, form] of corpus.entries()) {
      const markers = await takeAll(profile, site, form, at, async (plain, planted, piece) => {
        const archive = join(folder, 'piece.zip');
        writeFileSync(archive, await exportPiece(piece));
        note('export', execFileSync('unzip', ['-p', archive], { maxBuffer: 1 << 30 }).toString('latin1'), planted);
        if (!canReadImages) return;
        const ours = await imagesOf(piece);
        const read = (await Promise.all(ours.map((image) => readImage(folder, image)))).join('\n');
        note('screenshots', read, planted);
        seen.plain += planted.filter((marker) => plain.includes(marker)).length;
      });
      all.push(...markers);
      if (at % 10 === 9) options.log(`  ${at + 1} of ${corpus.length} pages`);
    }
    // What the search keeps, it keeps once somebody searches.
    await go(app, 'Recherche');
    await app.getByRole('searchbox').fill('demande');
    await onServer(app);
    const device = await kept(app);
    if (!device.includes(DOSSIER)) throw new Error('the device was read wrongly: it holds no dossier');
    note('device', device, all);
    const stored = filesBelow(server.data).map((file) => readFileSync(file).toString('latin1'));
    if (!stored.some((text) => text.includes(DOSSIER))) throw new Error('the server was read wrongly: no dossier');
    note('server', stored.join('\n'), all);
    note('log', [...server.log, ...consoles].join('\n'), all);

    const how = `${corpus.length} pages, each taken as a page, a form and an image by the built extension`;
    const row = (where: keyof Leaks, what: string, more: string, peers?: Row['peers']): Row => ({
      what,
      unit: `of ${all.length}`,
      ours: new Set(leaks[where]).size,
      ...(peers !== undefined && { peers }),
      target: { atMost: 0 },
      note: `${how}; ${more}`,
      details: leaks[where],
    });
    return [
      row('device', 'markers in what the device keeps', 'databases, blobs, extension storage; no peer keeps documents'),
      row('server', 'markers in what the server keeps', 'every byte below its folder'),
      row('log', 'markers in logs', 'the server’s, and the console of every page and worker'),
      row('export', 'markers in exported archives', 'each piece exported and unpacked'),
      ...(canReadImages
        ? [
            row('screenshots', 'markers read in images (OCR)', 'tesseract on the kept images and on plain ones', {
              'a plain screenshot': seen.plain,
            }),
          ]
        : []),
    ];
  } finally {
    await Promise.all([profile.close(), site.close(), server.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Plants, then takes all three; `each` sees every piece, with what OCR reads in a plain screenshot of the page. */
async function takeAll(
  profile: Profile,
  site: Site,
  form: Corpus,
  at: number,
  each: (plain: string, markers: readonly string[], piece: Page) => Promise<void>,
): Promise<readonly string[]> {
  const path = `/formulaire-${at}`;
  site.put(path, form.html);
  const page = await profile.context.newPage();
  await page.goto(site.url(path), { waitUntil: 'domcontentloaded' });
  const markers = await page.evaluate(plantMarkers, `${at}x${form.name}`);
  let plain = '';
  if (canReadImages) {
    const folder = mkdtempSync(join(tmpdir(), 'liasse-plain-'));
    plain = await readImage(folder, await page.screenshot({ fullPage: true }));
    rmSync(folder, { recursive: true, force: true });
  }
  for (const take of ['La page', 'Le formulaire', 'Page entière en image']) {
    const popup = await profile.clickToolbar(page);
    const choice = popup.getByRole('radio', { name: take });
    if ((await choice.count()) === 0) continue;
    await choice.check();
    const dossier = popup.getByRole('combobox', { name: 'Dossier' });
    await dossier.fill(DOSSIER);
    await dossier.press('Enter');
    await popup.getByText(/^(?:Pièce|Étape) ajoutée à/).waitFor();
    const piece = await profile.openPiece(popup);
    await piece.getByRole('button', { name: /^Actions sur/ }).waitFor();
    await each(plain, markers, piece);
    await piece.close();
    await profile.letGo();
  }
  await page.close();
  return markers;
}

/** The bytes of the images that a piece shows of its page. */
async function imagesOf(piece: Page): Promise<readonly Buffer[]> {
  const base64 = await piece.locator('img[alt^="Capture d’écran"]').evaluateAll((images) =>
    Promise.all(
      (images as HTMLImageElement[]).map(async (image) => {
        const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
        let characters = '';
        for (const byte of bytes) characters += String.fromCharCode(byte);
        return btoa(characters);
      }),
    ),
  );
  return base64.map((text) => Buffer.from(text, 'base64'));
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
