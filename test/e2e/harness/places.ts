import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');
/** The extension as it is shipped. `pnpm --filter @liasse/extension build` makes it. */
export const EXTENSION = join(ROOT, 'extension/.output/chrome-mv3');
export const FIREFOX_EXTENSION = join(ROOT, 'extension/.output/firefox-mv3');
export const FIXTURES = join(ROOT, 'extension/src/capture/fixtures');
/** The web app's files, as the server serves them. */
export const WEB_APP = join(ROOT, 'packages/ui/dist/web');
const CORPORA = process.env.LIASSE_CORPORA ?? resolve(ROOT, '../shared/corpora');

/** The Chromium of this machine: `CHROMIUM_PATH`, then the usual places; undefined lets Playwright use its own. */
export function chromiumPath(): string | undefined {
  const places = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  return places.find((place) => place !== undefined && existsSync(place));
}

/** The Firefox of this machine: `FIREFOX_PATH`, then the usual places. */
export function firefoxPath(): string | null {
  const places = [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox'];
  return places.find((place) => place !== undefined && existsSync(place)) ?? null;
}

/** The folder of a corpus outside of the project; null, with a plain word, where it is absent. */
export function corpusFolder(name: 'articles' | 'eu-law' | 'forms'): string | null {
  const folder = join(CORPORA, name);
  if (existsSync(folder) && readdirSync(folder).length > 0) return folder;
  console.info(`corpus ${name} is absent (looked in ${CORPORA}; LIASSE_CORPORA says otherwise): its tests are skipped`);
  return null;
}
