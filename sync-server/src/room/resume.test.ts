import type { Cursor } from '@liasse/core/protocol';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { memoryRoomStore } from '../store/memoryRoomStore.ts';
import { brokenStore } from '../testing/brokenStore.ts';
import { eventually } from '../testing/eventually.ts';
import { edit, type Heard, TestClient } from '../testing/testClient.ts';
import { startSite, type TestSite } from '../testing/testServer.ts';

const cards = (doc: Y.Doc) => doc.getMap('cards').toJSON();
const says = (type: string) => (heard: { type: string }) => heard.type === type;
const kinds = ({ heard }: TestClient) => heard.map(({ type }) => type).filter((type) => type !== 'awareness');

/** Says hello with a cursor, and hears its answer. */
async function comingBack(site: TestSite, cursor: Cursor): Promise<TestClient> {
  const client = await TestClient.open(site, site.owner);
  client.hello(cursor);
  await client.hears((heard) => heard.type === 'at' || heard.type === 'reset');
  return client;
}

/** Someone who writes, and where the room stands after each of their edits. */
async function writing(site: TestSite): Promise<{ write(key: string, value: string): Promise<Cursor> }> {
  const client = await TestClient.open(site, site.owner);
  client.hello();
  client.step1();
  const at = (await client.hears(says('at'))) as Extract<Heard, { type: 'at' }>;
  return {
    async write(key, value) {
      client.update(edit(key, value));
      return { epoch: at.epoch, seq: await client.recorded() };
    },
  };
}

describe('[S17] resuming', () => {
  test('who is up to date gets an empty exchange and nothing else, in under 200 bytes', async () => {
    const site = await startSite();
    const { write } = await writing(site);
    const cursor = await write('a', 'one');
    const client = await TestClient.open(site, site.owner);
    let bytes = 0;
    client.socket.on('message', (data: Buffer) => {
      bytes += data.length;
    });
    client.hello(cursor);
    expect(await client.hears(says('at'))).toEqual({ type: 'at', ...cursor });
    expect(kinds(client)).toEqual(['step2', 'at']);
    expect(cards(client.doc())).toEqual({});
    expect(bytes).toBeLessThan(200);
  });

  test('who missed rows gets these and no others', async () => {
    const site = await startSite();
    const { write } = await writing(site);
    const cursor = await write('a', 'one');
    await write('b', 'two');
    const last = await write('c', 'three');
    const client = await comingBack(site, cursor);
    expect(kinds(client)).toEqual(['update', 'update', 'step2', 'at']);
    expect(client.heard.find(says('at'))).toEqual({ type: 'at', ...last });
    expect(cards(client.doc())).toEqual({ b: 'two', c: 'three' });
  });

  test('what is committed while the rows are read is heard too, and at says so only after all', async () => {
    const store = memoryRoomStore(() => 'epoch');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    const since: typeof store.since = async (...given) => {
      const rows = await store.since(...given);
      asked += 1;
      await held;
      return rows;
    };
    const site = await startSite({ store: { ...store, since } });
    const { write } = await writing(site);
    const cursor = await write('a', 'one');
    await write('b', 'two');
    const client = await TestClient.open(site, site.owner);
    client.hello(cursor);
    await eventually(() => asked === 1);
    const last = await write('c', 'three');
    await client.hears(says('update'));
    expect(client.heard.some(says('at'))).toBe(false);
    release();
    expect(await client.hears(says('at'))).toEqual({ type: 'at', ...last });
    expect(cards(client.doc())).toEqual({ b: 'two', c: 'three' });
  });

  test('who resumed writes, is acknowledged, and hears the others', async () => {
    const site = await startSite();
    const { write } = await writing(site);
    const client = await comingBack(site, await write('a', 'one'));
    client.update(edit('mine', 'kept'));
    expect(await client.recorded()).toBe(2);
    const last = await write('b', 'two');
    expect(await client.hears((heard) => heard.type === 'at' && heard.seq === last.seq)).toBeTruthy();
    expect(cards(client.doc())).toEqual({ b: 'two' });
  });

  test('the standard exchange stands where the cursor means nothing: another epoch, a row that is not there', async () => {
    const site = await startSite();
    const { write } = await writing(site);
    const { epoch, seq } = await write('a', 'one');
    for (const cursor of [
      { epoch: 'another', seq },
      { epoch, seq: seq + 1 },
    ]) {
      const client = await comingBack(site, cursor);
      expect(kinds(client)).toEqual(['reset']);
      client.step1();
      await client.hears(says('at'));
      expect(cards(client.doc())).toEqual({ a: 'one' });
    }
  });

  test('and where the rows are compacted, heavier than the document, or cannot be read', async () => {
    const compacted = memoryRoomStore(() => 'epoch');
    const site = await startSite({ store: compacted });
    const { write } = await writing(site);
    const cursor = await write('a', 'one');
    await write('b', 'two');
    const doc = new Y.Doc();
    await compacted.compact(site.room, 2, Y.encodeStateAsUpdateV2(doc));
    expect(kinds(await comingBack(site, cursor))).toEqual(['reset']);

    const broken = brokenStore();
    const unreadable = await startSite({ store: { ...broken, since: () => Promise.reject(new Error('unreadable')) } });
    const elsewhere = await writing(unreadable);
    const stale = await elsewhere.write('a', 'one');
    await elsewhere.write('b', 'two');
    expect(kinds(await comingBack(unreadable, stale))).toEqual(['reset']);
  });

  test('and where the rows are too many, or weigh more than the document', async () => {
    const site = await startSite();
    const { write } = await writing(site);
    const cursor = await write('a', 'x'.repeat(100_000));
    for (let n = 0; n < 60; n += 1) await write('a', String(n).repeat(20_000));
    expect(kinds(await comingBack(site, cursor))).toEqual(['reset']);

    const store = memoryRoomStore(() => 'epoch');
    const long = await startSite({ store });
    const { write: writeOn } = await writing(long);
    const stale = await writeOn('a', 'one');
    const account = long.owner.id;
    const entries = Array.from({ length: 2_001 }, () => ({ update: edit('b', 'x'), account, session: 's', at: 0 }));
    await long.server.close();
    await store.append([{ room: long.room, entries }]);
    const again = await startSite({ store });
    await again.owner.ask('POST', '/api/teams', { id: long.room.split('/')[0], name: 'Bureau des essais' });
    const client = await TestClient.open(again, again.owner, long.room);
    client.hello(stale);
    await client.hears(({ type }) => type === 'reset' || type === 'at');
    expect(kinds(client)).toEqual(['reset']);
  });

  test('a row that the document leaves out is never sent to who resumes', async () => {
    const store = memoryRoomStore(() => 'epoch');
    const first = await startSite({ store });
    const { write } = await writing(first);
    const cursor = await write('a', 'one');
    const author = { account: first.owner.id, session: 's', at: 0 };
    await store.append([{ room: first.room, entries: [{ update: new Uint8Array([1, 2, 3]), ...author }] }]);
    await first.server.close();
    const second = await startSite({ store });
    const room = first.room;
    await second.owner.ask('POST', '/api/teams', { id: room.split('/')[0], name: 'Bureau des essais' });
    const client = await TestClient.open(second, second.owner, room);
    client.hello(cursor);
    await client.hears(says('reset'));
    expect(kinds(client)).toEqual(['reset']);
  });
});
