import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloseCode, newId, type RoomName, type RoomVersions } from '@liasse/core/protocol';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SITTING_SILENCE_MS } from '../store/sittings.ts';
import { eventually } from '../testing/eventually.ts';
import { putBlob } from '../testing/populated.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import { configOn, random, startSite, type TestPerson, type TestSite, temporaryFolder } from '../testing/testServer.ts';

const dossierOf = (site: TestSite): RoomName => `${site.team}/dossier/${newId(random)}` as RoomName;
const versionsPath = (room: RoomName, seq = '') => `/api/rooms/versions${seq}?room=${encodeURIComponent(room)}`;
const erasePath = (room: RoomName) => `/api/rooms?room=${encodeURIComponent(room)}`;

async function write(site: TestSite, person: TestPerson, room: RoomName, key: string, value: string): Promise<void> {
  const client = await TestClient.open(site, person, room);
  client.hello();
  client.update(edit(key, value));
  await client.recorded();
  client.socket.terminate();
}

describe('versions', () => {
  test('[S164] who may read a room sees its versions, who wrote them, and each as it was; nobody else does', async () => {
    let ahead = 0;
    const site = await startSite({ now: () => Date.now() + ahead, compaction: { everyMs: 20, quietMs: 0 } });
    const [editor, reader, outsider] = [
      await site.join('editor', 'Paul'),
      await site.join('reader'),
      await site.join('editor'),
    ];
    const room = dossierOf(site);
    const listed = async () => (await reader.ask('GET', versionsPath(room))).body as RoomVersions;
    expect(await listed()).toEqual([]);
    await write(site, site.owner, room, 'a', 'first');
    ahead += SITTING_SILENCE_MS + 60_000;
    await eventually(async () => (await listed()).length === 1);
    await write(site, editor, room, 'b', 'second');
    ahead += SITTING_SILENCE_MS + 60_000;
    await eventually(async () => (await listed()).length === 2);

    const versions = await listed();
    expect(versions.map(({ seq, people }) => [seq, people.map(({ name }) => name)])).toEqual([
      [1, ['Olympe']],
      [2, ['Paul']],
    ]);
    // In the budget of memory a room weighs what its log does.
    const last = await reader.ask('GET', versionsPath(room, '/2'));
    expect(site.server.rooms.counts.bytes).toBe((last.body as Uint8Array).length);
    const first = await reader.ask('GET', versionsPath(room, '/1'));
    const doc = new Y.Doc();
    Y.applyUpdateV2(doc, first.body as Uint8Array);
    expect(doc.getMap('cards').toJSON()).toEqual({ a: 'first' });
    // The room itself goes on as it was.
    const client = await TestClient.open(site, reader, room);
    client.step1();
    await client.hears(({ type }) => type === 'step2');
    expect(client.doc().getMap('cards').toJSON()).toEqual({ a: 'first', b: 'second' });

    expect(await reader.ask('GET', versionsPath(room, '/9'))).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    expect(await reader.ask('GET', versionsPath(room, '/0'))).toMatchObject({ status: 400 });
    site.server.directory.setRole(site.team, outsider.id, null);
    for (const path of [versionsPath(room), versionsPath(room, '/1')]) {
      expect(await outsider.ask('GET', path)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });
});

describe('erasing', () => {
  test('[S165] an owner erases a dossier: its sockets close with 4404, and nothing of it is given any more', async () => {
    const site = await startSite();
    const [editor, reader] = [await site.join('editor'), await site.join('reader')];
    const room = dossierOf(site);
    await write(site, editor, room, 'a', 'first');
    const hash = await putBlob(editor, room, 'une pièce');
    const open = await TestClient.open(site, reader, room);
    open.hello();
    await open.hears(({ type }) => type === 'reset');
    for (const person of [editor, reader]) {
      expect(await person.ask('DELETE', erasePath(room))).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    expect(await site.owner.ask('DELETE', erasePath(site.room))).toMatchObject({ status: 400 });
    expect(await site.owner.ask('DELETE', erasePath(room))).toMatchObject({ status: 200, body: { ok: true } });
    expect(await open.closed).toBe(CloseCode.deleted);
    const back = await TestClient.open(site, editor, room);
    expect(await back.closed).toBe(CloseCode.deleted);
    expect((await editor.ask('GET', `/api/blobs/${hash}?room=${encodeURIComponent(room)}`)).status).toBe(404);
    expect((await editor.ask('GET', versionsPath(room))).status).toBe(404);
    expect((await site.owner.ask('DELETE', erasePath(room))).status).toBe(404);
    // Others go on.
    await write(site, editor, site.room, 'b', 'second');
  });

  test('[S165] a meeting goes with its inbox', async () => {
    const site = await startSite();
    const meeting = `${site.team}/meeting/${newId(random)}` as RoomName;
    const inbox = `${meeting}/inbox` as RoomName;
    await write(site, site.owner, meeting, 'a', 'first');
    await write(site, site.owner, inbox, 'b', 'second');
    expect((await site.owner.ask('DELETE', erasePath(meeting))).status).toBe(200);
    for (const room of [meeting, inbox]) {
      expect(await (await TestClient.open(site, site.owner, room)).closed).toBe(CloseCode.deleted);
    }
  });

  test('[S166] what was erased cannot be found in the files of the store', async () => {
    const folder = await temporaryFolder();
    const site = await startSite({}, configOn(folder));
    const room = dossierOf(site);
    const words = 'Rien de cela ne doit rester, pas même dans les pages libres.';
    await write(site, site.owner, room, 'a', words);
    const found = async () => {
      const files = ['rooms.sqlite', 'rooms.sqlite-wal'].map((name) => readFile(join(folder, name), 'latin1'));
      return (await Promise.all(files)).join('').includes('Rien de cela ne doit rester');
    };
    expect(await found()).toBe(true);
    expect((await site.owner.ask('DELETE', erasePath(room))).status).toBe(200);
    expect(await found()).toBe(false);
  });
});
