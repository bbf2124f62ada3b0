import {
  dossierRoom,
  type FeedEntry,
  FeedPage,
  meetingRoom,
  newId,
  type Role,
  type RoomName,
  type TeamId,
} from '@liasse/core/protocol';
import { expect, test } from 'vitest';
import { memoryRoomStore } from '../store/memoryRoomStore.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import { random, signUp, startSite, type TestPerson, type TestSite } from '../testing/testServer.ts';

const write = async (site: TestSite, person: TestPerson, room: RoomName) => {
  const client = await TestClient.open(site, person, room);
  client.hello();
  client.update(edit('a', `${Math.random()}`));
  await client.recorded();
  client.socket.terminate();
};

/** All pages since a cursor, entries in a few words each. */
const read = async (person: TestPerson, since: string | null = null) => {
  const said: string[] = [];
  for (let cursor = since; ; ) {
    const query = cursor === null ? '' : `?since=${encodeURIComponent(cursor)}`;
    const page = FeedPage.parse((await person.ask('GET', `/api/feed${query}`)).body);
    said.push(...page.entries.map(inWords));
    cursor = page.cursor;
    if (!page.more) return { said, cursor, reset: page.reset };
  }
};

const inWords = (entry: FeedEntry): string => {
  if (entry.kind === 'room') return `${entry.room} at ${entry.seq}`;
  if (entry.kind === 'erased') return `${entry.room} erased`;
  const of = entry.team ?? entry.room;
  if (entry.kind === 'revoked') return `${of} no more`;
  return `${of} as ${entry.role}${entry.apart ? ', apart' : ''}`;
};

test('[S138] a first reading tells of all rooms that were written; a later one of what changed, each room once', async () => {
  const site = await startSite();
  const dossier = dossierRoom(site.team, newId(random));
  await write(site, site.owner, site.room);
  await write(site, site.owner, dossier);
  await TestClient.open(site, site.owner, dossierRoom(site.team, newId(random)));
  const first = await read(site.owner);
  expect(first.said).toEqual([`${site.team} as owner`, `${site.room} at 1`, `${dossier} at 1`]);
  expect(first.reset).toBe(false);
  expect((await read(site.owner, first.cursor)).said).toEqual([]);
  await write(site, site.owner, dossier);
  await write(site, site.owner, site.room);
  await write(site, site.owner, dossier);
  const later = await read(site.owner, first.cursor);
  expect(later.said).toEqual([`${site.room} at 2`, `${dossier} at 3`]);
});

test('[S138] a page is bounded, and the next one goes on where it ended', async () => {
  const store = memoryRoomStore(() => newId(random));
  const site = await startSite({ store });
  const rooms = Array.from({ length: 1_203 }, () => dossierRoom(site.team, newId(random)));
  const entry = { update: edit('a', 'b'), account: site.owner.id, session: 's', at: 1 };
  await store.append(rooms.map((room) => ({ room, entries: [entry] })));
  const page = FeedPage.parse((await site.owner.ask('GET', '/api/feed')).body);
  expect([page.entries.length, page.more]).toEqual([501, true]);
  const { said } = await read(site.owner);
  expect(said.slice(1)).toEqual(rooms.map((room) => `${room} at 1`));
});

test('[S139] a restricted dossier is found by its people; those who had it lose it; nobody else hears of it', async () => {
  const site = await startSite();
  const [keeper, named, other] = [await site.join('editor'), await site.join('reader'), await site.join('editor')];
  const [known, secret] = [dossierRoom(site.team, newId(random)), dossierRoom(site.team, newId(random))];
  await write(site, keeper, known);
  const before = { named: await read(named), other: await read(other) };
  for (const room of [known, secret]) await keeper.ask('POST', '/api/rooms/restrict', { room });
  await write(site, keeper, secret);
  expect((await read(other, before.other.cursor)).said).toEqual([`${known} no more`]);
  expect((await read(other)).said).toEqual([`${site.team} as editor`]);
  await keeper.ask('POST', '/api/rooms/people', { room: secret, accountId: named.id, role: 'editor' });
  const found = await read(named, before.named.cursor);
  expect(found.said).toEqual([`${known} no more`, `${secret} as editor, apart`, `${secret} at 1`]);
  await write(site, named, secret);
  const later = await read(named, found.cursor);
  expect(later.said).toEqual([`${secret} at 2`]);
  await keeper.ask('POST', '/api/rooms/people', { room: secret, accountId: named.id, role: null });
  expect((await read(named, later.cursor)).said).toEqual([`${secret} no more`]);
  await keeper.ask('POST', '/api/rooms/open', { room: known });
  expect((await read(other, before.other.cursor)).said).toEqual([`${known} as editor`, `${known} at 1`]);
});

test('[S139] who joins, leaves and comes back is told of the team, and of all that is in it', async () => {
  const site = await startSite();
  await write(site, site.owner, site.room);
  const person = await site.join('editor');
  const at = await read(person);
  const role = (to: Role | null) => site.server.directory.setRole(site.team, person.id, to);
  role('reader');
  const lower = await read(person, at.cursor);
  expect(lower.said).toEqual([`${site.team} as reader`]);
  role(null);
  const gone = await read(person, lower.cursor);
  expect(gone.said).toEqual([`${site.team} no more`]);
  expect((await read(person, gone.cursor)).said).toEqual([]);
  role('editor');
  expect((await read(person, gone.cursor)).said).toEqual([`${site.team} as editor`, `${site.room} at 1`]);
});

test('[S139] a guest hears of the meeting and its inbox, and of nothing else of that team', async () => {
  const site = await startSite();
  const meeting = meetingRoom(site.team, newId(random));
  const inbox = `${meeting}/inbox` as RoomName;
  await write(site, site.owner, site.room);
  await write(site, site.owner, meeting);
  const { body } = await site.owner.ask('POST', '/api/rooms/invitations', { room: meeting, role: 'reader' });
  const guest = await signUp(site.server.url, (body as { url: string }).url, 'Invité');
  const first = await read(guest);
  expect(first.said).toEqual([`${meeting} as reader, apart`, `${inbox} as editor, apart`, `${meeting} at 1`]);
  await write(site, guest, inbox);
  await write(site, site.owner, site.room);
  expect((await read(guest, first.cursor)).said).toEqual([`${inbox} at 1`]);
});

test('[S140] an erased room is told as such; a cursor of another log, or none at all, begins again and says so', async () => {
  const store = memoryRoomStore(() => newId(random));
  const site = await startSite({ store });
  await write(site, site.owner, site.room);
  const first = await read(site.owner);
  await store.erase(site.room);
  expect((await read(site.owner, first.cursor)).said).toEqual([`${site.room} erased`]);

  const other = memoryRoomStore(() => newId(random), 'another log');
  const restored = await startSite({ store: other });
  const elsewhere = await read(restored.owner, first.cursor);
  expect(elsewhere.reset).toBe(true);
  // Teams are told apart whatever the log: one that is gone is said to be gone.
  expect(elsewhere.said).toEqual([`${site.team} no more`, `${restored.team} as owner`]);
  expect((await read(restored.owner, 'rien de lisible')).reset).toBe(true);
  expect((await site.owner.ask('GET', `/api/feed?since=${'x'.repeat(20_000)}`)).status).toBeGreaterThanOrEqual(400);
});

test('[S138] rooms of another team are not in it', async () => {
  const site = await startSite();
  const person = await site.join('editor');
  const other = newId<TeamId>(random);
  await site.owner.ask('POST', '/api/teams', { id: other, name: 'Autre bureau' });
  await write(site, site.owner, dossierRoom(other, newId(random)));
  expect((await read(person)).said).toEqual([`${site.team} as editor`]);
});
