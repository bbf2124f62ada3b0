import { expect, test } from 'vitest';
import { Browser } from '../testing/browser.ts';
import { entry, inviteTo, openWithProvider } from '../testing/identitySite.ts';
import { ask } from '../testing/testServer.ts';

const password = 'motdepasse';

test('[S116] whom nobody invited stays outside, and nothing is made; the operator may let everyone in', async () => {
  const { site } = await openWithProvider();
  const refused = await new Browser(site.server.url).signIn();
  expect(refused).toMatchObject({ status: 403, body: { ok: false, code: 'not-invited' } });
  const link = await inviteTo(site);
  const form = { token: link, name: 'Amira', email: 'amira@exemple.fr', password };
  expect((await ask(`${site.server.url}/api/links/sign-up`, { method: 'POST', body: form })).status).toBe(200);

  const open_ = await openWithProvider({ signUp: true });
  const { session } = entry((await new Browser(open_.site.server.url).signIn()).body);
  expect(session?.me).toMatchObject({ account: { email: 'amira@exemple.fr' }, teams: [] });
});

test('[S116] a link that is wrong or used makes no account, and a provider that gives no address neither: the link stays', async () => {
  const { site, provider } = await openWithProvider();
  const { url } = site.server;
  expect(await new Browser(url).signIn({ link: 'x'.repeat(43) })).toMatchObject({ body: { code: 'not-found' } });
  const link = await inviteTo(site);
  provider.person = { sub: 'amira' };
  expect(await new Browser(url).signIn({ link })).toMatchObject({ status: 403, body: { code: 'provider-refused' } });
  provider.person = { sub: 'amira', email: 'amira@exemple.fr' };
  expect(entry((await new Browser(url).signIn({ link })).body).followed).toBe(true);
});

test('[S117] an identity does not open the account of its address, verified or not, unless the operator trusts it', async () => {
  const { site, provider } = await openWithProvider({ signUp: true });
  provider.person = { sub: 'intrus', email: site.owner.email.toUpperCase(), email_verified: true };
  const reply = await new Browser(site.server.url).signIn({ link: await inviteTo(site) });
  expect(reply).toMatchObject({ status: 409, body: { code: 'already-exists' } });
  expect((await site.owner.ask('GET', '/api/me')).status).toBe(200);
});

test('[S117] a trusted issuer opens it by a verified address, and whoever made it with a password is out', async () => {
  const { site, provider } = await openWithProvider({ trustEmail: true });
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
  const { site, provider } = await openWithProvider();
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
  const { site, provider } = await openWithProvider({ signUp: true });
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
  const { site, provider } = await openWithProvider({ signUp: true });
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
  const { site, provider } = await openWithProvider({ signUp: true });
  const browser = new Browser(site.server.url);
  await browser.signIn();
  await provider.stop();
  expect((await browser.ask('DELETE', '/api/sessions')).status).toBe(200);
  expect((await browser.ask('GET', '/api/me')).status).toBe(401);
});
