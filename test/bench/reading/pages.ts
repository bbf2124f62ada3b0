import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { openPlainBrowser } from '../capture/browser.ts';
import type { PageReadings } from './inPage.ts';

export interface ReadPage extends PageReadings {
  readonly name: string;
}

/** The pages of a folder: of this bench, or of a corpus outside of the project; none where that is absent. */
export function htmlOf(folder: string): readonly { readonly name: string; readonly html: Buffer }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.html'))
    .map((file) => ({ name: file, html: readFileSync(join(folder, file)) }));
}

export const corporaFolder = (): string =>
  process.env.LIASSE_CORPORA ?? resolve(import.meta.dirname, '../../../../shared/corpora');

/** Opens each page in a real browser, without the network and without its scripts, and has everyone read it. */
export async function readPages(
  pages: readonly { readonly name: string; readonly html: Buffer }[],
  log: (line: string) => void,
): Promise<readonly ReadPage[]> {
  const script = await bundle();
  const server = createServer((request, response) => {
    const page = pages[Number(request.url?.slice(1))];
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "script-src 'none'; frame-src 'none'",
    });
    response.end(page?.html);
  });
  const address = await listening(server);
  const browser = await openPlainBrowser();
  try {
    const context = await browser.context({ offline: false });
    const tab = await context.newPage();
    const read: ReadPage[] = [];
    for (const [at, { name }] of pages.entries()) {
      await tab.goto(`${address}/${at}`, { waitUntil: 'domcontentloaded' });
      const readings = (await tab.evaluate(`${script};readers.readAll()`)) as PageReadings;
      log(`${name}: ${readings.by}`);
      read.push({ name, ...readings });
    }
    return read;
  } finally {
    await browser.close();
    server.close();
  }
}

const listening = (server: Server): Promise<string> =>
  new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );

async function bundle(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'liasse-readers-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      minify: true,
      lib: {
        entry: join(import.meta.dirname, 'inPage.ts'),
        formats: ['iife'],
        name: 'readers',
        fileName: () => 'readers.js',
      },
    },
  });
  return readFileSync(join(folder, 'readers.js'), 'utf8');
}
