import { createServer } from 'node:net';
import { Health, IdentityEntry, Me, SignInWays } from '@liasse/core/protocol';
import { expect, onTestFinished, test } from 'vitest';
import type { IdentitySettings } from '../identityConfig.ts';
import { Browser } from '../testing/browser.ts';
import { startProvider, type TestProvider } from '../testing/testProvider.ts';
import { ask, configOn, startSite, type TestSite, temporaryFolder } from '../testing/testServer.ts';

const password = 'motdepasse';

interface Place {
  readonly site: TestSite;
  readonly provider: TestProvider;
  readonly log: Record<string, unknown>[];
}

/** A server and a provider that know each other. */
async function open(
  change: Partial<IdentitySettings> = {},
  options: Partial<Parameters<typeof startProvider>[0]> & { now?: () => number } = {},
): Promise<Place> {
  const port = await freePort();
  const backTo = `http://127.0.0.1:${port}`;
  const provider = await startProvider({ backTo, ...options });
  onTestFinished(() => provider.stop());
  const log: Record<string, unknown>[] = [];
  const site = await startSite(
    { log: (event, fields) => log.push({ event, ...fields }), ...(options.now && { now: options.now }) },
    configOn(await temporaryFolder(), { port, identity: provider.settings(change) }),
  );
  return { site, provider, log };
}
function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
const inviteTo = async ({ owner, team }: TestSite, role = 'editor') => {
  const { body } = await owner.ask('POST', `/api/teams/${team}/invitations`, { role });
  return (body as { url: string }).url.split('#')[1] ?? '';
};
const entry = (body: unknown) => IdentityEntry.parse(body);

test('[S114] [S116] a good sign-in: with an invitation an account is made and the link used up; afterwards the identity is enough', async () => {
  const { site, provider, log } = await open();
  const { url } = site.server;
  expect(SignInWays.parse((await ask(`${url}/api/sign-in-ways`)).body)).toEqual({
    identityProvider: { label: 'Fournisseur d’essai' },
  });
  const link = await inviteTo(site);
  const browser = new Browser(url);
  const reply = await browser.signIn({ link });
  const { session, followed } = entry(reply.body);
  expect(followed).toBe(true);
  expect(session?.me).toMatchObject({
    account: { name: 'Amira Benali', email: 'amira@exemple.fr' },
    teams: [{ id: site.team, role: 'editor' }],
  });
  // The session is this browser’s from now on.
  expect(Me.parse((await browser.ask('GET', '/api/me')).body)).toEqual(session?.me);
  expect((await browser.ask('GET', '/api/sessions')).body).toMatchObject([{ kind: 'web', current: true }]);
  expect((await ask(`${url}/api/links/preview`, { method: 'POST', body: { token: link } })).body).toMatchObject({
    code: 'used',
  });

  provider.person = { sub: 'amira', email: 'nouvelle.adresse@exemple.fr' };
  const again = entry((await new Browser(url).signIn()).body);
  expect(again).toMatchObject({ followed: false, session: { me: { account: { id: session?.me.account.id } } } });

  const [first] = provider.asked;
  expect(first?.get('code_challenge_method')).toBe('S256');
  for (const name of ['state', 'nonce']) expect(first?.get(name)?.length).toBeGreaterThanOrEqual(32);
  const written = JSON.stringify(log);
  for (const secret of [first?.get('state'), first?.get('nonce'), session?.bearer, link]) {
    expect(written).not.toContain(secret);
  }
});

test('[S116] whom nobody invited stays outside, and nothing is made; the operator may let everyone in', async () => {
  const { site } = await open();
  const refused = await new Browser(site.server.url).signIn();
  expect(refused).toMatchObject({ status: 403, body: { ok: false, code: 'not-invited' } });
  const link = await inviteTo(site);
  const form = { token: link, name: 'Amira', email: 'amira@exemple.fr', password };
  expect((await ask(`${site.server.url}/api/links/sign-up`, { method: 'POST', body: form })).status).toBe(200);

  const open_ = await open({ signUp: true });
  const { session } = entry((await new Browser(open_.site.server.url).signIn()).body);
  expect(session?.me).toMatchObject({ account: { email: 'amira@exemple.fr' }, teams: [] });
});

test('[S116] a link that is wrong or used makes no account, and a provider that gives no address neither: the link stays', async () => {
  const { site, provider } = await open();
  const { url } = site.server;
  expect(await new Browser(url).signIn({ link: 'x'.repeat(43) })).toMatchObject({ body: { code: 'not-found' } });
  const link = await inviteTo(site);
  provider.person = { sub: 'amira' };
  expect(await new Browser(url).signIn({ link })).toMatchObject({ status: 403, body: { code: 'provider-refused' } });
  provider.person = { sub: 'amira', email: 'amira@exemple.fr' };
  expect(entry((await new Browser(url).signIn({ link })).body).followed).toBe(true);
});

test('[S114] PKCE can be turned off, for an issuer that refuses more than it knows', async () => {
  const { site, provider } = await open({ pkce: false, signUp: true }, { refusesPkce: true });
  expect(entry((await new Browser(site.server.url).signIn()).body).session).not.toBeNull();
  const names = [...(provider.asked[0]?.keys() ?? [])].sort();
  expect(names).toEqual(['client_id', 'nonce', 'redirect_uri', 'response_type', 'scope', 'state']);
});

test('[S114] userinfo signed as a JWT is verified by the issuer’s keys, and where the setting wants it nothing else passes', async () => {
  const signed = await open({ signUp: true, userinfoAlgorithm: 'ES256' }, { userinfoAlg: 'ES256' });
  const { url } = signed.site.server;
  expect(entry((await new Browser(url).signIn()).body).session?.me.account.name).toBe('Amira Benali');
  const spoils = {
    'another key': () => ({ key: 'other' as const }),
    'changed after it was signed': (claims: object) => ({
      claims: { ...claims, email: 'x@exemple.fr' },
      alg: 'unsigned change',
    }),
    'no signature': () => ({ alg: 'none' }),
    'the client’s own secret': () => ({ alg: 'HS256' }),
    'another subject': (claims: object) => ({ claims: { ...claims, sub: 'benoit' } }),
    'for another client': (claims: object) => ({ claims: { ...claims, aud: 'autre' } }),
    'of another issuer': (claims: object) => ({ claims: { ...claims, iss: 'https://autre.example' } }),
  };
  for (const [what, spoil] of Object.entries(spoils)) {
    signed.provider.spoilUserinfo = spoil;
    const reply = await new Browser(url).signIn();
    expect([what, reply.status, reply.body]).toMatchObject([what, 403, { code: 'provider-refused' }]);
  }
  const plain = await open({ signUp: true, userinfoAlgorithm: 'ES256' });
  expect(await new Browser(plain.site.server.url).signIn()).toMatchObject({ body: { code: 'provider-refused' } });
});

test('[S114] an id_token that does not hold lets nobody in, and the password still does', async () => {
  const { site, provider, log } = await open({ signUp: true });
  const { url } = site.server;
  const past = Math.floor(Date.now() / 1000) - 3_600;
  const spoils = {
    'another nonce': (claims: object) => ({ claims: { ...claims, nonce: 'x'.repeat(43) } }),
    'no nonce': (claims: object) => ({ claims: { ...claims, nonce: undefined } }),
    'for another client': (claims: object) => ({ claims: { ...claims, aud: 'autre' } }),
    'of another issuer': (claims: object) => ({ claims: { ...claims, iss: 'https://autre.example' } }),
    expired: (claims: object) => ({ claims: { ...claims, iat: past - 60, exp: past } }),
    'another key': () => ({ key: 'other' as const }),
    'changed after it was signed': (claims: object) => ({
      claims: { ...claims, sub: 'benoit' },
      alg: 'unsigned change',
    }),
    'no signature': () => ({ alg: 'none' }),
    'the client’s own secret': () => ({ alg: 'HS256' }),
    'no token at all': () => ({ raw: 'x' }),
  };
  for (const [what, spoil] of Object.entries(spoils)) {
    provider.spoil = spoil;
    const reply = await new Browser(url).signIn();
    expect([what, reply.status, reply.body]).toMatchObject([what, 403, { code: 'provider-refused' }]);
  }
  expect(log.filter(({ event }) => event === 'identity-refused')).toHaveLength(Object.keys(spoils).length);
  const { email } = site.owner;
  expect((await ask(`${url}/api/session`, { method: 'POST', body: { email, password } })).status).toBe(200);
  provider.spoil = null;
  expect(entry((await new Browser(url).signIn()).body).session).not.toBeNull();
});

test('[S115] an answer of another state, of another browser, or told twice, changes nothing', async () => {
  const { site } = await open({ signUp: true });
  const { url } = site.server;
  const browser = new Browser(url);
  const back = await browser.visitProvider(await browser.start());
  const wrong = new URL(back);
  wrong.searchParams.set('state', 'x'.repeat(43));
  await browser.comeBack(wrong.href);
  expect(await browser.fetchSession()).toMatchObject({ status: 400, body: { code: 'cancelled' } });

  // The answer of one browser, carried into another that had begun as well.
  const thief = new Browser(url);
  await thief.start();
  await thief.comeBack(back);
  expect(await thief.fetchSession()).toMatchObject({ status: 400, body: { code: 'cancelled' } });

  await browser.comeBack(back);
  await browser.comeBack(back);
  // Nor does an extension fetch what a page of ours is waited for.
  const foreign = await browser.ask('POST', '/api/oidc/session', {}, 'chrome-extension://abcdefghijklmnop');
  expect(foreign).toMatchObject({ status: 400, body: { code: 'cancelled' } });
  expect((await browser.fetchSession()).status).toBe(200);
  expect(await browser.fetchSession()).toMatchObject({ status: 400, body: { code: 'cancelled' } });
  await browser.start();
  await browser.comeBack(back);
  expect(await browser.fetchSession()).toMatchObject({ status: 400, body: { code: 'cancelled' } });
});

test('[S115] an answer that comes after ten minutes is nobody’s; the code in it is not used', async () => {
  let at = Date.now();
  const { site } = await open({ signUp: true }, { now: () => at });
  const browser = new Browser(site.server.url);
  const back = await browser.visitProvider(await browser.start());
  at += 600_000;
  await browser.comeBack(back);
  expect(await browser.fetchSession()).toMatchObject({ status: 400, body: { code: 'cancelled' } });
});

test('[S115] a person who says no at the provider is told that nothing was done', async () => {
  const { site } = await open({ signUp: true });
  const browser = new Browser(site.server.url);
  const asked = new URL(await browser.start());
  const no = new URLSearchParams({ error: 'access_denied', state: asked.searchParams.get('state') ?? '' });
  no.set('iss', asked.origin);
  await browser.comeBack(`${site.server.url}/api/oidc/callback?${no}`);
  expect(await browser.fetchSession()).toMatchObject({ body: { code: 'cancelled' } });
});

test('[S118] with the provider away, before or meanwhile, that is said; the password goes on, and so does the server', async () => {
  let at = Date.now();
  const { site, provider } = await open({ signUp: true }, { now: () => at });
  const { url } = site.server;
  const browser = new Browser(url);
  const back = await browser.visitProvider(await browser.start());
  await provider.stop();
  await browser.comeBack(back);
  expect(await browser.fetchSession()).toMatchObject({ status: 503, body: { code: 'provider-away' } });
  expect(
    (await ask(`${url}/api/session`, { method: 'POST', body: { email: site.owner.email, password } })).status,
  ).toBe(200);

  // Nobody is sent to a provider that is no longer there.
  at += 10_000;
  expect(await browser.tryStart()).toMatchObject({ status: 503, body: { code: 'provider-away' } });

  const never = await open();
  await never.provider.stop();
  expect(await new Browser(never.site.server.url).tryStart()).toMatchObject({
    status: 503,
    body: { ok: false, code: 'provider-away' },
  });
  expect(Health.parse((await ask(`${never.site.server.url}/healthz`)).body).ok).toBe(true);
});

test('[S117] an identity does not open the account of its address, verified or not, unless the operator trusts it', async () => {
  const { site, provider } = await open({ signUp: true });
  provider.person = { sub: 'intrus', email: site.owner.email.toUpperCase(), email_verified: true };
  const reply = await new Browser(site.server.url).signIn({ link: await inviteTo(site) });
  expect(reply).toMatchObject({ status: 409, body: { code: 'already-exists' } });
  expect((await site.owner.ask('GET', '/api/me')).status).toBe(200);
});

test('[S117] a trusted issuer opens it by a verified address, and whoever made it with a password is out', async () => {
  const { site, provider } = await open({ trustEmail: true });
  const { url } = site.server;
  const { email } = site.owner;
  provider.person = { sub: 'olympe', email };
  expect(await new Browser(url).signIn()).toMatchObject({ status: 409, body: { code: 'already-exists' } });
  provider.person = { sub: 'olympe', email, email_verified: true };
  const { session } = entry((await new Browser(url).signIn()).body);
  expect(session?.me.account.id).toBe(site.owner.id);
  expect((await site.owner.ask('GET', '/api/me')).status).toBe(401);
  const byPassword = await ask(`${url}/api/session`, { method: 'POST', body: { email, password } });
  expect(byPassword).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
  // An address that was given to someone else since.
  provider.person = { sub: 'successeur', email, email_verified: true };
  expect(await new Browser(url).signIn()).toMatchObject({ status: 409, body: { code: 'already-exists' } });
});

test('[S117] who is signed in attaches an identity, to their own account alone', async () => {
  const { site, provider } = await open();
  const { url } = site.server;
  const browser = new Browser(url);
  expect(await browser.tryStart({ purpose: 'attach' })).toMatchObject({ status: 401, body: { code: 'signed-out' } });
  await browser.ask('POST', '/api/session', { email: site.owner.email, password });
  provider.person = { sub: 'olympe', email: 'autre@exemple.fr' };
  expect(entry((await browser.signIn({ purpose: 'attach' })).body)).toEqual({
    ...{ session: null, followed: false },
    attached: 'autre@exemple.fr',
  });
  // Whoever is signed in there already: it is asked who they are.
  expect(provider.asked.at(-1)?.get('prompt')).toBe('login');
  const { session } = entry((await new Browser(url).signIn()).body);
  expect(session?.me.account.id).toBe(site.owner.id);

  // Someone else signs in before the answer is fetched.
  const editor = await site.join('editor');
  const shared = new Browser(url);
  await shared.ask('POST', '/api/session', { email: editor.email, password });
  provider.person = { sub: 'editrice', email: 'editrice@exemple.fr' };
  await shared.comeBack(await shared.visitProvider(await shared.start({ purpose: 'attach' })));
  await shared.ask('POST', '/api/session', { email: site.owner.email, password });
  expect(await shared.fetchSession()).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  // An identity that is somebody else’s already.
  provider.person = { sub: 'olympe' };
  const third = new Browser(url);
  await third.ask('POST', '/api/session', { email: editor.email, password });
  expect(await third.signIn({ purpose: 'attach' })).toMatchObject({ status: 409, body: { code: 'already-exists' } });
});

test('[S121] who has a password takes their identity off again; who has none keeps the one way in', async () => {
  const { site, provider } = await open({ signUp: true });
  const { url } = site.server;
  const browser = new Browser(url);
  await browser.ask('POST', '/api/session', { email: site.owner.email, password });
  const own = async (person: Browser) => (await person.ask('GET', '/api/identity')).body;
  expect(await own(browser)).toEqual({ attached: false, removable: true });
  provider.person = { sub: 'olympe', email: 'autre@exemple.fr' };
  await browser.signIn({ purpose: 'attach' });
  expect(await own(browser)).toEqual({ attached: true, removable: true });
  expect((await browser.ask('DELETE', '/api/identity')).status).toBe(200);
  expect(await own(browser)).toEqual({ attached: false, removable: true });

  provider.person = { sub: 'amira', email: 'amira@exemple.fr' };
  const amira = new Browser(url);
  await amira.signIn();
  expect(await own(amira)).toEqual({ attached: true, removable: false });
  expect(await amira.ask('DELETE', '/api/identity')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(entry((await new Browser(url).signIn()).body).session).not.toBeNull();
});

test('[S119] signing out leaves the provider as well, and comes back to a page of ours', async () => {
  const { site, provider } = await open({ signUp: true });
  const browser = new Browser(site.server.url);
  await browser.signIn();
  const { leaveAt } = (await browser.ask('DELETE', '/api/session')).body as { leaveAt: string };
  const leave = new URL(leaveAt);
  expect(leave.origin).toBe(provider.issuer);
  expect(leave.searchParams.get('post_logout_redirect_uri')).toBe(`${site.server.url}/connexion`);
  expect(leave.searchParams.get('id_token_hint')).toBeTruthy();
  expect(leave.searchParams.get('state')?.length).toBeGreaterThanOrEqual(32);
  expect((await browser.ask('GET', '/api/me')).status).toBe(401);
  // One that a password began has nowhere else to go.
  await browser.ask('POST', '/api/session', { email: site.owner.email, password });
  expect((await browser.ask('DELETE', '/api/session')).body).toEqual({ leaveAt: null });
});

test('[S119] with the provider away, signing out is done all the same', async () => {
  const { site, provider } = await open({ signUp: true });
  const browser = new Browser(site.server.url);
  await browser.signIn();
  await provider.stop();
  expect((await browser.ask('DELETE', '/api/sessions')).status).toBe(200);
  expect((await browser.ask('GET', '/api/me')).status).toBe(401);
});

test('[S118] without a provider there is no way to one', async () => {
  const site = await startSite();
  expect((await ask(`${site.server.url}/api/sign-in-ways`)).body).toEqual({ identityProvider: null });
  expect(await new Browser(site.server.url).tryStart()).toMatchObject({ status: 404, body: { code: 'not-found' } });
});
