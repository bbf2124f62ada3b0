// Past 300 lines: each fault is one whole walk, from the same team and with the same steps.
import { readFileSync } from 'node:fs';
import { boardRoom, CloseCode, WireLimits } from '@liasse/core/protocol';
import { expect, type Page, test } from '@playwright/test';
import * as Y from 'yjs';
import { Disk, Profile, painted, RawMember, TestServer, teamOnScreen, Wire, watch } from './harness/index.ts';
import {
  AMIRA,
  addCard,
  addItem,
  BENOIT,
  CHLOE,
  card,
  chip,
  go,
  invite,
  itemText,
  makeTeam,
  newMeeting,
  onServer,
  signUp,
  writeItem,
} from './harness/people.ts';

// Several browsers each: a busy machine takes its time.
test.describe.configure({ timeout: 180_000 });

const TEAM = 'Bureau des subventions';
const NO_SPACE = /^Dernière modification non enregistrée/;
const WORDS = /(?:mot|carte) \d\d/;
const numbered = (word: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${word} ${String(from + index).padStart(2, '0')}`);

/** As the server's owner, in the web app: an account, a team, and its board. */
async function startTeam(page: Page, server: TestServer): Promise<void> {
  await page.goto(server.ownerLink ?? '');
  await signUp(page, AMIRA);
  await makeTeam(page, TEAM);
  await go(page, 'Planning');
  await page.getByRole('button', { name: 'Commencer le tableau' }).click();
  await expect(page.getByRole('button', { name: 'Ajouter une carte dans « À faire »' })).toBeVisible();
}

/** On the extension's own page: an account by invitation. */
async function join(profile: Profile, someone: typeof BENOIT, link: string): Promise<Page> {
  const page = await profile.openApp('/rejoindre');
  await signUp(page, someone, link);
  await expect(page.getByRole('navigation').getByText(TEAM)).toBeVisible();
  return page;
}

async function openMeeting(page: Page, title: string): Promise<void> {
  await go(page, 'Réunions');
  await page.getByRole('link', { name: new RegExp(title) }).click();
  await page.getByRole('button', { name: 'Ouvrir le point 1', exact: true }).click();
}

test('the server killed in the middle of edits loses nothing that the chip had called safe', {
  tag: '@faults',
}, async () => {
  const server = await TestServer.start();
  let again: TestServer | null = null;
  let [amiras, benoits] = await Promise.all([Profile.open(), Profile.open()]);
  const chloes = await Profile.open();
  try {
    let amira = await amiras.context.newPage();
    await startTeam(amira, server);
    const forBenoit = await invite(amira);
    await go(amira, 'Planning');
    const forChloe = await invite(amira);
    let benoit = await join(benoits, BENOIT, forBenoit);
    await go(benoit, 'Planning');
    await newMeeting(amira, 'Comité budgétaire');
    await addItem(amira, 'Point d’étape');
    await writeItem(amira, 1, 'mot 00 ');
    for (const page of [amira, benoit]) await onServer(page);
    for (const page of [amira, benoit]) await watch(page, WORDS);

    const typing = (async () => {
      for (const word of numbered('mot', 1, 40)) await amira.keyboard.type(`${word} `);
    })();
    const adding = (async () => {
      for (const title of numbered('carte', 1, 14)) await addCard(benoit, title, 'À faire');
    })();
    for (const page of [amira, benoit])
      await expect.poll(async () => (await painted(page)).onServer.length).toBeGreaterThan(3);
    await server.kill();
    await Promise.all([typing, adding]);
    for (const page of [amira, benoit])
      await expect(chip(page)).toHaveText(/^Hors ligne · \d+ modification/, { timeout: 30_000 });

    const [byAmira, byBenoit] = [await painted(amira), await painted(benoit)];
    // The kill fell into the middle: some of it was on the server, all of it is on the devices.
    expect(byAmira.onServer.length).toBeLessThan(41);
    expect(byBenoit.onServer.length).toBeLessThan(14);
    expect(byAmira.onDevice).toEqual(numbered('mot', 0, 40));
    expect(byBenoit.onDevice).toEqual(numbered('carte', 1, 14));
    await Promise.all([amiras.quit(), benoits.quit()]);

    // A device that has nothing, while those who could send it all again are closed.
    again = await server.again();
    const chloe = await join(chloes, CHLOE, forChloe);
    await openMeeting(chloe, 'Comité budgétaire');
    for (const word of byAmira.onServer) await expect(itemText(chloe, 1)).toContainText(word);
    await go(chloe, 'Planning');
    for (const title of byBenoit.onServer) await expect(card(chloe, title)).toBeVisible();

    [amiras, benoits] = await Promise.all([amiras.reopen(), benoits.reopen()]);
    amira = await amiras.context.newPage();
    await amira.goto(again.url);
    benoit = await benoits.openApp();
    for (const page of [amira, benoit]) {
      await go(page, 'Planning');
      for (const title of byBenoit.onDevice) await expect(card(page, title)).toBeVisible({ timeout: 30_000 });
      await openMeeting(page, 'Comité budgétaire');
      for (const word of byAmira.onDevice) await expect(itemText(page, 1)).toContainText(word, { timeout: 30_000 });
      await onServer(page);
    }
  } finally {
    await Promise.all([amiras.close(), benoits.close(), chloes.close()]);
    await (again ?? server).stop();
  }
});

test('the browser killed right after the chip stopped saying that it was saving: reopened offline, the edit is there', {
  tag: '@faults',
}, async () => {
  const wire = await Wire.to(0);
  const server = await TestServer.start({ publicUrl: wire.url });
  wire.mend(server.port);
  let [amiras, benoits] = await Promise.all([Profile.open(), Profile.open()]);
  try {
    let amira = await amiras.context.newPage();
    await startTeam(amira, server);
    const link = await invite(amira);
    let benoit = await join(benoits, BENOIT, link);
    for (const page of [amira, benoit]) await go(page, 'Planning');
    await onServer(amira);
    await onServer(benoit);
    await amira.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    wire.cut();

    for (const [profile, page] of [
      [amiras, amira],
      [benoits, benoit],
    ] as const) {
      const crash = await profile.armCrash();
      await addCard(page, 'carte 01', 'À faire');
      await page.exposeFunction('strike', crash.strike);
      await addCardAndStrike(page, 'carte 02');
      await crash.ended;
    }
    [amiras, benoits] = await Promise.all([amiras.reopen(), benoits.reopen()]);
    amira = await amiras.context.newPage();
    await amira.goto(wire.url);
    benoit = await benoits.openApp();
    for (const page of [amira, benoit]) {
      await go(page, 'Planning');
      for (const title of numbered('carte', 1, 2)) await expect(card(page, title)).toBeVisible();
      await expect(chip(page)).toHaveText(/Hors ligne · \d+ modification/);
    }
  } finally {
    await Promise.all([amiras.close(), benoits.close()]);
    await wire.close();
    await server.stop();
  }
});

test('the browser killed within seconds of somebody’s first visit: who they are here, and what they wrote, is still there', async () => {
  const server = await TestServer.start();
  let profile = await Profile.open();
  try {
    const crash = await profile.armCrash();
    const page = await profile.context.newPage();
    await page.goto(server.url);
    await go(page, 'Planning');
    await page.getByRole('button', { name: 'Commencer le tableau' }).click();
    await page.exposeFunction('strike', crash.strike);
    await addCardAndStrike(page, 'carte 01');
    await crash.ended;

    profile = await profile.reopen();
    const again = await profile.context.newPage();
    await again.goto(server.url);
    await go(again, 'Planning');
    await expect(card(again, 'carte 01')).toBeVisible();
  } finally {
    await profile.close();
    await server.stop();
  }
});

/** Adds a card, and ends the browser at the first frame in which the chip no longer says that it is being saved. */
async function addCardAndStrike(page: Page, title: string): Promise<void> {
  const name = 'Ajouter une carte dans « À faire »';
  await page.getByRole('button', { name }).click();
  await page.getByRole('textbox', { name }).fill(title);
  await page.evaluate(() => {
    let saving = false;
    const look = () => {
      const said = document.querySelector('header[data-chrome]')?.textContent ?? '';
      if (saving && !said.includes('Enregistrement…')) void (window as unknown as { strike(): void }).strike();
      else requestAnimationFrame(look);
      saving ||= said.includes('Enregistrement…');
    };
    look();
  });
  // The browser may be gone before it can say that the key was pressed.
  await page.keyboard.press('Enter').catch(() => {});
}

test('with the disk full the chip says so, editing stops, an export is offered, nothing saved is lost, and it recovers', {
  tag: '@faults',
}, async () => {
  const wire = await Wire.to(0);
  const server = await TestServer.start({ publicUrl: wire.url });
  wire.mend(server.port);
  const profile = await Profile.open();
  try {
    const amira = await profile.context.newPage();
    const disk = await Disk.of(amira, wire.url);
    await startTeam(amira, server);
    await addCard(amira, 'carte 01', 'À faire');
    await newMeeting(amira, 'Comité budgétaire');
    await addItem(amira, 'Point d’étape');
    await writeItem(amira, 1, 'mot 01 ');
    await onServer(amira);
    await amira.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    // From here on, this device is the only place for what is written.
    wire.cut();
    await writeItem(amira, 1, 'mot 02 ');
    await go(amira, 'Planning');
    await addCard(amira, 'carte 02', 'À faire');
    await expect(chip(amira)).toHaveText(/^Hors ligne · \d+ modification/);
    await disk.fill();

    await addCard(amira, 'carte 03', 'À faire');
    await expect(chip(amira)).toHaveText(NO_SPACE);
    await expect(amira.getByRole('main').getByText(/^Cet appareil n’a plus d’espace/)).toBeVisible();
    await expect(amira.getByRole('button', { name: /^Ajouter une carte/ })).toHaveCount(0);
    await openMeeting(amira, 'Comité budgétaire');
    // Elsewhere it is still said, and the other document stops at its own first edit that cannot be stored.
    await expect(chip(amira)).toHaveText(NO_SPACE);
    await itemText(amira, 1).press('m');
    await expect(itemText(amira, 1)).toHaveCount(0);
    await expect(amira.getByText('mot 01 mot 02 m')).toBeVisible();

    const exported = await exportFrom(amira, 'Planning');
    for (const title of numbered('carte', 1, 3)) expect(exported).toContain(title);

    await amira.reload();
    await openMeeting(amira, 'Comité budgétaire');
    for (const word of numbered('mot', 1, 2)) await expect(itemText(amira, 1)).toContainText(word);
    await go(amira, 'Planning');
    for (const title of numbered('carte', 1, 2)) await expect(card(amira, title)).toBeVisible();
    await expect(chip(amira)).toHaveText(/^Hors ligne · \d+ modification/);

    await addCard(amira, 'carte 04', 'À faire');
    await expect(chip(amira)).toHaveText(NO_SPACE);
    await disk.free();
    await expect(chip(amira)).toHaveText(/^Hors ligne · \d+ modification/, { timeout: 40_000 });
    await expect(amira.getByRole('log').filter({ hasText: 'Hors ligne' })).toBeAttached();
    await addCard(amira, 'carte 05', 'À faire');
    await expect(chip(amira)).toHaveText(/^Hors ligne · \d+ modification/);
    await amira.reload();
    for (const title of numbered('carte', 4, 5)) await expect(card(amira, title)).toBeVisible();
    wire.mend();
    await onServer(amira);
  } finally {
    await profile.close();
    await wire.close();
    await server.stop();
  }
});

/** Takes the document that is in trouble away as a file, by the chip; answers with the file's text. */
async function exportFrom(page: Page, name: string): Promise<string> {
  await chip(page).click();
  const download = page.waitForEvent('download');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Exporter « ${name} »` })
    .click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`${name}.liasse.json`);
  await page.keyboard.press('Escape');
  return readFileSync(await file.path(), 'utf8');
}

test('two tabs of one profile, one with a dead socket: its edits reach the other tab, the server and a colleague', async () => {
  const server = await TestServer.start();
  const [amiras, benoits] = await Promise.all([Profile.open(), Profile.open()]);
  try {
    const living = await amiras.context.newPage();
    await startTeam(living, server);
    const benoit = await join(benoits, BENOIT, await invite(living));
    await go(benoit, 'Planning');
    await go(living, 'Planning');
    await onServer(living);

    const dead = await amiras.context.newPage();
    // Open, as far as the page can tell, and nobody at the other end: what a sleeping laptop or a captive portal leaves.
    const dials: string[] = [];
    await dead.routeWebSocket(/\/sync\//, (socket) => void dials.push(socket.url()));
    await dead.goto(living.url());
    await addCard(dead, 'carte 01', 'À faire');
    await expect(card(living, 'carte 01')).toBeVisible();
    await expect(card(benoit, 'carte 01')).toBeVisible();
    expect(dials).not.toEqual([]);
    await expect(chip(living)).toHaveText(/^Enregistré sur le serveur/);
    // It has no word of the server's of its own, and claims none; nothing waits any more.
    await expect(chip(dead)).toHaveText('Enregistré sur cet appareil');

    // With no tab that could send it, it is counted as unsent, in both.
    await living.routeWebSocket(/\/sync\//, () => {});
    await living.reload();
    await expect(card(living, 'carte 01')).toBeVisible();
    await addCard(dead, 'carte 02', 'À faire');
    await expect(card(living, 'carte 02')).toBeVisible();
    for (const page of [dead, living])
      await expect(chip(page)).toHaveText(/^Enregistré sur cet appareil · 1 modification à envoyer/);
    await expect(card(benoit, 'carte 02')).toBeHidden();

    // A tab with a socket comes, and sends what others wrote before it was there.
    const fresh = await amiras.context.newPage();
    await fresh.goto(living.url());
    await expect(card(benoit, 'carte 02')).toBeVisible();
    await onServer(fresh);
    for (const page of [dead, living]) await expect(chip(page)).toHaveText('Enregistré sur cet appareil');
  } finally {
    await Promise.all([amiras.close(), benoits.close()]);
    await server.stop();
  }
});

test('a record that does not parse is counted, beside its neighbours; garbage and oversized frames disturb nobody else', async () => {
  const server = await TestServer.start();
  const [amiras, benoits] = await Promise.all([Profile.open(), Profile.open()]);
  try {
    const amira = await amiras.context.newPage();
    await startTeam(amira, server);
    const benoit = await join(benoits, BENOIT, await invite(amira));
    await go(benoit, 'Planning');
    await go(amira, 'Planning');
    await addCard(amira, 'carte 01', 'À faire');
    await expect(card(benoit, 'carte 01')).toBeVisible();
    for (const page of [amira, benoit]) await watch(page, WORDS);

    const stranger = await RawMember.signIn(server, AMIRA);
    const room = boardRoom(teamOnScreen(amira));
    await stranger.change(room, (doc) => {
      const cards = doc.getMap('cards');
      cards.set('une carte', new Y.Map([['title', 12]]));
      cards.set('pas même une carte', 'texte');
      doc.getMap('columns').set('0000000000000000000000c9', new Y.Map([['rank', {}]]));
    });
    for (const page of [amira, benoit]) {
      await expect(
        page.getByRole('status').filter({ hasText: /^3 éléments du tableau .* ne peuvent pas être affichés/ }),
      ).toBeVisible();
      await expect(card(page, 'carte 01')).toBeVisible();
    }

    expect(await stranger.say(room, Uint8Array.of(0, 2, 255, 255, 255, 255, 15, 7))).toBe(CloseCode.malformed);
    await addCard(amira, 'carte 02', 'À faire');
    await expect(card(benoit, 'carte 02')).toBeVisible();
    expect(await stranger.say(room, new Uint8Array(WireLimits.maxFrameBytes + 1))).toBe(CloseCode.tooLarge);
    await addCard(benoit, 'carte 03', 'À faire');
    await expect(card(amira, 'carte 03')).toBeVisible();
    for (const page of [amira, benoit]) {
      await onServer(page);
      expect((await painted(page)).chip.filter((said) => said.startsWith('Hors ligne'))).toEqual([]);
    }
  } finally {
    await Promise.all([amiras.close(), benoits.close()]);
    await server.stop();
  }
});

test('a reader sees everything live, and cannot edit anything, as the screens say', async () => {
  const server = await TestServer.start();
  const [amiras, benoits] = await Promise.all([Profile.open(), Profile.open()]);
  try {
    const amira = await amiras.context.newPage();
    await startTeam(amira, server);
    const benoit = await join(benoits, BENOIT, await invite(amira, 'Lecteur'));
    const readOnly = benoit.getByText('Vos droits dans l’équipe ne permettent pas de le modifier.');
    const waysToWrite = benoit.getByRole('main').locator(':read-write');

    await go(benoit, 'Planning');
    await go(amira, 'Planning');
    await addCard(amira, 'carte 01', 'À faire');
    await expect(card(benoit, 'carte 01')).toBeVisible();
    await expect(readOnly).toBeVisible();
    await expect(benoit.getByRole('button', { name: /Ajouter|Actions sur la |Déplacer/ })).toHaveCount(0);
    await card(benoit, 'carte 01').click();
    await expect(benoit.getByRole('textbox', { name: 'Titre de la carte' })).toHaveValue('carte 01');
    await expect(waysToWrite).toHaveCount(0);

    await newMeeting(amira, 'Comité budgétaire');
    await addItem(amira, 'Point d’étape');
    await go(benoit, 'Réunions');
    await benoit.getByRole('link', { name: /Comité budgétaire/ }).click();
    await writeItem(amira, 1, 'mot 01 ');
    await expect(benoit.getByText('mot 01')).toBeVisible();
    await amira.keyboard.type('mot 02');
    await expect(benoit.getByText('mot 01 mot 02')).toBeVisible();
    await expect(readOnly).toBeVisible();
    await expect(waysToWrite).toHaveCount(0);
    await onServer(amira);
    await expect(chip(benoit)).toHaveText(/^Enregistré sur le serveur/);
  } finally {
    await Promise.all([amiras.close(), benoits.close()]);
    await server.stop();
  }
});
