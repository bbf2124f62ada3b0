import {
  type AccountId,
  CloseCode,
  dossierRoom,
  meetingRoom,
  newId,
  type RoomName,
  RoomPeople,
  type TeamId,
} from '@liasse/core/protocol';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startServer } from '../server.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import {
  ask,
  configOn,
  quickPasswords,
  random,
  signUp,
  startSite,
  type TestPerson,
  temporaryFolder,
} from '../testing/testServer.ts';

const refused = { status: 403, body: { ok: false, code: 'forbidden', details: {} } };
const ok = { status: 200 };

const siteWithDossier = async (config?: Parameters<typeof startSite>[1]) => {
  const site = await startSite({}, config);
  const dossier = dossierRoom(site.team, newId(random));
  const put = (by: TestPerson, room: RoomName, person: TestPerson, role: string | null) =>
    by.ask('POST', '/api/rooms/people', { room, accountId: person.id, role });
  return { ...site, dossier, put };
};

describe('a restricted dossier', () => {
  test('[S130] is for its people alone, with the role that they have there, whatever they are in the team', async () => {
    const { owner, join, dossier, put, room } = await siteWithDossier();
    const [keeper, named, editor] = [await join('editor'), await join('reader'), await join('editor')];
    expect(await keeper.ask('POST', '/api/rooms/restrict', { room: dossier })).toMatchObject(ok);
    expect(await put(keeper, dossier, named, 'editor')).toMatchObject(ok);

    const roleOf = async (person: TestPerson) => {
      const { body } = await person.ask('POST', '/api/tickets', { room: dossier });
      return (body as { role?: string; code?: string }).role ?? (body as { code?: string }).code;
    };
    const people = [keeper, named, editor, owner];
    expect(await Promise.all(people.map(roleOf))).toEqual(['owner', 'editor', 'forbidden', 'forbidden']);
    // In the team’s other rooms everybody is what they were.
    expect(await named.ask('POST', '/api/tickets', { room })).toMatchObject({ body: { role: 'reader' } });
  });

  test('[S131] others are refused everywhere in the words that a room of another team is refused in', async () => {
    const { owner, join, dossier } = await siteWithDossier();
    const keeper = await join('editor');
    await keeper.ask('POST', '/api/rooms/restrict', { room: dossier });
    const foreign = dossierRoom(newId<TeamId>(random), newId(random));
    const hash = 'ab'.repeat(32);
    const asks = (room: RoomName): [string, string, unknown?][] => [
      ['POST', '/api/tickets', { room }],
      ['GET', `/api/blobs/${hash}?room=${encodeURIComponent(room)}`],
      ['PUT', `/api/blobs/${hash}?room=${encodeURIComponent(room)}`, new Uint8Array([1])],
      ['POST', '/api/receipts', { room, manifestSha256: hash }],
      ['POST', '/api/rooms/restrict', { room }],
      ['POST', '/api/rooms/open', { room }],
      ['GET', `/api/rooms/people?room=${encodeURIComponent(room)}`],
      ['POST', '/api/rooms/people', { room, accountId: owner.id, role: 'owner' }],
      ['POST', '/api/rooms/invitations', { room, role: 'reader' }],
      ['GET', `/api/rooms/versions?room=${encodeURIComponent(room)}`],
      ['GET', `/api/rooms/versions/1?room=${encodeURIComponent(room)}`],
      ['DELETE', `/api/rooms?room=${encodeURIComponent(room)}`],
    ];
    for (const [index, [method, path, body]] of asks(dossier).entries()) {
      const [otherMethod, otherPath, otherBody] = asks(foreign)[index] ?? ['', ''];
      const here = await owner.ask(method, path, body);
      const elsewhere = await owner.ask(otherMethod, otherPath, otherBody);
      expect({ path, ...refused }).toMatchObject({ path, status: here.status, body: here.body });
      expect([elsewhere.status, elsewhere.body]).toEqual([here.status, here.body]);
    }
  });

  test('[S132] owners and editors restrict; afterwards only its owners name people or open it again', async () => {
    const { join, dossier, put, room, owner } = await siteWithDossier();
    const [reader, keeper, named] = [await join('reader'), await join('editor'), await join('editor')];
    expect(await reader.ask('POST', '/api/rooms/restrict', { room: dossier })).toMatchObject(refused);
    expect(await keeper.ask('POST', '/api/rooms/restrict', { room })).toMatchObject({
      body: { code: 'invalid-input' },
    });
    expect(await keeper.ask('POST', '/api/rooms/open', { room: dossier })).toMatchObject(refused);
    expect(await put(keeper, dossier, named, 'editor')).toMatchObject(refused);
    expect(await keeper.ask('POST', '/api/rooms/restrict', { room: dossier })).toMatchObject(ok);
    expect(await keeper.ask('POST', '/api/rooms/restrict', { room: dossier })).toMatchObject(ok);
    await put(keeper, dossier, named, 'editor');
    expect(await put(named, dossier, reader, 'reader')).toMatchObject(refused);
    expect(await named.ask('POST', '/api/rooms/open', { room: dossier })).toMatchObject(refused);
    const stranger = { ...named, id: 'account-of-nobody' as AccountId };
    expect(await put(keeper, dossier, stranger, 'reader')).toMatchObject({ status: 404 });
    expect(await put(keeper, dossier, keeper, 'editor')).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const { body } = await named.ask('GET', `/api/rooms/people?room=${encodeURIComponent(dossier)}`);
    expect(RoomPeople.parse(body)).toMatchObject({ restricted: true, people: [{ role: 'owner' }, { role: 'editor' }] });
    expect(await keeper.ask('POST', '/api/rooms/open', { room: dossier })).toMatchObject(ok);
    expect(await owner.ask('POST', '/api/tickets', { room: dossier })).toMatchObject({ body: { role: 'owner' } });
  });

  test('[S133] one that none of its owners can open any more falls to the team’s owners, until they name one', async () => {
    const { owner, join, dossier, put, server, team } = await siteWithDossier();
    const [keeper, named] = [await join('editor'), await join('editor')];
    await keeper.ask('POST', '/api/rooms/restrict', { room: dossier });
    await put(keeper, dossier, named, 'editor');
    server.directory.setRole(team, keeper.id, null);
    const rights = () => [owner, named, keeper].map(({ id }) => server.rights.of(id, dossier));
    expect(rights()).toEqual(['owner', 'editor', null]);
    expect(await put(owner, dossier, named, 'owner')).toMatchObject(ok);
    expect(rights()).toEqual([null, 'owner', null]);
  });

  test('[S134] who loses or changes a right in a room is closed with 4403 at once there, and nowhere else', async () => {
    const { owner, join, dossier, put, ...site } = await siteWithDossier();
    const [keeper, named] = [await join('editor'), await join('reader')];
    const open = async (person: TestPerson, room: RoomName) => {
      const client = await TestClient.open({ ...site, owner, join }, person, room);
      client.step1();
      await client.hears(({ type }) => type === 'step2');
      return client;
    };
    const [ownerThere, keeperThere, ownerOnBoard] = [
      await open(owner, dossier),
      await open(keeper, dossier),
      await open(owner, site.room),
    ];
    await keeper.ask('POST', '/api/rooms/restrict', { room: dossier });
    expect(await Promise.all([ownerThere.closed, keeperThere.closed])).toEqual([
      CloseCode.forbidden,
      CloseCode.forbidden,
    ]);
    await put(keeper, dossier, named, 'editor');
    const namedThere = await open(named, dossier);
    const keeperAgain = await open(keeper, dossier);
    namedThere.hello();
    namedThere.update(edit('a', 'par qui peut l’écrire ici'));
    await namedThere.recorded();
    await put(keeper, dossier, named, null);
    expect(await namedThere.closed).toBe(CloseCode.forbidden);
    // Neither the board nor the keeper’s own socket was disturbed.
    for (const client of [ownerOnBoard, keeperAgain]) {
      client.hello();
      await client.recorded();
    }
  });

  test('[S135] what rights there are outlives the server', async () => {
    const folder = await temporaryFolder();
    const { join, dossier, put, server, team, owner } = await siteWithDossier(configOn(folder));
    const [keeper, named] = [await join('editor'), await join('reader')];
    await keeper.ask('POST', '/api/rooms/restrict', { room: dossier });
    await put(keeper, dossier, named, 'editor');
    await server.close();
    const again = await startServer(configOn(folder), { passwords: quickPasswords });
    onTestFinished(() => again.close());
    const rights = [owner, keeper, named].map(({ id }) => again.rights.of(id, dossier));
    expect(rights).toEqual([null, 'owner', 'editor']);
    expect(again.rights.of(keeper.id, `${team}/board` as RoomName)).toBe('editor');
  });
});

describe('a meeting', () => {
  test('[S136] invites someone of another team by a link, to itself and its inbox alone', async () => {
    const { owner, team, room, server, dossier } = await siteWithDossier();
    const meeting = meetingRoom(team, newId(random));
    const inbox = `${meeting}/inbox` as RoomName;
    const invitation = await owner.ask('POST', '/api/rooms/invitations', { room: meeting, role: 'reader' });
    const { url } = invitation.body as { url: string };
    const token = url.split('#')[1];
    const preview = await ask(`${server.url}/api/links/preview`, { method: 'POST', body: { token } });
    expect(preview.body).toMatchObject({ kind: 'guest', team: { name: 'Bureau des essais', role: 'reader' } });
    const guest = await signUp(server.url, url, 'Invité');
    const rights = [meeting, inbox, room, dossier].map((one) => server.rights.of(guest.id, one));
    // The inbox is where those write who may only read the meeting.
    expect(rights).toEqual(['reader', 'editor', null, null]);
    expect(await guest.ask('GET', '/api/me')).toMatchObject({ body: { teams: [] } });
    expect(await guest.ask('GET', `/api/teams/${team}/members`)).toMatchObject(refused);
    expect(await guest.ask('POST', '/api/tickets', { room: meeting })).toMatchObject({ body: { role: 'reader' } });
    expect(await guest.ask('POST', '/api/rooms/invitations', { room: meeting, role: 'reader' })).toMatchObject(refused);
  });

  test('[S136] owners and editors of the team change a guest’s role and take it away; readers and guests do not', async () => {
    const { owner, join, team, put, server } = await siteWithDossier();
    const [editor, reader] = [await join('editor'), await join('reader')];
    const meeting = meetingRoom(team, newId(random));
    expect(await reader.ask('POST', '/api/rooms/invitations', { room: meeting, role: 'reader' })).toMatchObject(
      refused,
    );
    const { body } = await editor.ask('POST', '/api/rooms/invitations', { room: meeting, role: 'editor' });
    const guest = await signUp(server.url, (body as { url: string }).url, 'Invité');
    expect(server.rights.of(guest.id, meeting)).toBe('editor');
    expect(await put(guest, meeting, guest, 'reader')).toMatchObject(refused);
    expect(await put(owner, meeting, guest, 'owner')).toMatchObject({ body: { code: 'invalid-input' } });
    expect(await put(owner, meeting, guest, 'reader')).toMatchObject(ok);
    expect(server.rights.of(guest.id, meeting)).toBe('reader');
    expect(await put(reader, meeting, guest, null)).toMatchObject(refused);
    expect(await put(editor, meeting, guest, null)).toMatchObject(ok);
    expect(server.rights.of(guest.id, meeting)).toBeNull();
    // Who shares no team with the asker cannot be named: account numbers are not looked up.
    expect(await put(owner, meeting, guest, 'reader')).toMatchObject({ status: 404 });
  });
});
