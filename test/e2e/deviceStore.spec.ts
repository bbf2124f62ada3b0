import { boardRoom } from '@liasse/core/protocol';
import { expect, type Page, test } from '@playwright/test';
import { Profile, TestServer, teamOnScreen, Wire } from './harness/index.ts';
import { AMIRA, addCard, card, go, makeTeam, onServer, signUp } from './harness/people.ts';

// What may become of a browser's own databases, in a real one. A full disk is in faults.spec.ts.
test.describe.configure({ timeout: 180_000 });

const says = (page: Page, words: string) => page.getByRole('banner').getByRole('button', { name: words });
const TITLES = ['carte 01', 'carte 02', 'carte 03'];

/** Someone with cards on the server, behind a line that can be cut. */
async function withCards(work: (page: Page, wire: Wire) => Promise<void>): Promise<void> {
  const wire = await Wire.to(0);
  const server = await TestServer.start({ publicUrl: wire.url });
  wire.mend(server.port);
  const profile = await Profile.open();
  try {
    const page = await profile.context.newPage();
    await page.goto(server.ownerLink ?? '');
    await signUp(page, AMIRA);
    await makeTeam(page, 'Bureau');
    await go(page, 'Planning');
    await page.getByRole('button', { name: 'Commencer le tableau' }).click();
    for (const title of TITLES) await addCard(page, title, 'À faire');
    await onServer(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await work(page, wire);
  } finally {
    await profile.close();
    await wire.close();
    await server.stop();
  }
}

test(
  'rows of a cache that are nothing any more: what can be read is shown, offline too, and the rest comes from the server',
  {
    tag: '@faults',
  },
  () =>
    withCards(async (page, wire) => {
      const room = boardRoom(teamOnScreen(page));
      const damaged = await page.evaluate(async (name) => {
        const found = (await indexedDB.databases()).find((database) => database.name?.endsWith(name))?.name;
        if (found === undefined) return 0;
        const db = await new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(found);
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        const transaction = db.transaction(['updates'], 'readwrite');
        const updates = transaction.objectStore('updates');
        for (const row of [new Uint8Array([1, 255, 255, 255, 31, 1, 0]), 'plus rien', null]) updates.add(row);
        const count = updates.count();
        await new Promise((resolve) => {
          transaction.oncomplete = resolve;
        });
        db.close();
        return count.result;
      }, `cache/${room}`);
      expect(damaged).toBeGreaterThan(3);
      wire.cut();
      await page.reload();
      for (const title of TITLES) await expect(card(page, title)).toBeVisible();
      await expect(says(page, 'Document lu en partie')).toBeVisible();
      await addCard(page, 'carte 04', 'À faire');
      wire.mend();
      // What could not be read was put aside: the next time, nothing is amiss.
      await page.reload();
      await onServer(page);
      for (const title of [...TITLES, 'carte 04']) await expect(card(page, title)).toBeVisible();
    }),
);

test(
  'every database of the device gone: nothing is taken for new and empty, and all of it comes back from the server',
  {
    tag: '@faults',
  },
  () =>
    withCards(async (page, wire) => {
      const board = page.url();
      // A page of the origin without the app: what is open is not deleted.
      await page.goto(`${wire.url}/healthz`);
      const gone = await page.evaluate(async () => {
        const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
        await Promise.all(
          names.map(
            (name) =>
              new Promise<void>((resolve, reject) => {
                const request = indexedDB.deleteDatabase(name);
                request.onsuccess = () => resolve();
                request.onerror = () => reject(request.error);
              }),
          ),
        );
        return names.length;
      });
      expect(gone).toBeGreaterThan(1);
      wire.cut();
      await page.goto(board);
      await expect(says(page, 'Copie de cet appareil effacée')).toBeVisible({ timeout: 30_000 });
      // The board was there: without the server, nobody is offered to begin another one in its place.
      await expect(page.getByRole('button', { name: 'Commencer le tableau' })).toHaveCount(0);
      wire.mend();
      for (const title of TITLES) await expect(card(page, title)).toBeVisible({ timeout: 60_000 });
      // It goes on saying so until something is written here again.
      await addCard(page, 'carte 04', 'À faire');
      await page.waitForTimeout(1_000);
      await page.reload();
      await onServer(page);
      for (const title of [...TITLES, 'carte 04']) await expect(card(page, title)).toBeVisible();
    }),
);
