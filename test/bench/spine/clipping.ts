import { readdirSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { corpusFolder, type Profile, Site, Wire } from '../../e2e/harness/index.ts';
import { chip } from '../../e2e/harness/people.ts';
import { type BenchOptions, median, percentile, type Row, range } from '../bench.ts';
import { msBetween, pause, watch, watchKey } from './sight.ts';
import { withTeam } from './team.ts';

/** Long enough for the popup to have read the page, as it is when a person has found the key. */
const REACTION_MS = 500;
const ARTICLES = 15;

/** From Enter in the popup until the popup says that the piece is saved on this device. */
export async function clipping({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const small = Array<string>(quick ? 1 : 5).fill('/fixtures/eurlex.html');
  const articles = articlesOf(quick ? 2 : ARTICLES);
  const wire = await Wire.to(0);
  const site = await Site.open();
  try {
    return await withTeam(
      async ({ benoitProfile, benoit }) => {
        // The first capture makes the dossier that the others go into.
        await clip(benoitProfile, site.url('/fixtures/legifrance.html'), { offline: false });
        const rows: Row[] = [];
        for (const offline of [false, true]) {
          if (offline) {
            wire.cut();
            await expect(chip(benoit)).toHaveText(/Hors ligne/, { timeout: 30_000 });
          }
          const measure = async (paths: readonly string[]) => {
            const times: number[] = [];
            for (const path of paths) times.push(await clip(benoitProfile, site.url(path), { offline }));
            log(`  ${offline ? 'offline' : 'online'}: ${times.map(Math.round).join(' ')}`);
            return times;
          };
          const words = offline ? 'network and server away' : 'online';
          const fixture = await measure(small);
          rows.push({
            what: `Enter in the popup to saved on this device, small page, ${words}`,
            unit: 'ms',
            ours: median(fixture),
            note: `eurlex.html of the fixtures; median of ${fixture.length}, ${range(fixture)}; no peer clips into a local dossier`,
          });
          if (articles.length === 0) continue;
          const real = await measure(articles);
          rows.push({
            what: `the same, articles of the corpus, ${words}`,
            unit: 'ms',
            ours: median(real),
            note: `${real.length} articles, once each; p95 ${Math.round(percentile(real, 0.95))}, ${range(real)}`,
          });
        }
        return rows;
      },
      { wire },
    );
  } finally {
    await site.close();
    await wire.close();
  }
}

/** Articles spread evenly over the corpus, always the same; none, and a word of it, where the corpus is absent. */
function articlesOf(count: number): readonly string[] {
  const folder = corpusFolder('articles');
  if (folder === null) return [];
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .sort();
  const step = Math.max(1, names.length / count);
  return Array.from({ length: Math.min(count, names.length) }, (_, n) => `/articles/${names[Math.floor(n * step)]}`);
}

async function clip(profile: Profile, address: string, { offline }: { offline: boolean }): Promise<number> {
  const page = await profile.context.newPage();
  // An article whose frames lead nowhere may never be whole.
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  if (offline) await profile.context.setOffline(true);
  try {
    return await clipShown(profile, page);
  } finally {
    if (offline) await profile.context.setOffline(false);
    await page.close();
  }
}

async function clipShown(profile: Profile, page: Page): Promise<number> {
  const popup = await profile.clickToolbar(page);
  await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
  await pause(REACTION_MS);
  const pressed = await watchKey(popup, 'Enter');
  const saved = await watch(popup, { selector: '[role=status]', texts: ['Enregistré sur cet appareil'] });
  await popup.keyboard.press('Enter');
  const took = await msBetween(pressed, saved);
  await popup.close();
  await profile.letGo();
  return took;
}
