import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type AccountId, addPiece, type DossierId, newId, type PieceId, type Rank } from '@liasse/core';
import { dossierRoom, type RoomName } from '@liasse/core/protocol';
import { seededRandomness, testDraft } from '@liasse/core/testing';
import { expect, type Page, test } from '@playwright/test';
import { Profile, RawMember, Site, TestServer, teamOnScreen } from './harness/index.ts';
import { AMIRA, go, makeTeam, signUp } from './harness/people.ts';

/** Ten levels of ten references each: ten thousand million elements, if they were followed. */
const laughs = (levels: number) =>
  `<g id="a0"><rect/></g>${Array.from({ length: levels }, (_, level) => `<g id="a${level + 1}">${`<use href="#a${level}"/>`.repeat(10)}</g>`).join('')}`;

/** Everything a page could try in order to run, to call home, or to leave. `home` is the address it would reach. */
const hostilePage = (home: string) => `<!doctype html><html><head>
  <script>top.pwned = 'script'; fetch('${home}/fetch')</script>
  <meta http-equiv="refresh" content="0;url=${home}/refresh"><base href="${home}/base/" target="_top">
  <link rel="dns-prefetch" href="//evil.test"><link rel="preconnect" href="${home}"><link rel="prefetch" href="${home}/prefetch">
  <link rel="stylesheet" href="${home}/css"><link rel="modulepreload" href="${home}/module">
  <style>@import url(${home}/import); body { background: url(${home}/ground) } @font-face { font-family: f; src: url(${home}/font) } p { font-family: f }</style>
  </head><body onload="top.pwned = 'onload'"><p>Page hostile</p>
  <img src="${home}/img" onerror="top.pwned = 'onerror'"><img srcset="${home}/srcset 1x">
  <video src="${home}/video" poster="${home}/poster" autoplay></video><iframe src="${home}/frame"></iframe>
  <iframe srcdoc="<script>top.pwned = 'srcdoc'</script><meta http-equiv=refresh content='0;url=${home}/inner-refresh'><link rel=preconnect href=${home}><img src=${home}/inner><p>cadre"></iframe><object data="${home}/object"></object><embed src="${home}/embed">
  <svg><image href="${home}/drawing"/><script>top.pwned = 'svg'</script><a><set attributeName="href" to="${home}/set"/><text y="20">dessin</text></a></svg>
  <noscript><img src="${home}/noscript"></noscript><div><template shadowrootmode="open"><img src="${home}/shadow"></template></div>
  <a href="${home}/plain" ping="${home}/ping">sortie</a> <a href="${home}/top" target="_top">dessus</a>
  <a href="javascript:top.pwned='link'">code</a> <a href="#fin">fin</a> <a href="relative">relatif</a>
  <math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=${home}/mutated onerror=top.pwned=1&gt;"></table></mtext></math>
  <svg><style><a title="</style><img src=${home}/mutated>"></style></svg><img name="addEventListener"><form name="querySelectorAll"></form>
  <svg width="9" height="9">${laughs(10)}</svg><p style="background:url(${home}/inline)">style</p>
  <form action="${home}/form"><button>envoyer</button></form><p id="fin">Fin</p></body></html>`;

/** What a hostile page would call: it counts who comes, connections without a word included. */
async function listeningHome(): Promise<{ server: Server; port: number; visits: string[] }> {
  const visits: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('end', () => visits.push('nothing said'));
    socket.once('data', (data) => {
      visits.push(String(data).split('\r\n', 1)[0] ?? '');
      socket.removeAllListeners('end').end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, visits };
}

/** Puts into the dossier on screen a blob of any bytes, by the ordinary wire. */
async function addHostilePiece(server: TestServer, room: RoomName, html: string): Promise<void> {
  const bytes = new TextEncoder().encode(html);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const member = await RawMember.signIn(server, AMIRA);
  await member.putBlob(room, hash, bytes);
  const input = {
    pieceId: newId<PieceId>(seededRandomness(1)),
    rank: 'a0' as Rank,
    draft: testDraft({ title: 'Pièce hostile' }),
    parts: { snapshot: { hash, bytes: bytes.byteLength } },
  };
  const author = { by: member.account as AccountId, at: Date.now() };
  await member.change(room, (doc) => addPiece(doc, input as Parameters<typeof addPiece>[1], author));
}

/** The room of the dossier on screen, from its address. */
function roomOnScreen(page: Page): RoomName {
  const [, dossier] = /\/dossiers\/([^/?]+)/.exec(page.url()) ?? [];
  return dossierRoom(teamOnScreen(page), dossier as DossierId);
}

test('a hostile snapshot runs no script, calls nobody and leads nowhere', async () => {
  const home = await listeningHome();
  const server = await TestServer.start();
  const profile = await Profile.open({ args: ['--host-resolver-rules=MAP evil.test 127.0.0.1'] });
  try {
    const page = await profile.context.newPage();
    await page.goto(server.ownerLink ?? '');
    await signUp(page, AMIRA);
    await makeTeam(page, 'Bureau des subventions');
    await go(page, 'Dossiers');
    await page.getByRole('button', { name: 'Nouveau dossier' }).click();
    await page.getByLabel('Titre du nouveau dossier').fill('Subventions 2026');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Subventions 2026' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Subventions 2026' })).toBeVisible();

    await addHostilePiece(server, roomOnScreen(page), hostilePage(`http://evil.test:${home.port}`));
    await page.getByRole('row', { name: /Pièce hostile/ }).click();
    await page.getByText('Cliché', { exact: true }).click();
    const frame = page.frameLocator('iframe[sandbox="allow-same-origin"]');
    await expect(frame.getByText('Page hostile')).toBeVisible();
    const shown = page.frames().filter((each) => /^(?:about:srcdoc$|blob:)/.test(each.url()));
    // The page and the two frames in it, each as inert as the other.
    expect(shown).toHaveLength(3);
    expect(page.frames().filter((each) => each !== page.mainFrame())).toEqual(shown);
    const address = page.url();

    // No form is left that could be sent.
    await expect(frame.locator('form[action], [formaction]')).toHaveCount(0);
    const ways = [{}, { button: 'middle' as const }, { modifiers: ['Control' as const] }];
    for (const words of ['code', 'fin', 'relatif', 'dessin']) {
      for (const way of ways) await frame.getByText(words, { exact: true }).click(way);
    }
    expect(home.visits).toEqual([]);
    // A link that leads somewhere is opened by the app, in a tab of its own, and only when it is followed.
    for (const way of ways) {
      const tab = profile.context.waitForEvent('page');
      await frame.getByText('dessus', { exact: true }).click(way);
      await (await tab).close();
    }
    expect(home.visits.filter((visit) => !visit.includes('/favicon.ico'))).toEqual(Array(3).fill('GET /top HTTP/1.1'));

    expect(page.url()).toBe(address);
    expect(page.frames().filter((each) => /^(?:about:srcdoc$|blob:)/.test(each.url()))).toEqual(shown);
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  } finally {
    await profile.close();
    await server.stop();
    home.server.close();
  }
});

/** Markup that reads differently the second time, or that runs by other doors than `<script>`. `RUN` stands for what it would do. */
const MUTATIONS = [
  '<svg></p><style><a id="</style><img src=1 onerror=RUN>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=RUN&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=RUN></style></mglyph></form>',
  '<noscript><p title="</noscript><img src=x onerror=RUN>"></noscript>',
  '<svg><foreignObject><math><annotation-xml encoding="text/html"><img src=x onerror=RUN></annotation-xml></math></foreignObject></svg>',
  '<math><annotation-xml encoding="text/html"><style><img src=x onerror=RUN></style></annotation-xml></math>',
  '<svg><desc><template><style></desc><img src=x onerror=RUN></style></template></svg>',
  '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=RUN>">',
  '<svg onload=RUN><animate onbegin=RUN attributeName=x dur=1s/><set attributeName=onmouseover to=RUN /></svg>',
  '<math href="javascript:RUN"><mi xlink:href="javascript:RUN">formule</mi></math>',
  '<svg><a xlink:href="javascript:RUN"><text y="20">dessin</text></a></svg>',
  '<a href="&#1;javascript:RUN">lien</a><a href="data:text/html,<script>RUN</script>">donnees</a>',
  '<details open ontoggle=RUN><summary>plus</summary></details><input autofocus onfocus=RUN><video><source onerror=RUN></video>',
  '<iframe srcdoc="&lt;img src=x onerror=&quot;RUN&quot;&gt;"></iframe><iframe src="javascript:RUN"></iframe>',
  '<xmp><p title="</xmp><img src=x onerror=RUN>"></xmp><textarea></textarea><title><img src=x onerror=RUN></title>',
  '<div id="</style><img src=x onerror=RUN>" style="background:url(x.png);-x:&quot;</style><img src=x onerror=RUN>&quot;">style</div>',
  '<p>&lt;img src=x onerror=RUN&gt; liasse-resource:1 sha256:aa</p><!--><img src=x onerror=RUN>-->',
];

/** Whatever a page could say to what is injected into it, to the worker and to the app, again and again. */
const lookalikes = (extension: string) => `
  const asked = { jobId: '0f8fad5b-d9cb-469f-a165-70867728950e', tab: { id: 1, url: location.href, documentId: null }, take: 'address',
    versionOf: null, title: 'Pièce forgée', facts: null, team: null, dossier: { create: 'Dossier forgé' } };
  const messages = ['clip.start', 'clip.undo', 'complete.ask', 'complete.start'].map((kind) => ({ to: 'worker', kind, request: asked }));
  window.heard = [];
  const own = new Set();
  addEventListener('message', ({ data }) => { if (!data || !data.to) heard.push(data); });
  window.liassePage = { take: () => ({ text: [{ kind: 'paragraph', text: 'Texte forgé' }], coverage: null, missing: [], files: [], unreached: [] }), part: () => '', progress: () => ({ done: 0, of: 0 }), leave() {} };
  window.liasseForm = { read: () => ({}), plan: () => [], apply: () => true };
  const channels = ['liasse', 'liasse-replica', 'replica'].map((name) => new BroadcastChannel(name));
  const say = () => { for (const message of messages) {
    postMessage(message, '*'); postMessage({ to: 'page', liassePage: 'leave', method: 'leave' }, '*');
    for (const channel of channels) channel.postMessage(message);
    document.dispatchEvent(new CustomEvent('liasse', { detail: message }));
    try { chrome.runtime.sendMessage('${extension}', message, (answer) => heard.push(answer)); } catch {}
    try { chrome.runtime.connect('${extension}').postMessage(message); } catch {}
  } };
  say(); setInterval(say, 20);
  Object.prototype.toJSON = () => 'pwned'; Array.prototype.map = () => []; Node.prototype.appendChild = null; window.fetch = () => new Promise(() => {});
  setInterval(() => { for (let n = 0; n < 50; n++) { const p = document.createElement('i'); p.hidden = true; document.body.append(p); p.remove(); } }, 1);`;

test('[C1][C17][C18][C21] a live page that talks to the extension is copied as it is, obeyed in nothing, and runs nothing in its copy', async () => {
  const [site, profile] = await Promise.all([Site.open(), Profile.open()]);
  try {
    const run = "top.document.title='pwned'";
    const markup = MUTATIONS.map((one) => one.replaceAll('RUN', run));
    site.put(
      '/piege',
      `<!doctype html><title>Page bavarde</title><h1>Page bavarde</h1><p>Texte honnête.</p>
       <script>for (const one of ${JSON.stringify(markup).replaceAll('<', '\\u003c')}) document.body.appendChild(document.createElement('section')).innerHTML = one;
       document.title = 'Page bavarde';
       ${lookalikes(profile.extensionId)}</script>`,
    );
    const page = await profile.context.newPage();
    await page.goto(site.url('/piege'));
    const popup = await profile.clickToolbar(page);
    await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
    await popup.getByLabel('Titre').fill('Page bavarde');
    await popup.keyboard.press('Enter');
    await expect(popup.getByText('Pièce ajoutée à À classer.')).toBeVisible();
    expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard.filter(Boolean))).toEqual([]);

    const app = await profile.openPiece(popup);
    await page.close();
    await expect(app.getByText('Texte honnête.').first()).toBeVisible();
    await expect(app.getByText('Texte forgé')).toHaveCount(0);
    const before = site.requests.length;
    await app.getByRole('radio', { name: 'Cliché' }).click({ force: true });
    const copy = app.frameLocator('iframe[sandbox="allow-same-origin"]');
    await expect(copy.getByText('Texte honnête.')).toBeVisible();
    const address = app.url();
    for (const words of ['lien', 'donnees', 'dessin', 'formule', 'style'])
      await copy.getByText(words, { exact: true }).click();
    const pages = profile.context.pages().length;
    // No handler, no address that runs: in the page, its shadow trees and its frames.
    const left = await Promise.all(
      app
        .frames()
        .map((frame) =>
          frame === app.mainFrame()
            ? []
            : frame.evaluate(() =>
                [...document.querySelectorAll('*')].flatMap((element) =>
                  [...element.attributes]
                    .filter(({ name, value }) => /^on/.test(name) || /^\s*javascript:/i.test(value))
                    .map(({ name }) => name),
                ),
              ),
        ),
    );
    expect(left.flat()).toEqual([]);
    expect(await app.title()).not.toContain('pwned');
    expect(app.url()).toBe(address);
    expect(profile.context.pages()).toHaveLength(pages);
    expect(site.requests.slice(before)).toEqual([]);

    await app.goto(`chrome-extension://${profile.extensionId}/app.html#/dossiers`);
    await expect(app.getByRole('link', { name: 'À classer', exact: true }).first()).toBeVisible();
    await expect(app.getByText('Dossier forgé')).toHaveCount(0);
  } finally {
    await profile.close();
    await site.close();
  }
});

// A minute on a busy machine, most of it the page itself: it goes with the long faults.
test('[L5] a page of 50 MB of text is taken in time: what fits is kept, and what does not is said', {
  tag: '@faults',
}, async () => {
  test.slow();
  const [site, profile] = await Promise.all([Site.open(), Profile.open()]);
  try {
    const line = 'Article du registre, que personne ne lira jamais en entier. '.repeat(17);
    const count = Math.ceil((50 * 1024 * 1024) / line.length);
    const lines = Array.from({ length: count }, (_, number) => `<p>${number} ${line}</p>`).join('');
    site.put('/registre', `<!doctype html><title>Registre entier</title><h1>Registre entier</h1>${lines}`);
    const page = await profile.context.newPage();
    await page.goto(site.url('/registre'));
    const popup = await profile.clickToolbar(page);
    await expect(popup.getByRole('combobox', { name: 'Dossier' })).toBeFocused();
    await popup.keyboard.press('Enter');
    await expect(popup.getByText('Pièce ajoutée à À classer.')).toBeVisible({ timeout: 60_000 });
    const app = await profile.openPiece(popup);
    await page.close();
    await expect(app.getByRole('heading', { level: 1, name: 'Registre entier' })).toBeVisible({ timeout: 30_000 });
    await expect(app.getByText(/^Page enregistrée, sauf \d[\d\s]* passages de texte\.$/)).toBeVisible({
      timeout: 60_000,
    });
    await expect(app.getByText(/^0 Article du registre/).first()).toBeVisible();
    await app.getByRole('radio', { name: 'Cliché' }).click({ force: true });
    const copy = app.frameLocator('iframe[sandbox="allow-same-origin"]');
    await expect(copy.getByText(/^0 Article du registre/)).toBeVisible({ timeout: 60_000 });
  } finally {
    await profile.close();
    await site.close();
  }
});
