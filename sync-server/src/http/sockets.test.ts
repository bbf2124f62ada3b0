import { boardRoom, CloseCode, encodeWire, newId, type RoomName, type TeamId, WireLimits } from '@liasse/core/protocol';
import { describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { brokenStore } from '../testing/brokenStore.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import { random, startSite } from '../testing/testServer.ts';

describe('who may open a socket', () => {
  test('[S20] a missing, wrong or used ticket, and one for another room, close with 4401', async () => {
    const site = await startSite();
    expect(await TestClient.at(site, site.room, '').closed).toBe(CloseCode.ticket);
    expect(await TestClient.at(site, site.room, 'x'.repeat(48)).closed).toBe(CloseCode.ticket);

    const ticket = await site.owner.ticket(site.room);
    const client = TestClient.at(site, site.room, ticket);
    client.socket.on('open', () => client.step1());
    await client.hears(({ type }) => type === 'step2');
    expect(await TestClient.at(site, site.room, ticket).closed).toBe(CloseCode.ticket);

    const dossier = `${site.team}/dossier/${site.team}` as RoomName;
    expect(await TestClient.at(site, site.room, await site.owner.ticket(dossier)).closed).toBe(CloseCode.ticket);
  });

  test('[S20] a ticket lives a minute', async () => {
    let at = Date.now();
    const site = await startSite({ now: () => at });
    const ticket = await site.owner.ticket(site.room);
    at += 60_000;
    expect(await TestClient.at(site, site.room, ticket).closed).toBe(CloseCode.ticket);
  });

  test('[S21] a room of another team has no ticket, and its name opens nothing', async () => {
    const site = await startSite();
    const foreign = boardRoom(newId<TeamId>(random));
    const refused = await site.owner.ask('POST', '/api/tickets', { room: foreign });
    expect(refused).toMatchObject({ status: 403, body: { ok: false, code: 'forbidden' } });
    expect(await TestClient.at(site, foreign, await site.owner.ticket(site.room)).closed).toBe(CloseCode.ticket);
    expect(await TestClient.at(site, 'no/such/shape', 'x'.repeat(48)).closed).toBe(CloseCode.malformed);
  });

  test('[S22] only liasse.v1 is echoed; a page elsewhere is turned away before its ticket is looked at', async () => {
    const site = await startSite();
    const ticket = await site.owner.ticket(site.room);
    const evil = TestClient.at(site, site.room, ticket, { origin: 'https://ailleurs.example' });
    expect(await evil.closed).toBe(CloseCode.forbidden);
    const extension = TestClient.at(site, site.room, ticket, { origin: 'chrome-extension://abcdefghijklmnop' });
    await new Promise((resolve) => extension.socket.once('open', resolve));
    expect(extension.socket.protocol).toBe('liasse.v1');
    extension.step1();
    await extension.hears(({ type }) => type === 'step2');
  });
});

describe('what a socket may say', () => {
  test.each([
    ['an empty frame', new Uint8Array()],
    ['an unknown type', new Uint8Array([77, 1, 2])],
    ['a truncated update', new Uint8Array([0, 2, 90, 1])],
    ['seven bytes that ask for 256 MB', new Uint8Array([0, 2, 7, 1, 255, 255, 255, 31, 1, 0])],
    ['a truncated state vector', new Uint8Array([0, 0, 2, 9, 1])],
    ['a truncated awareness', new Uint8Array([1, 3, 9, 1, 1])],
    ['a message that is the server’s to say', encodeWire({ type: 'recorded', n: 1, seq: 1 })],
    ['a mark of a client that did not say hello', encodeWire({ type: 'mark', n: 1 })],
  ])('[S23] %s closes with 4400, and disturbs nobody else', async (_what, frame) => {
    const site = await startSite();
    const [bad, good] = [await TestClient.open(site, site.owner), await TestClient.open(site, site.owner)];
    good.hello();
    good.step1();
    bad.say(frame);
    expect(await bad.closed).toBe(CloseCode.malformed);
    good.update(edit('a', 'kept'));
    expect(await good.recorded()).toBe(1);
  });

  test('[S23] a text frame closes with 4400', async () => {
    const site = await startSite();
    const client = await TestClient.open(site, site.owner);
    client.socket.send('hello');
    expect(await client.closed).toBe(CloseCode.malformed);
  });

  test('[S23] an oversized frame closes with 4413 before it is all received', async () => {
    const site = await startSite();
    const client = await TestClient.open(site, site.owner);
    client.say(new Uint8Array(WireLimits.maxFrameBytes + 1));
    expect(await client.closed).toBe(CloseCode.tooLarge);
  });

  test('[S23] asking for the whole document without end closes with 4429', async () => {
    const site = await startSite();
    const client = await TestClient.open(site, site.owner);
    for (let i = 0; i < 50; i += 1) client.step1();
    expect(await client.closed).toBe(CloseCode.tooFast);
  });

  test('[S23] a client of an older wire closes with 4408', async () => {
    const site = await startSite();
    const client = await TestClient.open(site, site.owner);
    client.say(encodeWire({ type: 'hello', version: 0, epoch: '', seq: 0 }));
    expect(await client.closed).toBe(CloseCode.clientTooOld);
  });
});

describe('what goes wrong stays where it is', () => {
  test('[S26] an address that is none closes with 4400', async () => {
    const site = await startSite();
    const url = site.server.url.replace('http', 'ws');
    for (const path of ['//', '/', '/sync', '/sync/', '/%', `/sync/${site.room}/x`]) {
      expect(await new TestClient(`${url}${path}`, ['liasse.v1', 'x'.repeat(48)]).closed).toBe(CloseCode.malformed);
    }
  });

  test('[S26] a bug met while a frame is read ends that room in memory, not the server', async () => {
    const site = await startSite();
    const [one, elsewhere] = [
      await TestClient.open(site, site.owner),
      await TestClient.open(site, site.owner, `${site.team}/dossier/${site.team}` as RoomName),
    ];
    vi.spyOn(site.server.directory, 'roleOf').mockImplementationOnce(() => {
      throw new Error('a bug');
    });
    one.step1();
    expect(await one.closed).toBe(CloseCode.restart);
    elsewhere.hello();
    elsewhere.update(edit('a', 'kept'));
    expect(await elsewhere.recorded()).toBe(1);
    const back = await TestClient.open(site, site.owner);
    back.step1();
    await back.hears(({ type }) => type === 'step2');
  });

  test('[S26] a room that cannot be loaded closes with 4503, and the others go on', async () => {
    const store = brokenStore();
    const load = async (room: RoomName) => ({
      ...(await store.load(room)),
      ...(room.includes('/dossier/') ? { snapshot: new Uint8Array([255]) } : {}),
    });
    const site = await startSite({ store: { ...store, load } });
    const bad = await TestClient.open(site, site.owner, `${site.team}/dossier/${site.team}` as RoomName);
    expect(await bad.closed).toBe(CloseCode.store);
    const good = await TestClient.open(site, site.owner);
    good.step1();
    await good.hears(({ type }) => type === 'step2');
  });
});

describe('rights', () => {
  test('[S24] a reader reads; an edit of theirs closes with 4403 and is not kept', async () => {
    const site = await startSite();
    const [editor, reader] = [
      await TestClient.open(site, site.owner),
      await TestClient.open(site, await site.join('reader')),
    ];
    editor.hello();
    editor.update(edit('a', 'one'));
    await editor.recorded();
    reader.step1();
    await reader.hears(({ type }) => type === 'step2');
    const doc = reader.doc();
    expect(doc.getMap('cards').toJSON()).toEqual({ a: 'one' });
    // What is there already is not an edit: a reader's own answer to the server carries it.
    reader.update(Y.encodeStateAsUpdate(doc));
    reader.step1(doc);
    await reader.hears((heard) => heard.type === 'step2' && heard.update.length === 2);
    doc.getMap('cards').set('a', 'two');
    reader.update(Y.encodeStateAsUpdate(doc));
    expect(await reader.closed).toBe(CloseCode.forbidden);
    const later = await TestClient.open(site, site.owner);
    later.step1();
    await later.hears(({ type }) => type === 'step2');
    expect(later.doc().getMap('cards').toJSON()).toEqual({ a: 'one' });
  });

  test('[S24] a reader whose editor tidies formatting marks by itself is not punished for it', async () => {
    const site = await startSite();
    const [editor, reader] = [
      await TestClient.open(site, site.owner),
      await TestClient.open(site, await site.join('reader')),
    ];
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'gras', { bold: true });
    editor.hello();
    editor.update(Y.encodeStateAsUpdate(doc));
    await editor.recorded();
    const marks = [...(doc.store.clients.get(doc.clientID) ?? [])].filter(
      (struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentFormat,
    );
    const { clock } = marks[0]?.id ?? { clock: -1 };
    reader.update(new Uint8Array([0, 1, ...varUint(doc.clientID), 1, ...varUint(clock), 1]));
    reader.step1();
    await reader.hears(({ type }) => type === 'step2');
    expect(site.server.rooms.counts.connections).toBe(2);
  });

  test('[S25] who loses a right is closed with 4403 at once, wherever they have the team open', async () => {
    const site = await startSite();
    const person = await site.join('editor');
    const idle = await TestClient.open(site, person);
    const dossier = await TestClient.open(site, person, `${site.team}/dossier/${site.team}` as RoomName);
    const other = await TestClient.open(site, site.owner);
    idle.step1();
    dossier.step1();
    await Promise.all([idle, dossier].map((client) => client.hears(({ type }) => type === 'step2')));
    site.server.directory.setRole(site.team, person.id, null);
    expect(await Promise.all([idle.closed, dossier.closed])).toEqual([CloseCode.forbidden, CloseCode.forbidden]);
    const refused = await person.ask('POST', '/api/tickets', { room: site.room });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    other.step1();
    await other.hears(({ type }) => type === 'step2');
  });

  test('[S25] a ticket taken before the right was lost opens nothing', async () => {
    const site = await startSite();
    const person = await site.join('editor');
    const ticket = await person.ticket(site.room);
    site.server.directory.setRole(site.team, person.id, null);
    expect(await TestClient.at(site, site.room, ticket).closed).toBe(CloseCode.forbidden);
  });

  test('[S25] signing out closes the sockets of that sign-in with 4401', async () => {
    const site = await startSite();
    const person = await site.join('editor');
    const client = await TestClient.open(site, person);
    client.step1();
    await client.hears(({ type }) => type === 'step2');
    await person.ask('DELETE', '/api/session');
    expect(await client.closed).toBe(CloseCode.ticket);
    expect((await person.ask('GET', '/api/me')).status).toBe(401);
  });
});

function varUint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varUint(Math.floor(value / 128))];
}
