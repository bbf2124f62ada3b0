import { Health, Me, SignInWays } from '@liasse/core/protocol';
import { expect, test } from 'vitest';
import { Browser } from '../testing/browser.ts';
import { entry, inviteTo, openWithProvider } from '../testing/identitySite.ts';
import { ask, startSite } from '../testing/testServer.ts';

const password = 'motdepasse';

test('[S114] [S116] a good sign-in: with an invitation an account is made and the link used up; afterwards the identity is enough', async () => {
  const { site, provider, log } = await openWithProvider();
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

test('[S114] PKCE can be turned off, for an issuer that refuses more than it knows', async () => {
  const { site, provider } = await openWithProvider({ pkce: false, signUp: true }, { refusesPkce: true });
  expect(entry((await new Browser(site.server.url).signIn()).body).session).not.toBeNull();
  const names = [...(provider.asked[0]?.keys() ?? [])].sort();
  expect(names).toEqual(['client_id', 'nonce', 'redirect_uri', 'response_type', 'scope', 'state']);
});

test('[S114] userinfo signed as a JWT is verified by the issuer’s keys, and where the setting wants it nothing else passes', async () => {
  const signed = await openWithProvider({ signUp: true, userinfoAlgorithm: 'ES256' }, { userinfoAlg: 'ES256' });
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
  const plain = await openWithProvider({ signUp: true, userinfoAlgorithm: 'ES256' });
  expect(await new Browser(plain.site.server.url).signIn()).toMatchObject({ body: { code: 'provider-refused' } });
});

test('[S114] an id_token that does not hold lets nobody in, and the password still does', async () => {
  const { site, provider, log } = await openWithProvider({ signUp: true });
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
  const { site } = await openWithProvider({ signUp: true });
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
  const { site } = await openWithProvider({ signUp: true }, { now: () => at });
  const browser = new Browser(site.server.url);
  const back = await browser.visitProvider(await browser.start());
  at += 600_000;
  await browser.comeBack(back);
  expect(await browser.fetchSession()).toMatchObject({ status: 400, body: { code: 'cancelled' } });
});

test('[S115] a person who says no at the provider is told that nothing was done', async () => {
  const { site } = await openWithProvider({ signUp: true });
  const browser = new Browser(site.server.url);
  const asked = new URL(await browser.start());
  const no = new URLSearchParams({ error: 'access_denied', state: asked.searchParams.get('state') ?? '' });
  no.set('iss', asked.origin);
  await browser.comeBack(`${site.server.url}/api/oidc/callback?${no}`);
  expect(await browser.fetchSession()).toMatchObject({ body: { code: 'cancelled' } });
});

test('[S118] with the provider away, before or meanwhile, that is said; the password goes on, and so does the server', async () => {
  let at = Date.now();
  const { site, provider } = await openWithProvider({ signUp: true }, { now: () => at });
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

  const never = await openWithProvider();
  await never.provider.stop();
  expect(await new Browser(never.site.server.url).tryStart()).toMatchObject({
    status: 503,
    body: { ok: false, code: 'provider-away' },
  });
  expect(Health.parse((await ask(`${never.site.server.url}/healthz`)).body).ok).toBe(true);
});

test('[S118] without a provider there is no way to one', async () => {
  const site = await startSite();
  expect((await ask(`${site.server.url}/api/sign-in-ways`)).body).toEqual({ identityProvider: null });
  expect(await new Browser(site.server.url).tryStart()).toMatchObject({ status: 404, body: { code: 'not-found' } });
});
