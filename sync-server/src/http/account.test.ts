import { HttpRefusal, LinkPreview, Me, Members, newId, Session, type TeamId } from '@liasse/core/protocol';
import { describe, expect, test } from 'vitest';
import { startServer } from '../server.ts';
import { ask, configOn, random, startSite, temporaryFolder } from '../testing/testServer.ts';

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(url, { method: 'POST', body, headers });
const password = 'motdepasse';

describe('coming in', () => {
  test('[S50] an invitation, from the owner’s hand to a member’s screen', async () => {
    const site = await startSite({ realPasswords: true });
    const { url } = site.server;
    const invitation = await site.owner.ask('POST', `/api/teams/${site.team}/invitations`, { role: 'reader' });
    const { url: link, expiresAt } = invitation.body as { url: string; expiresAt: number };
    expect(link.startsWith(`${url}/rejoindre#`)).toBe(true);
    expect(expiresAt - Date.now()).toBeGreaterThan(6 * 24 * 3_600_000);
    const token = link.split('#')[1];

    const preview = await post(`${url}/api/links/preview`, { token });
    const team = { name: 'Bureau des essais', role: 'reader', invitedBy: 'Olympe' };
    expect(LinkPreview.parse(preview.body)).toEqual({ kind: 'invitation', team });

    const form = { token, name: 'Basile', email: 'Basile@Exemple.fr', password };
    const signedUp = await post(`${url}/api/links/sign-up`, form);
    const { bearer, me } = Session.parse(signedUp.body);
    expect(me).toMatchObject({ account: { name: 'Basile', serverOwner: false }, teams: [{ role: 'reader' }] });
    const [cookie] = signedUp.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);

    const byBearer = await ask(`${url}/api/me`, { headers: { authorization: `Bearer ${bearer}` } });
    const byCookie = await ask(`${url}/api/me`, { headers: { cookie: cookie?.split(';')[0] ?? '' } });
    expect(Me.parse(byBearer.body)).toEqual(me);
    expect(Me.parse(byCookie.body)).toEqual(me);

    const members = Members.parse((await site.owner.ask('GET', `/api/teams/${site.team}/members`)).body);
    expect(members.map(({ name, role }) => `${name} ${role}`).sort()).toEqual(['Basile reader', 'Olympe owner']);

    const signedIn = await post(`${url}/api/session`, { email: 'basile@exemple.fr', password });
    expect(Session.parse(signedIn.body).me).toEqual(me);
  });

  test('[S50] someone who has an account follows an invitation with it; it never lowers a role', async () => {
    const site = await startSite();
    const person = await site.join('editor');
    const invite = async (role: string) => {
      const { body } = await site.owner.ask('POST', `/api/teams/${site.team}/invitations`, { role });
      return { token: (body as { url: string }).url.split('#')[1] };
    };
    const lower = Me.parse((await person.ask('POST', '/api/links/accept', await invite('reader'))).body);
    expect(lower.teams[0]?.role).toBe('editor');
    const higher = Me.parse((await person.ask('POST', '/api/links/accept', await invite('owner'))).body);
    expect(higher.teams[0]?.role).toBe('owner');
  });

  test('[S51] nobody signs up without a link: a wrong, used or old one opens nothing, twice at once one', async () => {
    let at = Date.now();
    const site = await startSite({ now: () => at });
    const signUp = (token: string, n: number) =>
      post(`${site.server.url}/api/links/sign-up`, { token, name: 'X', email: `x${n}@exemple.fr`, password });
    expect(await signUp('x'.repeat(43), 1)).toMatchObject({ status: 404, body: { code: 'not-found' } });

    const invite = async () => {
      const { body } = await site.owner.ask('POST', `/api/teams/${site.team}/invitations`, { role: 'editor' });
      return (body as { url: string }).url.split('#')[1] ?? '';
    };
    const token = await invite();
    const both = await Promise.all([signUp(token, 2), signUp(token, 3)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(await signUp(token, 4)).toMatchObject({ status: 410, body: { code: 'used' } });
    const old = await invite();
    at += 7 * 24 * 3_600_000;
    expect(await signUp(old, 5)).toMatchObject({ status: 410, body: { code: 'expired' } });
  });

  test('[S51] the account library’s own routes are not there', async () => {
    const { server } = await startSite();
    for (const path of ['/api/auth/sign-up/email', '/api/auth/sign-in/email', '/sign-up/email', '/api/auth/ok']) {
      const refused = await post(`${server.url}${path}`, { name: 'X', email: 'x@exemple.fr', password });
      expect(refused).toMatchObject({ status: 404, body: { ok: false, code: 'not-found' } });
    }
  });

  test('[S51] a link is given back when the sign-up is refused: the address has an account', async () => {
    const site = await startSite();
    const { body } = await site.owner.ask('POST', `/api/teams/${site.team}/invitations`, { role: 'editor' });
    const token = (body as { url: string }).url.split('#')[1];
    const { email } = Me.parse((await site.owner.ask('GET', '/api/me')).body).account;
    const sent = { token, name: 'X', email, password };
    const refused = await post(`${site.server.url}/api/links/sign-up`, sent);
    expect(refused).toMatchObject({ status: 409, body: { code: 'already-exists' } });
    const again = await post(`${site.server.url}/api/links/sign-up`, { ...sent, email: 'autre@exemple.fr' });
    expect(again.status).toBe(200);
  });

  test('[S52] the owner’s link is new at each start until there is an owner, and only the last one works', async () => {
    const folder = await temporaryFolder();
    const first = await startServer(configOn(folder));
    await first.close();
    const second = await startServer(configOn(folder));
    const tokenOf = (link: string | null) => ({ token: link?.split('#')[1] ?? '' });
    const stale = await post(`${second.url}/api/links/preview`, tokenOf(first.ownerLink));
    expect(stale.body).toMatchObject({ ok: false, code: 'not-found' });
    const form = { name: 'Olympe', email: 'o@exemple.fr', password, ...tokenOf(second.ownerLink) };
    const { me } = Session.parse((await post(`${second.url}/api/links/sign-up`, form)).body);
    expect(me.account.serverOwner).toBe(true);
    await second.close();
    const third = await startServer(configOn(folder));
    expect(third.ownerLink).toBeNull();
    const back = await post(`${third.url}/api/session`, { email: 'o@exemple.fr', password });
    expect(Session.parse(back.body).me).toEqual(me);
    await third.close();
  });
});

describe('signing in', () => {
  test('[S53] a wrong password and an unknown address get the same answer; many tries are slowed per account', async () => {
    let at = 0;
    const site = await startSite({ now: () => at, realPasswords: true });
    const { email } = Me.parse((await site.owner.ask('GET', '/api/me')).body).account;
    const tryIn = (who: string, secret: string) =>
      post(`${site.server.url}/api/session`, { email: who, password: secret });
    const wrong = await tryIn(email, 'pas le bon');
    const unknown = await tryIn('personne@exemple.fr', 'pas le bon');
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
    expect(unknown.body).toEqual(wrong.body);
    for (let i = 0; i < 9; i += 1) await tryIn(email.toUpperCase(), 'pas le bon');
    expect(await tryIn(email, password)).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    expect((await tryIn('autre@exemple.fr', 'x')).status).toBe(400);
    at += 60_000;
    expect((await tryIn(email, password)).status).toBe(200);
  });

  test('[S53] what cannot be read is refused with a code, whatever it is', async () => {
    const { server, owner } = await startSite();
    const cases: [string, string, unknown, number, string][] = [
      ['POST', '/api/session', { email: 'no', password: 'x' }, 400, 'invalid-input'],
      ['POST', '/api/session', { email: 'a@b.fr', password: 'x', extra: 1 }, 400, 'invalid-input'],
      ['POST', '/api/teams', { id: 'x', name: 'y' }, 400, 'invalid-input'],
      ['POST', '/api/teams', { id: newId(random), name: '' }, 400, 'invalid-input'],
      ['POST', '/api/tickets', { room: '../../etc' }, 400, 'invalid-input'],
      ['POST', '/api/teams/x/invitations', { role: 'king' }, 400, 'invalid-input'],
      ['POST', '/api/links/accept', { token: 'x'.repeat(100_000) }, 413, 'too-large'],
      ['GET', '/api/nothing', undefined, 404, 'not-found'],
    ];
    for (const [method, path, body, status, code] of cases) {
      const refused = await owner.ask(method, path, body);
      expect([path, refused.status, HttpRefusal.parse(refused.body).code]).toEqual([path, status, code]);
    }
    const broken = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      body: '{"email":',
      headers: { 'content-type': 'application/json' },
    });
    expect(HttpRefusal.parse(await broken.json()).code).toBe('invalid-input');
    expect((await ask(`${server.url}/api/me`)).body).toMatchObject({ code: 'signed-out' });
  });
});

describe('teams', () => {
  test('[S54] only an owner invites; who is outside sees neither members nor existence', async () => {
    const site = await startSite();
    const editor = await site.join('editor');
    const refused = await editor.ask('POST', `/api/teams/${site.team}/invitations`, { role: 'reader' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const elsewhere = newId<TeamId>(random);
    await editor.ask('POST', '/api/teams', { id: elsewhere, name: 'Ailleurs' });
    const [foreign, absent] = await Promise.all(
      [elsewhere, newId<TeamId>(random)].map((team) => site.owner.ask('GET', `/api/teams/${team}/members`)),
    );
    expect(foreign).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(absent?.body).toEqual(foreign?.body);
  });

  test('[S54] making the same team again is the same team; another’s id is refused', async () => {
    const site = await startSite();
    const again = await site.owner.ask('POST', '/api/teams', { id: site.team, name: 'Autre nom' });
    expect(again).toMatchObject({ status: 200, body: { name: 'Bureau des essais', role: 'owner' } });
    const editor = await site.join('editor');
    const taken = await editor.ask('POST', '/api/teams', { id: site.team, name: 'À moi' });
    expect(taken).toMatchObject({ status: 409, body: { code: 'already-exists' } });
  });
});

describe('origins', () => {
  test('[S55] a page elsewhere changes nothing with our cookie; our own and an extension’s bearer do', async () => {
    const site = await startSite();
    const { url } = site.server;
    const { email } = Me.parse((await site.owner.ask('GET', '/api/me')).body).account;
    const [set] = (await post(`${url}/api/session`, { email, password })).headers.getSetCookie();
    const cookie = set?.split(';')[0] ?? '';
    const team = () => ({ id: newId(random), name: 'Équipe' });
    const create = (headers: Record<string, string>) => post(`${url}/api/teams`, team(), headers);

    const evil = await create({ cookie, origin: 'https://ailleurs.example' });
    expect(evil).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await create({ cookie })).status).toBe(403);
    expect((await create({ cookie, origin: url })).status).toBe(200);
    expect((await create({ cookie, origin: url.replace('127.0.0.1', 'localhost') })).status).toBe(200);
    const origin = 'chrome-extension://abcdefghijklmnop';
    expect((await create({ cookie, origin })).status).toBe(401);
    const extension = await create({ authorization: `Bearer ${site.owner.bearer}`, origin });
    expect(extension.status).toBe(200);
    expect(extension.headers.get('access-control-allow-origin')).toBe(origin);
    expect(extension.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('[S55] an extension’s preflight is answered, a private network’s too; a page’s is not', async () => {
    const { server } = await startSite();
    const preflight = (origin: string) => {
      const headers = {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-private-network': 'true',
      };
      return ask(`${server.url}/api/me`, { method: 'OPTIONS', headers });
    };
    const extension = await preflight('moz-extension://0a1b2c3d-aaaa-bbbb-cccc-0123456789ab');
    expect(extension.status).toBe(204);
    expect(extension.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(extension.headers.get('access-control-allow-private-network')).toBe('true');
    const page = await preflight('https://ailleurs.example');
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('[S56] roles', () => {
  const rolesOf = async (site: Awaited<ReturnType<typeof startSite>>) => {
    const { body } = await site.owner.ask('GET', `/api/teams/${site.team}/members`);
    return Object.fromEntries(Members.parse(body).map(({ accountId, role }) => [accountId, role]));
  };

  test('an owner gives and takes roles; others only take themselves out', async () => {
    const site = await startSite();
    const [editor, reader] = [await site.join('editor'), await site.join('reader')];
    const put = (by: typeof editor, of: typeof editor, role: string | null) =>
      by.ask('PUT', `/api/teams/${site.team}/members/${of.id}`, { role });
    for (const [by, of, role] of [
      [editor, reader, 'editor'],
      [reader, reader, 'editor'],
      [editor, site.owner, null],
    ] as const) {
      expect(HttpRefusal.parse((await put(by, of, role)).body).code).toBe('forbidden');
    }
    expect(Members.parse((await put(site.owner, reader, 'editor')).body)).toHaveLength(3);
    expect((await put(reader, reader, null)).status).toBe(200);
    expect(await rolesOf(site)).toEqual({ [site.owner.id]: 'owner', [editor.id]: 'editor' });
    expect(HttpRefusal.parse((await put(site.owner, reader, 'editor')).body).code).toBe('not-found');
  });

  test('a team keeps one owner', async () => {
    const site = await startSite();
    const second = await site.join('editor');
    const put = (account: string, role: string | null) =>
      site.owner.ask('PUT', `/api/teams/${site.team}/members/${account}`, { role });
    for (const role of ['editor', null]) {
      expect(HttpRefusal.parse((await put(site.owner.id, role)).body)).toMatchObject({
        code: 'conflict',
        details: { reason: 'last-owner' },
      });
    }
    await put(second.id, 'owner');
    expect((await put(site.owner.id, 'reader')).status).toBe(200);
  });
});
