import { join } from 'node:path';
import {
  ACCOUNT_HEADER,
  type AccountId,
  CloseCode,
  DeviceSessions,
  type RoomName,
  Session,
} from '@liasse/core/protocol';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { deviceOf } from '../access/deviceOf.ts';
import { Tickets } from '../access/tickets.ts';
import { startServer } from '../server.ts';
import { TestClient } from '../testing/testClient.ts';
import {
  ask,
  configOn,
  quickPasswords,
  signUp,
  startSite,
  type TestPerson,
  temporaryFolder,
} from '../testing/testServer.ts';

const password = 'motdepasse';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0';

/** Signs someone in once more, as from another device. */
async function again(url: string, person: TestPerson, headers: Record<string, string> = {}): Promise<TestPerson> {
  const { body } = await ask(`${url}/api/session`, {
    method: 'POST',
    body: { email: person.email, password },
    headers,
  });
  const { bearer } = Session.parse(body);
  const asOther: TestPerson['ask'] = (method, path, sent) =>
    ask(`${url}${path}`, { method, body: sent, headers: { authorization: `Bearer ${bearer}` } });
  return {
    ...person,
    bearer,
    ask: asOther,
    ticket: async (room) => ((await asOther('POST', '/api/tickets', { room })).body as { ticket: string }).ticket,
  };
}
const sessionsOf = async (person: TestPerson) => DeviceSessions.parse((await person.ask('GET', '/api/sessions')).body);

test('[S110] a person sees where they are signed in, and nobody else’s', async () => {
  let at = Date.now();
  const site = await startSite({ now: () => at });
  at += 3_600_000;
  const origin = 'moz-extension://0a1b2c3d-aaaa-bbbb-cccc-0123456789ab';
  const extension = await again(site.server.url, site.owner, { 'user-agent': FIREFOX, origin });
  at += 60_000;
  const [here, first, ...others] = await sessionsOf(extension);
  expect(others).toEqual([]);
  expect(here).toMatchObject({
    kind: 'extension',
    browser: 'Firefox',
    system: 'Windows',
    current: true,
    lastSeenAt: at,
  });
  expect(first).toMatchObject({ kind: 'other', browser: null, name: null, current: false });
  expect(JSON.stringify([here, first])).not.toContain(extension.bearer.split('.')[0]);

  const editor = await site.join('editor');
  expect((await sessionsOf(editor)).map(({ id }) => id)).not.toContain(here?.id);
  expect((await ask(`${site.server.url}/api/sessions`)).body).toMatchObject({ code: 'signed-out' });
});

test('[S110] no address of the network is kept; who was seen when outlives a stop', async () => {
  const folder = await temporaryFolder();
  let at = Date.now();
  const server = await startServer(configOn(folder, { trustProxy: true }), {
    passwords: quickPasswords,
    now: () => at,
  });
  const owner = await signUp(server.url, server.ownerLink ?? '', 'Olympe');
  at += 500_000;
  await ask(`${server.url}/api/me`, {
    headers: { authorization: `Bearer ${owner.bearer}`, 'x-forwarded-for': '203.0.113.7' },
  });
  await server.close();
  const db = new Database(join(folder, 'accounts.sqlite'), { readonly: true });
  expect(db.prepare('SELECT seen_at FROM devices').pluck().all()).toEqual([at]);
  expect(db.prepare('SELECT ipAddress FROM session').pluck().all()).toEqual(['']);
  db.close();
});

test('[S110] browsers and systems are told apart, and what is none of them is nobody', () => {
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15';
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0';
  const cases = [
    [FIREFOX, 'Firefox', 'Windows'],
    [`${mac} (KHTML, like Gecko) Version/26.0 Safari/605.1.15`, 'Safari', 'macOS'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/143.0.0.0`, 'Edge', 'Windows'],
    [`Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36`, 'Chrome', 'Linux'],
    [`Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`, 'Chrome', 'Android'],
    ['curl/8.5.0', null, null],
    ['', null, null],
  ] as const;
  for (const [userAgent, browser, system] of cases) {
    expect(deviceOf(userAgent, 'web')).toEqual({ kind: 'web', browser, system, name: null });
  }
});

test('[S120] a page that asks for one account with the cookie of another reads and writes nothing', async () => {
  const site = await startSite();
  const { url } = site.server;
  const editor = await site.join('editor');
  const { headers } = await ask(`${url}/api/session`, { method: 'POST', body: { email: editor.email, password } });
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const askAs = (account: string, method: string, path: string, body?: unknown) =>
    ask(`${url}${path}`, { method, body, headers: { cookie, origin: url, [ACCOUNT_HEADER]: account } });
  for (const [method, path, body] of [
    ['GET', '/api/me', undefined],
    ['POST', '/api/tickets', { room: site.room }],
    ['POST', `/api/teams`, { id: site.team, name: 'x' }],
  ] as const) {
    expect(await askAs(site.owner.id, method, path, body)).toMatchObject({ status: 401, body: { code: 'signed-out' } });
  }
  // Nor does it sign that other one out.
  expect((await askAs(site.owner.id, 'DELETE', '/api/session')).status).toBe(200);
  expect((await askAs(editor.id, 'POST', '/api/tickets', { room: site.room })).status).toBe(200);
});

test('[S111] a session that is ended from elsewhere closes its sockets at once, and its tickets open nothing', async () => {
  const site = await startSite();
  const other = await again(site.server.url, site.owner);
  const socket = TestClient.at(site, site.room, await other.ticket(site.room));
  socket.socket.on('open', () => socket.step1());
  await socket.hears(({ type }) => type === 'step2');
  const unused = await other.ticket(site.room);
  const [{ id: otherId = '' } = {}] = (await sessionsOf(site.owner)).filter(({ current }) => !current);

  expect(await site.owner.ask('DELETE', `/api/sessions/${otherId}`)).toMatchObject({ status: 200 });
  expect(await socket.closed).toBe(CloseCode.ticket);
  expect(await TestClient.at(site, site.room, unused).closed).toBe(CloseCode.ticket);
  expect((await other.ask('GET', '/api/me')).status).toBe(401);
  expect((await site.owner.ask('GET', '/api/me')).status).toBe(200);
  expect(await site.owner.ask('DELETE', `/api/sessions/${otherId}`)).toMatchObject({ body: { code: 'not-found' } });
});

test('[S111] a ticket of a session that has ended is none, and the others of that person stay', () => {
  const tickets = new Tickets(() => 0);
  const [account, room] = ['account-1' as AccountId, 'x/board' as RoomName];
  const [ended, other] = ['ended', 'other'].map((session) => tickets.issue({ room, account, name: 'Olympe', session }));
  tickets.drop('ended');
  expect(tickets.redeem(ended?.ticket ?? '', room)).toBeNull();
  expect(tickets.redeem(other?.ticket ?? '', room)).toMatchObject({ session: 'other' });
});

test('[S111] nobody ends another’s session', async () => {
  const site = await startSite();
  const editor = await site.join('editor');
  const [mine] = await sessionsOf(site.owner);
  expect(await editor.ask('DELETE', `/api/sessions/${mine?.id}`)).toMatchObject({ body: { code: 'not-found' } });
  expect((await site.owner.ask('GET', '/api/me')).status).toBe(200);
});

test('[S111] a socket whose session ends while its room is opened is closed all the same', async () => {
  const site = await startSite();
  const other = await again(site.server.url, site.owner);
  const ticket = await other.ticket(site.room);
  const { join: joinRoom } = site.server.rooms;
  let opening = () => {};
  const opened = new Promise<void>((resolve) => {
    opening = resolve;
  });
  // The session ends when the ticket was taken and the room is not yet there.
  site.server.rooms.join = async (...parameters) => {
    const [{ id = '' } = {}] = (await sessionsOf(site.owner)).filter(({ current }) => !current);
    await site.owner.ask('DELETE', `/api/sessions/${id}`);
    opening();
    return joinRoom.apply(site.server.rooms, parameters);
  };
  const client = TestClient.at(site, site.room, ticket);
  await opened;
  expect(await client.closed).toBe(CloseCode.ticket);
});

test('[S111] signing out everywhere ends every session, the one that asks included, and no one else’s', async () => {
  const site = await startSite();
  const editor = await site.join('editor');
  const other = await again(site.server.url, site.owner);
  const sockets = await Promise.all(
    [site.owner, other].map(async (person) => TestClient.at(site, site.room, await person.ticket(site.room))),
  );
  await Promise.all(sockets.map(({ socket }) => new Promise((resolve) => socket.once('open', resolve))));
  const signedOut = await site.owner.ask('DELETE', '/api/sessions');
  expect(signedOut).toMatchObject({ status: 200, body: { leaveAt: null } });
  expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([CloseCode.ticket, CloseCode.ticket]);
  for (const person of [site.owner, other]) expect((await person.ask('GET', '/api/me')).status).toBe(401);
  expect((await editor.ask('GET', '/api/me')).status).toBe(200);
});
