import { CloseCode, type RoomName } from '@liasse/core/protocol';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { brokenStore } from '../testing/brokenStore.ts';
import { eventually } from '../testing/eventually.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import { startSite } from '../testing/testServer.ts';

const cards = (doc: Y.Doc) => doc.getMap('cards').toJSON();
const says = (type: string) => (heard: { type: string }) => heard.type === type;

async function reading(site: Awaited<ReturnType<typeof startSite>>): Promise<TestClient> {
  const client = await TestClient.open(site, site.owner);
  client.hello();
  client.step1();
  await client.hears(says('at'));
  return client;
}

describe('only committed bytes leave', () => {
  test('[S10] while a commit is held, neither fan-out, nor a joiner’s SyncStep2, nor recorded leaves', async () => {
    const store = brokenStore();
    const site = await startSite({ store });
    const [writer, watcher] = [await reading(site), await reading(site)];
    store.hold();
    writer.update(edit('a', 'secret'));
    const recorded = writer.recorded();
    await eventually(() => store.held === 1);

    const joiner = await reading(site);
    // An answer to a question asked after the edit: had the edit been passed on, it would stand before it.
    watcher.step1();
    await eventually(() => watcher.heard.filter(says('step2')).length === 2);
    expect(cards(joiner.doc())).toEqual({});
    expect(cards(watcher.doc())).toEqual({});
    expect(writer.heard.some(says('recorded'))).toBe(false);

    store.release();
    expect(await recorded).toBe(1);
    await Promise.all([watcher, joiner].map((client) => client.hears(says('update'))));
    expect([cards(watcher.doc()), cards(joiner.doc())]).toEqual([{ a: 'secret' }, { a: 'secret' }]);
  });

  test('[S11] a failed commit drops the queue, closes 4503, and nobody ever sees the edit', async () => {
    const store = brokenStore();
    const site = await startSite({ store, timings: { probeMs: 20 } });
    const [writer, watcher] = [await reading(site), await reading(site)];
    store.hold();
    writer.update(edit('a', 'lost'));
    writer.update(edit('b', 'lost too'));
    await eventually(() => store.held === 1);
    store.fail();
    expect(await Promise.all([writer.closed, watcher.closed])).toEqual([CloseCode.store, CloseCode.store]);

    // Reading goes on; writing is refused until the store has proved that it writes.
    const back = await reading(site);
    expect(cards(back.doc())).toEqual({});
    back.update(edit('c', 'too early'));
    expect(await back.closed).toBe(CloseCode.store);

    store.mend();
    const again = await eventually(async () => {
      const client = await reading(site);
      client.update(edit('d', 'kept'));
      return (await client.recorded().catch(() => null)) && client;
    });
    again.step1();
    await eventually(() => again.heard.filter(says('step2')).length === 2);
    expect(cards(again.doc())).toEqual({ d: 'kept' });
  });
});

describe('the exchange', () => {
  test('[S12] hello is answered by reset, the document, at; an edit by at and recorded with its number', async () => {
    const site = await startSite();
    const first = await reading(site);
    first.update(edit('a', 'one'));
    expect(await first.recorded()).toBe(1);
    first.update(edit('b', 'two'));
    expect(await first.recorded()).toBe(2);
    const second = await reading(site);
    expect(second.heard.map(({ type }) => type).filter((type) => type !== 'awareness')).toEqual([
      'reset',
      'step2',
      'at',
      'step1',
    ]);
    const [reset, , at] = second.heard;
    expect(at).toEqual({ ...reset, type: 'at' });
    expect(at).toMatchObject({ seq: 2 });
    expect(cards(second.doc())).toEqual({ a: 'one', b: 'two' });
  });

  test('[S12] to a client that never says hello the server says nothing first, and nothing of ours', async () => {
    const site = await startSite({ timings: { heartbeatMs: 20 } });
    const stock = await TestClient.open(site, site.owner);
    const ours = await reading(site);
    await eventually(() => ours.heard.filter(says('at')).length > 3);
    expect(stock.heard).toEqual([]);
    stock.step1();
    ours.update(edit('a', 'one'));
    await stock.hears(says('update'));
    const before = stock.heard.length;
    await eventually(() => stock.heard.length > before + 2);
    expect(new Set(stock.heard.map(({ type }) => type))).toEqual(new Set(['step2', 'step1', 'update', 'awareness']));
  });

  test('[S13] what says nothing new is recorded and not logged again', async () => {
    const site = await startSite();
    const client = await reading(site);
    const update = edit('a', 'one');
    client.update(update);
    client.update(update);
    expect(await client.recorded()).toBe(1);
    client.update(update);
    expect(await client.recorded()).toBe(1);
  });

  test('[S14] an edit that leans on a missing one is not stored: the server asks, and withholds recorded', async () => {
    const site = await startSite();
    const client = await reading(site);
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'première');
    const before = Y.encodeStateVector(doc);
    doc.getText('t').insert(8, ' et seconde');
    client.update(Y.encodeStateAsUpdate(doc, before));
    const recorded = client.recorded();
    await eventually(() => client.heard.filter(says('step1')).length === 2);
    expect(client.heard.some(says('recorded'))).toBe(false);
    const whole = Y.encodeStateAsUpdate(doc);
    client.say(new Uint8Array([0, 1, whole.length, ...whole]));
    expect(await recorded).toBe(1);
    const joiner = await reading(site);
    expect(joiner.doc().getText('t').toString()).toBe('première et seconde');
  });

  test('[S14] of a device that lost a row for good, what can stand is kept, and recorded is never said', async () => {
    const site = await startSite();
    const client = await reading(site);
    const whole = new Y.Doc();
    whole.getText('t').insert(0, 'perdue');
    const before = Y.encodeStateVector(whole);
    whole.getText('t').insert(6, ' suite');
    const maimed = new Y.Doc();
    Y.applyUpdate(maimed, Y.encodeStateAsUpdate(whole, before));
    Y.applyUpdate(maimed, edit('a', 'kept'));
    const update = Y.encodeStateAsUpdate(maimed);
    client.update(update);
    await eventually(() => client.heard.filter(says('step1')).length === 2);
    void client.recorded().catch(() => {});
    client.say(new Uint8Array([0, 1, update.length, ...update]));
    const joiner = await eventually(async () => {
      const one = await reading(site);
      return Object.keys(cards(one.doc())).length > 0 && one;
    });
    expect(cards(joiner.doc())).toEqual({ a: 'kept' });
    expect(client.heard.some(says('recorded'))).toBe(false);
  });

  test('[S15] a reader that does not drain is closed with 4508, and the others do not wait for it', async () => {
    const site = await startSite({ timings: { slowReaderMs: 200, highWaterBytes: 1_000 } });
    const slow = await reading(site);
    const [writer, other] = [await reading(site), await reading(site)];
    slow.socket.pause();
    for (let i = 0; i < 24; i += 1) writer.update(edit(`k${i}`, 'x'.repeat(400_000)));
    await writer.recorded();
    await eventually(() => other.heard.filter(says('update')).length === 24);
    await eventually(() => site.server.rooms.counts.connections === 2);
    slow.socket.resume();
    expect([CloseCode.slowReader, 1006]).toContain(await slow.closed);
  });
});

describe('rooms in memory', () => {
  test('[S16] a room nobody has open is let go, and comes back the same', async () => {
    const site = await startSite({ timings: { idleRoomMs: 40 } });
    const client = await reading(site);
    client.update(edit('a', 'one'));
    await client.recorded();
    expect(site.server.rooms.counts.rooms).toBe(1);
    client.socket.close();
    await eventually(() => site.server.rooms.counts.rooms === 0);
    expect(cards((await reading(site)).doc())).toEqual({ a: 'one' });
  });

  test('[S16] beyond the budget a new room is refused with 4503, and those in use go on', async () => {
    const site = await startSite({ timings: { maxRooms: 1 } });
    const client = await reading(site);
    const another = await TestClient.open(site, site.owner, `${site.team}/dossier/${site.team}` as RoomName);
    expect(await another.closed).toBe(CloseCode.store);
    client.update(edit('a', 'one'));
    expect(await client.recorded()).toBe(1);
  });

  test('[S16] many joining at once make one load', async () => {
    const store = brokenStore();
    let loads = 0;
    const load = (room: RoomName) => {
      loads += 1;
      return store.load(room);
    };
    const counted = { ...store, load };
    const site = await startSite({ store: counted });
    await Promise.all(Array.from({ length: 8 }, () => reading(site)));
    expect(loads).toBe(1);
  });

  test('[S5] an erased room closes with 4404', async () => {
    const store = brokenStore();
    const site = await startSite({ store });
    await store.erase(site.room);
    expect(await (await TestClient.open(site, site.owner)).closed).toBe(CloseCode.deleted);
  });
});
