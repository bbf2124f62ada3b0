import { DEVICE_GRANT, DeviceAsking, DeviceCodes, DeviceSessions, DeviceToken } from '@liasse/core/protocol';
import * as oidc from 'openid-client';
import { expect, test } from 'vitest';
import { DeviceGrants } from '../access/deviceGrants.ts';
import { ask, startSite, type TestSite } from '../testing/testServer.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';
const EXTENSION = { origin: 'chrome-extension://abcdefghijklmnop', 'user-agent': CHROME };

async function siteWithClock(): Promise<TestSite & { readonly clock: { at: number } }> {
  const clock = { at: Date.now() };
  return { ...(await startSite({ now: () => clock.at })), clock };
}
const post = (site: TestSite, path: string, body: unknown = {}) =>
  ask(`${site.server.url}${path}`, { method: 'POST', body, headers: EXTENSION });
const askIn = async (site: TestSite, body: unknown = {}) =>
  DeviceCodes.parse((await post(site, '/api/device/code', body)).body);
const poll = (site: TestSite, device_code: string) =>
  post(site, '/api/device/token', { grant_type: DEVICE_GRANT, device_code });
const answer = (site: TestSite, userCode: string, allow: boolean) =>
  site.owner.ask('POST', '/api/device/answer', { userCode, allow });

test('[S112] a device asks, a person looks and says yes, and it fetches a session of its own, once', async () => {
  const site = await siteWithClock();
  const codes = await askIn(site, { device_name: 'Poste de l’accueil' });
  expect(codes.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  expect(codes).toMatchObject({ verification_uri: `${site.server.url}/appareil`, expires_in: 600, interval: 5 });
  expect(await poll(site, codes.device_code)).toMatchObject({ status: 400, body: { error: 'authorization_pending' } });

  const typed = ` ${codes.user_code.replace('-', '').toLowerCase()}`;
  const seen = DeviceAsking.parse((await site.owner.ask('POST', '/api/device/look', { userCode: typed })).body);
  expect(seen.device).toEqual({ kind: 'extension', browser: 'Chrome', system: 'Linux', name: 'Poste de l’accueil' });
  expect(seen.askedAt).toBe(site.clock.at);
  expect((await answer(site, codes.user_code, true)).status).toBe(200);
  expect(await answer(site, codes.user_code, true)).toMatchObject({ body: { code: 'used' } });

  site.clock.at += 5_000;
  const fetched = await poll(site, codes.device_code);
  expect(fetched.headers.getSetCookie()).toEqual([]);
  expect(fetched.headers.get('cache-control')).toBe('no-store');
  const { access_token, me } = DeviceToken.parse(fetched.body);
  expect(me.account.id).toBe(site.owner.id);
  site.clock.at += 5_000;
  expect(await poll(site, codes.device_code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });

  const { body } = await ask(`${site.server.url}/api/sessions`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  expect(DeviceSessions.parse(body).find(({ current }) => current)).toMatchObject({ name: 'Poste de l’accueil' });
});

test('[S112] a refusal is told once; the user’s code alone fetches nothing, and a stranger looks at nothing', async () => {
  const site = await siteWithClock();
  const { device_code, user_code } = await askIn(site);
  expect((await post(site, '/api/device/look', { userCode: user_code })).body).toMatchObject({ code: 'signed-out' });
  expect((await post(site, '/api/device/answer', { userCode: user_code, allow: true })).status).toBe(401);
  const padded = user_code.padEnd(40, 'x');
  expect(await poll(site, padded)).toMatchObject({ body: { error: 'invalid_grant' } });
  await answer(site, user_code, false);
  expect(await poll(site, device_code)).toMatchObject({ status: 400, body: { error: 'access_denied', ok: false } });
  site.clock.at += 5_000;
  expect(await poll(site, device_code)).toMatchObject({ body: { error: 'invalid_grant' } });
});

test('[S112] of two polls at once after a yes, one gets the session', async () => {
  const site = await siteWithClock();
  const { device_code, user_code } = await askIn(site);
  await answer(site, user_code, true);
  const both = await Promise.all([poll(site, device_code), poll(site, device_code)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
});

test('[S113] polling too soon is told so, and waits five seconds more from then on', async () => {
  const site = await siteWithClock();
  const { device_code } = await askIn(site);
  const error = async () => ((await poll(site, device_code)).body as { error: string }).error;
  expect(await error()).toBe('authorization_pending');
  site.clock.at += 4_999;
  expect(await error()).toBe('slow_down');
  site.clock.at += 9_999;
  expect(await error()).toBe('slow_down');
  site.clock.at += 15_000;
  expect(await error()).toBe('authorization_pending');
});

test('[S113] codes end after ten minutes, also one that was allowed and not fetched', async () => {
  const site = await siteWithClock();
  const [allowed, waiting] = [await askIn(site), await askIn(site)];
  await answer(site, allowed.user_code, true);
  site.clock.at += 600_000;
  for (const { device_code } of [allowed, waiting]) {
    expect(await poll(site, device_code)).toMatchObject({ status: 400, body: { error: 'expired_token' } });
  }
  expect(await answer(site, waiting.user_code, true)).toMatchObject({ status: 410, body: { code: 'expired' } });
});

test('[S111] what a session allowed and nobody fetched yet ends with it', async () => {
  const site = await siteWithClock();
  const { device_code, user_code } = await askIn(site);
  await answer(site, user_code, true);
  await site.owner.ask('DELETE', '/api/sessions');
  expect(await poll(site, device_code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('[S113] wrong user codes are slowed for the account that tries them, and for no other', async () => {
  const site = await siteWithClock();
  const { user_code } = await askIn(site);
  const look = (userCode: string) => site.owner.ask('POST', '/api/device/look', { userCode });
  for (let tries = 0; tries < 10; tries += 1)
    expect(await look('BBBBBBBB')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(await look(user_code)).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
  const editor = await site.join('editor');
  expect((await editor.ask('POST', '/api/device/look', { userCode: user_code })).status).toBe(200);
  site.clock.at += 30_000;
  expect((await look(user_code)).status).toBe(200);
});

test('[S113] a flood of made-up askers is forgotten, oldest first, and what a person has looked at stays', () => {
  const grants = new DeviceGrants(() => 0);
  const device = { kind: 'other', browser: null, system: null, name: null } as const;
  const [first, looked] = [grants.ask(device), grants.ask(device)];
  grants.look(looked.userCode);
  for (let n = 0; n < 5_000; n += 1) grants.ask(device);
  const last = grants.ask(device);
  expect(grants.poll(first.deviceCode)).toBe('invalid_grant');
  expect(() => grants.look(first.userCode)).toThrow('not-found');
  for (const { deviceCode } of [looked, last]) expect(grants.poll(deviceCode)).toBe('authorization_pending');
});

test('[S113] what is not of the RFC’s shape is refused with a code; what it lets a client add is passed over', async () => {
  const site = await siteWithClock();
  const asked = await post(site, '/api/device/code', { client_id: 'liasse', scope: 'openid' });
  expect(asked.status).toBe(200);
  const wrong = [{}, { grant_type: 'password', device_code: 'x'.repeat(48) }, { grant_type: DEVICE_GRANT }];
  for (const body of wrong)
    expect(await post(site, '/api/device/token', body)).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
  // A form, which a page elsewhere can send, is read here and nowhere else.
  const form = new URLSearchParams({ email: site.owner.email, password: 'motdepasse' });
  const signIn = await fetch(`${site.server.url}/api/session`, { method: 'POST', body: form });
  expect(signIn.status).toBe(415);
});

test('[S113] a stock client of RFC 8628 signs in', async () => {
  // Its own clock runs: the interval is five seconds, and the answer is there before the first poll.
  const site = await startSite();
  const { url } = site.server;
  const metadata = {
    issuer: url,
    device_authorization_endpoint: `${url}/api/device/code`,
    token_endpoint: `${url}/api/device/token`,
  };
  const client = new oidc.Configuration(metadata, 'liasse', undefined, oidc.None());
  oidc.allowInsecureRequests(client);
  const asked = await oidc.initiateDeviceAuthorization(client, {});
  await answer(site, asked.user_code, true);
  const tokens = await oidc.pollDeviceAuthorizationGrant(client, { ...asked, interval: 0 });
  const me = await ask(`${url}/api/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  expect(me.body).toMatchObject({ account: { id: site.owner.id } });
});
