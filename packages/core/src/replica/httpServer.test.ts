import { expect, test } from 'vitest';
import { AccountId, BlobHash, TeamId } from '../index.ts';
import { httpServer } from './httpServer.ts';
import { ROOM } from './testing/world.ts';

const TEAM = TeamId.parse('0'.repeat(24));
const HASH = BlobHash.parse('ab'.repeat(32));
const ME = { account: { id: 'account-1', name: 'Ada', email: 'ada@example.org', serverOwner: true }, teams: [] };

interface Asked {
  method: string;
  url: string;
  headers: Headers;
  body: unknown;
  credentials: string | undefined;
}

/** A server that gives one answer, and notes what it was asked. */
function serverSaying(answer: () => Response | Promise<Response>, options: { bearer?: () => string | null } = {}) {
  const asked: Asked[] = [];
  const server = httpServer('https://liasse.example', {
    ...options,
    fetch: async (input, init) => {
      const { method = 'GET', headers, body, credentials } = init ?? {};
      asked.push({ method, url: String(input), headers: new Headers(headers), body, credentials });
      return answer();
    },
  });
  return { server, asked };
}

const saying = (status: number, body: unknown) => () => Response.json(body, { status });
const unreachable = () => Promise.reject(new TypeError('fetch failed'));

test('[P20] a value is parsed; a body of another shape is the server’s failure', async () => {
  expect(await serverSaying(saying(200, ME)).server.accounts.me()).toEqual({ ok: true, value: ME });
  const odd = { ok: false, code: 'internal' };
  expect(await serverSaying(saying(200, { account: 1 })).server.accounts.me()).toEqual(odd);
  expect(await serverSaying(() => new Response('<html>', { status: 200 })).server.accounts.me()).toEqual(odd);
  expect(await serverSaying(() => new Response('<html>', { status: 502 })).server.accounts.me()).toEqual(odd);
});

test('[P20] a refusal keeps its code, and a server that is not reached is offline', async () => {
  const expired = serverSaying(saying(410, { ok: false, code: 'expired' }));
  expect(await expired.server.accounts.acceptLink('a-token-of-16-characters')).toEqual({ ok: false, code: 'expired' });
  const { server } = serverSaying(unreachable);
  const { accounts } = server;
  const form = { email: 'ada@example.org', password: 'correct horse' };
  const token = 'a-token-of-16-characters';
  const answers = await Promise.all([
    accounts.me(),
    accounts.previewLink(token),
    accounts.acceptLink(token),
    accounts.signUp({ ...form, token, name: 'Ada' }),
    accounts.signIn(form),
    accounts.signOut(),
    accounts.createTeam({ id: TEAM, name: 'Bureau' }),
    accounts.invite(TEAM, 'editor'),
    accounts.members(TEAM),
  ]);
  for (const answer of answers) expect(answer).toEqual({ ok: false, code: 'offline' });
});

test('[P20] each call goes where the protocol says', async () => {
  const { server, asked } = serverSaying(saying(200, [{ accountId: 'account-1', name: 'Ada', role: 'owner' }]));
  const members = await server.accounts.members(TEAM);
  expect(members).toEqual({
    ok: true,
    value: [{ accountId: AccountId.parse('account-1'), name: 'Ada', role: 'owner' }],
  });
  await server.accounts.invite(TEAM, 'reader');
  await server.accounts.signOut();
  await server.accounts.previewLink('a-token-of-16-characters');
  expect(asked.map(({ method, url, body }) => [method, url.slice('https://liasse.example'.length), body])).toEqual([
    ['GET', `/api/teams/${TEAM}/members`, undefined],
    ['POST', `/api/teams/${TEAM}/invitations`, '{"role":"reader"}'],
    ['DELETE', '/api/session', undefined],
    ['POST', '/api/links/preview', '{"token":"a-token-of-16-characters"}'],
  ]);
});

test('[J24] beside a cookie goes for whom it is asked; a bearer is of one account anyway', async () => {
  const asked: (string | null)[] = [];
  const fetching = async (_: unknown, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('x-liasse-account'));
    return Response.json(ME);
  };
  const account = 'account-1';
  await httpServer('https://liasse.example', { account, fetch: fetching as typeof fetch }).accounts.me();
  await httpServer('https://liasse.example', {
    account,
    bearer: () => 'b',
    fetch: fetching as typeof fetch,
  }).accounts.me();
  await httpServer('https://liasse.example', { fetch: fetching as typeof fetch }).accounts.me();
  expect(asked).toEqual([account, null, null]);
});

test('[P20] signing out is done whatever the server says beside its 2xx', async () => {
  expect(await serverSaying(saying(200, { ok: true })).server.accounts.signOut()).toEqual({
    ok: true,
    value: { leaveAt: null },
  });
  const empty = serverSaying(() => new Response(null, { status: 204 }));
  expect(await empty.server.accounts.signOut()).toEqual({ ok: true, value: { leaveAt: null } });
});

test('[P20] the extension sends its bearer and no cookie, the web app its origin’s cookie and no bearer', async () => {
  const extension = serverSaying(saying(200, ME), { bearer: () => 'secret' });
  await extension.server.accounts.me();
  expect(extension.asked[0]?.headers.get('authorization')).toBe('Bearer secret');
  expect(extension.asked[0]?.credentials).toBe('omit');
  const web = serverSaying(saying(200, ME));
  await web.server.accounts.me();
  expect(web.asked[0]?.headers.has('authorization')).toBe(false);
  expect(web.asked[0]?.credentials).toBe('same-origin');
});

test('[P20] a ticket is a ticket, a refusal that matters, or a reason to try again', async () => {
  const ticket = { ticket: 'a-ticket-of-20-characters', role: 'editor', expiresAt: 1 };
  const answers: [() => Response | Promise<Response>, unknown][] = [
    [saying(200, ticket), ticket],
    [saying(401, { ok: false, code: 'signed-out' }), 'signed-out'],
    [saying(403, { ok: false, code: 'forbidden' }), 'forbidden'],
    [saying(404, { ok: false, code: 'not-found' }), 'not-found'],
    [saying(429, { ok: false, code: 'rate-limited' }), 'retry'],
    [saying(500, { ok: false, code: 'internal' }), 'retry'],
    [saying(200, { ticket: 'short' }), 'retry'],
    [unreachable, 'retry'],
  ];
  for (const [answer, expected] of answers) expect(await serverSaying(answer).server.ticket(ROOM)).toEqual(expected);
  expect(serverSaying(unreachable).server.socketUrl).toBe('wss://liasse.example/sync');
});

test('[P20] a blob is put and got under its room; what passes is tried again', async () => {
  const put = serverSaying(saying(200, { ok: true }));
  expect(await put.server.putBlob(ROOM, HASH, new Blob(['x']))).toBe('stored');
  expect(put.asked[0]?.url).toBe(`https://liasse.example/api/blobs/${HASH}?room=${encodeURIComponent(ROOM)}`);
  const puts: [() => Response | Promise<Response>, unknown][] = [
    [saying(422, { ok: false, code: 'hash-mismatch' }), 'hash-mismatch'],
    [saying(403, { ok: false, code: 'forbidden' }), 'forbidden'],
    [saying(401, { ok: false, code: 'signed-out' }), 'retry'],
    [saying(503, {}), 'retry'],
    [unreachable, 'retry'],
  ];
  for (const [answer, expected] of puts)
    expect(await serverSaying(answer).server.putBlob(ROOM, HASH, new Blob(['x']))).toBe(expected);
  const got = await serverSaying(() => new Response('octets')).server.getBlob(ROOM, HASH);
  expect(got instanceof Blob && (await got.text())).toBe('octets');
  expect(await serverSaying(saying(404, { ok: false, code: 'not-found' })).server.getBlob(ROOM, HASH)).toBe('absent');
  expect(await serverSaying(unreachable).server.getBlob(ROOM, HASH)).toBe('retry');
});

test('[P20] versions are read as bytes, and an erasing asked for again keeps its refusal', async () => {
  const bytes = serverSaying(() => new Response(new Uint8Array([1, 2, 3])));
  expect(await bytes.server.rooms.version(ROOM, 7)).toEqual({ ok: true, value: new Uint8Array([1, 2, 3]) });
  expect(bytes.asked[0]).toMatchObject({
    method: 'GET',
    url: `https://liasse.example/api/rooms/versions/7?room=${encodeURIComponent(ROOM)}`,
  });
  const gone = serverSaying(saying(404, { ok: false, code: 'not-found' })).server.rooms;
  const notFound = { ok: false, code: 'not-found' };
  expect([await gone.version(ROOM, 7), await gone.versions(ROOM), await gone.erase(ROOM)]).toEqual([
    notFound,
    notFound,
    notFound,
  ]);
  const away = serverSaying(unreachable).server.rooms;
  expect(await away.version(ROOM, 7)).toEqual({ ok: false, code: 'offline' });
  const erased = serverSaying(saying(200, { ok: true }));
  expect(await erased.server.rooms.erase(ROOM)).toEqual({ ok: true, value: null });
  expect(erased.asked[0]?.method).toBe('DELETE');
});
