import { expect, type Page, test } from '@playwright/test';
import { corpusFolder, Profile, Site, TestServer, Wire } from './harness/index.ts';
import { AMIRA, BENOIT, go, invite, makeTeam, signUp } from './harness/people.ts';

let profile: Profile;
let site: Site;

test.beforeEach(async () => {
  [profile, site] = await Promise.all([Profile.open(), Site.open()]);
});

test.afterEach(async () => {
  await Promise.all([profile.close(), site.close()]);
});

/** Opens a page of the site in a tab. */
async function visit(path: string): Promise<Page> {
  const page = await profile.context.newPage();
  await page.goto(site.url(path));
  return page;
}

/** Clicks the toolbar button over a page, and waits until the popup takes keys. */
async function openPopup(page: Page): Promise<Page> {
  const popup = await profile.clickToolbar(page);
  await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
  return popup;
}

const folded = (text: string) => text.replace(/\s+/gu, ' ').trim();

const saved = (popup: Page) => popup.getByText(/^Pièce ajoutée à/);

test('toolbar, popup, Enter: the piece is in the dossier, with no server at all', async () => {
  const page = await visit('/fixtures/eurlex.html');
  await page.evaluate(() => {
    const note = document.createElement('div');
    note.attachShadow({ mode: 'closed' }).innerHTML = '<p>Note que la page tient fermée.</p>';
    document.querySelector('#document1')?.append(note);
  });
  const popup = await openPopup(page);
  await expect(popup.getByLabel('Titre')).toHaveValue(/^Règlement \(UE\) 2024\/9901 du Parlement/);
  await expect(popup.getByText('Règlement 2024/9901 du 11 avril 2024 · CELEX 32024R9901')).toBeVisible();
  await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
  await popup.keyboard.type('Subventions 2026');
  await expect(popup.getByRole('option', { name: 'Créer « Subventions 2026 »' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await popup.keyboard.press('Enter');
  await expect(saved(popup)).toHaveText('Pièce ajoutée à Subventions 2026.');
  await expect(popup.getByText('Enregistré sur cet appareil.')).toBeVisible();

  const app = await profile.openPiece(popup);
  await expect(app.getByRole('heading', { name: /Règlement \(UE\) 2024\/9901/ }).first()).toBeVisible();
  await expect(app.getByText('Chaque service tient une liasse.').first()).toBeVisible();
  // [L4]
  await expect(app.getByText('Note que la page tient fermée.').first()).toBeVisible();
  await expect(app.getByText('32024R9901').first()).toBeVisible();
  await app.getByRole('radio', { name: 'Cliché' }).click({ force: true });
  await expect(app.frameLocator('iframe').getByText('Chaque service tient une liasse.')).toBeVisible();
});

test('a second page goes into the recent dossier with Enter alone; a new name from the keyboard makes another', async () => {
  const first = await openPopup(await visit('/fixtures/eurlex.html'));
  await first.keyboard.type('Subventions');
  await first.keyboard.press('Enter');
  await expect(saved(first)).toBeVisible();

  const second = await openPopup(await visit('/fixtures/legifrance.html'));
  await expect(second.getByRole('option')).toHaveText(['Subventions']);
  await second.keyboard.press('Enter');
  await expect(saved(second)).toHaveText('Pièce ajoutée à Subventions.');

  const third = await openPopup(await visit('/fixtures/circulaire.html'));
  await third.keyboard.type('Circ');
  await expect(third.getByRole('option')).toHaveText(['Créer « Circ »']);
  await third.keyboard.press('Backspace');
  await third.keyboard.press('Backspace');
  await third.keyboard.press('Backspace');
  await third.keyboard.press('Backspace');
  await third.keyboard.type('subv');
  // No dossier has that very name: one may still be made, below the one that was found.
  await expect(third.getByRole('option')).toHaveText(['Subventions', 'Créer « subv »']);
  await third.keyboard.press('ArrowDown');
  await third.keyboard.press('Enter');
  await expect(saved(third)).toHaveText('Pièce ajoutée à subv.');

  const app = await profile.openApp();
  await app.getByRole('link', { name: 'Subventions', exact: true }).first().click();
  await expect(app.getByText(/^Règlement \(UE\) 2024\/9901/).first()).toBeVisible();
  await expect(app.getByText(/^Décret n° 2031-341/).first()).toBeVisible();
});

test('the title can be changed, and the piece taken back', async () => {
  const popup = await openPopup(await visit('/fixtures/circulaire.html'));
  await popup.getByLabel('Titre').fill('La circulaire des liasses');
  await popup.keyboard.press('Enter');
  await expect(saved(popup)).toHaveText('Pièce ajoutée à À classer.');
  await popup.getByRole('button', { name: 'Annuler' }).click();
  await expect(popup.getByText('Pièce placée dans la corbeille.')).toBeVisible();

  const app = await profile.openApp();
  await app.getByRole('link', { name: 'À classer', exact: true }).first().click();
  await expect(app.getByRole('heading', { name: 'À classer' }).first()).toBeVisible();
  await expect(app.getByText('1 pièce dans la corbeille')).toBeVisible();
  await expect(app.getByText('La circulaire des liasses')).toBeHidden();
});

test('with the network down', async () => {
  const page = await visit('/fixtures/eurlex.html');
  await profile.context.setOffline(true);
  await site.close();
  const popup = await openPopup(page);
  await expect(popup.getByText(/CELEX 32024R9901/)).toBeVisible();
  await popup.keyboard.press('Enter');
  await expect(saved(popup)).toBeVisible();
  const app = await profile.openPiece(popup);
  await expect(app.getByText('Chaque service tient une liasse.').first()).toBeVisible();
});

test('a worker stopped in the middle of a capture makes one whole piece', async () => {
  // An image that is shown: what is broken on the page is not read again.
  const image = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  site.put('/lente.png', Buffer.from(image, 'base64'), 'image/png');
  site.put(
    '/page',
    '<html lang="fr"><title>Page lente</title><main><p>Texte de la page lente.</p><img src="/lente.png"></main>',
  );
  const page = await visit('/page');
  const popup = await openPopup(page);
  await expect(popup.getByLabel('Titre')).toHaveValue('Page lente');
  // The copy waits for this image, and the worker is stopped meanwhile.
  const slow = site.hold('/lente.png');
  const requested = site.requested('/lente.png');
  await popup.keyboard.press('Enter');
  await requested;
  await profile.stopWorker();
  slow.release();
  await expect(saved(popup)).toBeVisible({ timeout: 30_000 });

  const app = await profile.openPiece(popup);
  await expect(app.getByText('Texte de la page lente.').first()).toBeVisible();
  await app.goto(`chrome-extension://${profile.extensionId}/app.html#/`);
  await app.reload();
  await app.getByRole('link', { name: 'À classer', exact: true }).first().click();
  await expect(app.getByText('Page lente')).toHaveCount(1);
});

test('a hostile page is taken, and its copy runs nothing, asks for nothing and leads nowhere', async () => {
  site.put(
    '/piege',
    `<html lang="fr"><title>Piège</title><body><p>Texte honnête.</p>
    <form><input name="childNodes"><input name="attributes"></form><img name="body" src="/pixel.png" onerror="fetch('/volé')">
    <a href="javascript:fetch('/volé')">lien</a><svg onload="fetch('/volé')"><script>fetch('/volé')</script></svg>
    <div style="background:url(/fond.png)"></div><iframe src="/cadre"></iframe>
    <script>
      Element.prototype.getAttribute = Array.prototype.map = Array.from = () => { throw new Error('no'); };
      Object.defineProperty(Node.prototype, 'firstChild', { get: () => null });
      // Not laid out, and no deeper: Chromium does not survive the layout of such a tree, and takes minutes to build more.
      const root = document.createElement('div');
      root.style.display = 'none';
      let deep = root;
      for (let depth = 0; depth < 20000; depth++) { const next = document.createElement('div'); deep.append(next); deep = next; }
      document.body.append(root);
      setInterval(() => document.body.append('flot '), 1);
    </script></body></html>`,
  );
  const page = await visit('/piege');
  const popup = await openPopup(page);
  await popup.keyboard.press('Enter');
  await expect(saved(popup)).toBeVisible({ timeout: 30_000 });
  // Its frame is of its own origin, and is in the copy; its background was nowhere.
  await expect(popup.getByText(/sauf 1 image/)).toBeVisible();
  const before = site.requests.length;
  const app = await profile.openPiece(popup);
  await expect(app.getByText('Texte honnête.').first()).toBeVisible();
  expect(site.requests.slice(before)).toEqual([]);
});

test('what the browser keeps to itself is said to be out of reach before trying', async () => {
  for (const address of ['chrome://version', 'about:blank']) {
    const page = await profile.context.newPage();
    await page.goto(address);
    const popup = await profile.clickToolbar(page);
    const words = popup.getByText('Le navigateur ne laisse aucune extension lire cette page', { exact: false });
    await expect(words, address).toBeVisible();
    await expect(popup.getByRole('button', { name: 'Verser dans le dossier' })).toHaveCount(0);
    await page.close();
  }
});

test('pages which nobody here wrote are clipped and read back', async () => {
  const absent = corpusFolder('articles') === null || corpusFolder('eu-law') === null;
  test.skip(absent, 'the corpora are not on this machine');
  for (const path of [
    'articles/lemonde-1',
    'articles/mozilla-1',
    'articles/rtl-1',
    'eu-law/crr',
    'eu-law/proposal_raw',
  ]) {
    await test.step(path, async () => {
      const page = await visit(`/${path}.html`);
      const popup = await openPopup(page);
      await popup.keyboard.press('Enter');
      await expect(saved(popup)).toBeVisible({ timeout: 30_000 });
      const app = await profile.openPiece(popup);
      await expect(app.getByRole('heading').first()).toBeVisible();
      // What a reader came for: the page's longest paragraph, to its last word.
      const paragraphs = (await page.locator('p').allTextContents()).map(folded);
      const longest = paragraphs.reduce((a, b) => (b.length > a.length ? b : a), '');
      expect(longest.length).toBeGreaterThan(200);
      await expect.poll(async () => folded((await app.locator('main').textContent()) ?? '')).toContain(longest);
      await Promise.all([app.close(), popup.close(), page.close()]);
    });
  }
});

test('clipped while the server is away, with no page of the app open: the worker sends it, and a colleague reads it', async () => {
  test.setTimeout(180_000);
  const wire = await Wire.to(0);
  const server = await TestServer.start({ publicUrl: wire.url });
  wire.mend(server.port);
  const colleague = await Profile.open();
  try {
    const app = await profile.openApp('/rejoindre');
    await signUp(app, AMIRA, server.ownerLink ?? '');
    await makeTeam(app, 'Bureau des subventions');
    const benoit = await colleague.context.newPage();
    await benoit.goto(await invite(app));
    await signUp(benoit, BENOIT);
    await app.close();

    const page = await visit('/fixtures/eurlex.html');
    wire.cut();
    const popup = await openPopup(page);
    await popup.keyboard.type('Subventions 2026');
    await popup.keyboard.press('Enter');
    await expect(saved(popup)).toBeVisible();

    wire.mend();
    // What the browser does every minute while something waits.
    const worker = await profile.worker();
    await worker.evaluate('chrome.alarms.create("retry", { when: Date.now() })');
    await go(benoit, 'Dossiers');
    // An attempt that began while the server was away is given up after half a minute; the next one follows it.
    await benoit.getByRole('link', { name: 'Subventions 2026' }).click({ timeout: 60_000 });
    await benoit
      .getByText(/^Règlement \(UE\) 2024\/9901/)
      .first()
      .click({ timeout: 60_000 });
    await expect(benoit.getByText('Chaque service tient une liasse.').first()).toBeVisible();
    await benoit.getByText('Cliché', { exact: true }).click();
    await expect(benoit.frameLocator('iframe').getByText('Chaque service tient une liasse.')).toBeVisible();
    // Nothing waits any more: the worker may sleep.
    await expect.poll(() => worker.evaluate('chrome.alarms.get("retry").then((alarm) => alarm ?? null)')).toBe(null);
  } finally {
    await Promise.all([colleague.close(), wire.close(), server.stop()]);
  }
});

test('from the side panel, once the page was granted', async () => {
  const page = await visit('/fixtures/legifrance.html');
  const popup = await openPopup(page);
  await popup.keyboard.type('Subventions');
  await popup.keyboard.press('Enter');
  await expect(saved(popup)).toBeVisible();
  const panel = await profile.openSidePanel(popup);
  await panel.getByRole('link', { name: 'Subventions', exact: true }).first().click();
  const beside = panel.getByRole('region', { name: 'Page ouverte à côté' });
  await expect(beside.getByText(/^Décret n° 2031-341/)).toBeVisible();
  await beside.getByRole('button', { name: 'Verser cette page ici' }).click();
  await expect(panel.getByText('Page versée au dossier.')).toBeVisible();
  // The worker wrote it; the panel hears of it from the worker, without a server.
  await expect(panel.getByRole('grid', { name: 'Bordereau des pièces' }).getByRole('row')).toHaveCount(2);

  const other = await profile.context.newPage();
  await other.goto('chrome://version');
  await other.bringToFront();
  await expect(panel.getByText('Liasse n’a pas accès à cet onglet.', { exact: false })).toBeVisible();
});
