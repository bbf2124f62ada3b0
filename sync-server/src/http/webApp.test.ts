import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Health } from '@liasse/core/protocol';
import { expect, test } from 'vitest';
import { ask, configOn, startSite, temporaryFolder } from '../testing/testServer.ts';

const text = (body: unknown) => new TextDecoder().decode(body as Uint8Array);

test('[S70] the web app’s files, and its page for any of its addresses, under a strict policy', async () => {
  const folder = await temporaryFolder();
  const web = join(folder, 'web');
  await mkdir(join(web, 'assets'), { recursive: true });
  await writeFile(join(web, 'index.html'), '<p>accueil</p>');
  await writeFile(join(web, 'sw.js'), '// veille');
  await writeFile(join(web, 'assets', 'app-abc123.js'), '// application');
  const { server } = await startSite({}, configOn(folder));

  for (const path of ['/', '/index.html', '/rejoindre', '/dossiers/x/y']) {
    const page = await ask(`${server.url}${path}`);
    expect([path, page.status, text(page.body)]).toEqual([path, 200, '<p>accueil</p>']);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'; script-src 'self';/);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  }
  const asset = await ask(`${server.url}/assets/app-abc123.js`);
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await ask(`${server.url}/sw.js`)).headers.get('cache-control')).toBe('no-cache');
  for (const path of ['/assets/gone.js', '/..%2faccounts.sqlite', '/api/nothing', '/secret.txt']) {
    expect([path, (await ask(`${server.url}${path}`)).status]).toEqual([path, 404]);
  }
});

test('[S70] without a built app, a page says so; the server’s health is told to anyone', async () => {
  const { server } = await startSite();
  const page = await ask(`${server.url}/`);
  expect(text(page.body)).toContain('npm start');
  expect(Health.parse((await ask(`${server.url}/healthz`)).body).ok).toBe(true);
});
