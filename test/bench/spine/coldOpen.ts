import type { DossierId } from '@liasse/core';
import { expect, type Page } from '@playwright/test';
import { Profile } from '../../e2e/harness/index.ts';
import { onServer } from '../../e2e/harness/people.ts';
import { type BenchOptions, median, type Row, range } from '../bench.ts';
import { type Team, withTeam } from './team.ts';

interface Opening {
  /** Ms since the navigation: the first row drawn, then all of them. */
  readonly first: number;
  readonly all: number;
}

declare global {
  interface Window {
    benchRows?: Partial<Opening>;
  }
}

/** One of the two places the app runs in: a profile that holds the team, and the address of a dossier. */
interface Place {
  readonly name: string;
  readonly profile: Profile;
  readonly page: Page;
  readonly addressOf: (dossier: DossierId) => string;
}

/** A browser started afresh on a profile that holds a dossier: from the navigation until its pieces are on screen. */
export async function coldOpen({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const pieces = quick ? 20 : 200;
  const runs = quick ? 1 : 5;
  return withTeam(async (team) => {
    const large = { dossier: await team.camille.makeDossier('Dossier mesuré', pieces), pieces };
    const small = { dossier: await team.camille.makeDossier('Dossier d’une pièce', 1), pieces: 1 };
    const rows: Row[] = [];
    for (const place of placesOf(team)) {
      for (const { dossier, pieces } of [large, small]) {
        await place.page.goto(place.addressOf(dossier));
        await expect(place.page.getByRole('main').getByRole('row')).toHaveCount(pieces, { timeout: 60_000 });
        await onServer(place.page);
      }
      const folder = await place.profile.quit();
      const openings = { large: [] as Opening[], small: [] as Opening[] };
      for (let run = 1; run <= runs; run += 1) {
        openings.large.push(await openAfresh(folder, place.addressOf(large.dossier), pieces));
        openings.small.push(await openAfresh(folder, place.addressOf(small.dossier), 1));
        log(`  ${place.name} ${run}/${runs}: ${Math.round(openings.large.at(-1)?.all ?? 0)} ms`);
      }
      rows.push(...rowsOf(place.name, pieces, openings));
    }
    return rows;
  });
}

function placesOf({ server, camille, amira, amiraProfile, benoit, benoitProfile }: Team): readonly Place[] {
  const path = (dossier: DossierId) => `/equipe/${camille.team}/dossiers/${dossier}`;
  const extension = `chrome-extension://${benoitProfile.extensionId}/app.html#`;
  return [
    { name: 'extension', profile: benoitProfile, page: benoit, addressOf: (id) => `${extension}${path(id)}` },
    { name: 'web app', profile: amiraProfile, page: amira, addressOf: (id) => `${server.url}${path(id)}` },
  ];
}

function rowsOf(place: string, pieces: number, openings: { large: Opening[]; small: Opening[] }): readonly Row[] {
  const [first, all, floor] = [
    openings.large.map((opening) => opening.first),
    openings.large.map((opening) => opening.all),
    openings.small.map((opening) => opening.all),
  ];
  const runs = all.length;
  return [
    {
      what: `cold open of a dossier of ${pieces} pieces, ${place}: all rows on screen`,
      unit: 'ms',
      ours: median(all),
      peers: { 'a dossier of 1 piece (floor)': median(floor) },
      note: `browser started afresh each time, from the navigation; median of ${runs}, ${range(all)}; 8 KB of text a piece`,
    },
    {
      what: `the same, ${place}: first row on screen`,
      unit: 'ms',
      ours: median(first),
      note: `${range(first)}; no peer: part of the row above`,
    },
  ];
}

async function openAfresh(folder: string, address: string, pieces: number): Promise<Opening> {
  const profile = await Profile.open({ folder });
  try {
    return await goAndWait(await profile.context.newPage(), address, pieces);
  } finally {
    await profile.quit();
  }
}

/** Goes to a dossier and waits until as many rows were drawn. Measured in the page, by its clock. */
async function goAndWait(page: Page, address: string, pieces: number): Promise<Opening> {
  await page.addInitScript((count) => {
    const seen: Partial<Record<'first' | 'all', number>> = {};
    window.benchRows = seen;
    const drawn = (name: 'first' | 'all') =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          seen[name] = performance.now();
        }),
      );
    let isFirst = true;
    const observer = new MutationObserver(() => {
      const rows = document.querySelectorAll('main [role=row]').length;
      if (rows > 0 && isFirst) {
        isFirst = false;
        drawn('first');
      }
      if (rows < count) return;
      observer.disconnect();
      drawn('all');
    });
    observer.observe(document, { subtree: true, childList: true });
  }, pieces);
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.benchRows?.all !== undefined, undefined, { timeout: 60_000 });
  const { first, all } = await page.evaluate(() => window.benchRows ?? {});
  if (first === undefined || all === undefined) throw new Error('bug: the rows were not seen');
  return { first, all };
}
