import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type AccountId, addPiece, type DossierId, newId, type PieceId, type Rank } from '@liasse/core';
import { dossierRoom, type RoomName } from '@liasse/core/protocol';
import { seededRandomness, testDraft } from '@liasse/core/testing';
import { expect, type Page, test } from '@playwright/test';
import { Profile, RawMember, TestServer, teamOnScreen } from './harness/index.ts';
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
    const shown = page.frames().filter((each) => each.url() === 'about:srcdoc');
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
    expect(page.frames().filter((each) => each.url() === 'about:srcdoc')).toEqual(shown);
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  } finally {
    await profile.close();
    await server.stop();
    home.server.close();
  }
});
