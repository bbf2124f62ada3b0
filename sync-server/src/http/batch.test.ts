import {
  type BatchAnswer,
  type BatchAsk,
  BatchLimits,
  type BatchSynced,
  decodeBatchAnswer,
  dossierRoom,
  encodeBatch,
  newId,
  type RoomName,
  type TeamId,
} from '@liasse/core/protocol';
import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { memoryRoomStore } from '../store/memoryRoomStore.ts';
import { brokenStore } from '../testing/brokenStore.ts';
import { eventually } from '../testing/eventually.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import { random, startSite, type TestPerson } from '../testing/testServer.ts';

const asking = (room: RoomName, more: Partial<BatchAsk> = {}): BatchAsk => ({
  room,
  epoch: '',
  seq: 0,
  stateVector: new Uint8Array(),
  updates: [],
  ...more,
});

const batch = async (person: TestPerson, ...asks: BatchAsk[]): Promise<BatchAnswer[]> => {
  const { status, body } = await person.ask('POST', '/api/sync/batch', encodeBatch(asks));
  const answers = status === 200 ? decodeBatchAnswer(body as Uint8Array) : null;
  if (!answers) throw new Error(`the batch answered ${status} ${JSON.stringify(body)}`);
  return answers;
};

const synced = async (person: TestPerson, ask: BatchAsk): Promise<BatchSynced> => {
  const [answer] = await batch(person, ask);
  if (!answer || answer.refused !== null) throw new Error(`refused: ${answer?.refused}`);
  return answer;
};

const cardsOf = (updates: readonly Uint8Array[], doc = new Y.Doc()) => {
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc.getMap('cards').toJSON();
};

test('[S141] what is pushed is judged, recorded and passed on as a socket’s; what the device lacks comes back', async () => {
  const site = await startSite();
  const socket = await TestClient.open(site, site.owner);
  socket.hello();
  socket.step1();
  socket.update(edit('a', 'par un socket'));
  await socket.recorded();
  const answer = await synced(site.owner, asking(site.room, { updates: [edit('b', 'par un lot')] }));
  expect(answer).toMatchObject({ seq: 2, recorded: true, more: false, reset: true });
  expect(cardsOf(answer.updates)).toEqual({ a: 'par un socket', b: 'par un lot' });
  await socket.hears((heard) => heard.type === 'update');
  expect(socket.doc().getMap('cards').get('b')).toBe('par un lot');
});

test('[S141] nothing is said to be recorded before it is durable', async () => {
  const store = brokenStore();
  const site = await startSite({ store });
  await synced(site.owner, asking(site.room));
  store.hold();
  let answered = false;
  const waiting = synced(site.owner, asking(site.room, { updates: [edit('a', 'x')] })).finally(() => {
    answered = true;
  });
  await eventually(async () => store.held === 1);
  expect(answered).toBe(false);
  expect(cardsOf((await synced(site.owner, asking(site.room))).updates)).toEqual({});
  store.release();
  expect((await waiting).recorded).toBe(true);
});

test('[S142] from a cursor only what came since is sent, and not what was just pushed', async () => {
  const site = await startSite();
  const one = await synced(site.owner, asking(site.room, { updates: [edit('a', 'un'), edit('b', 'deux')] }));
  const cursor = { epoch: one.epoch, seq: one.seq };
  expect(one.seq).toBe(2);
  expect(await synced(site.owner, asking(site.room, cursor))).toMatchObject({ seq: 2, reset: false, updates: [] });
  const others = edit('c', 'd’une collègue');
  await synced(await site.join('editor'), asking(site.room, { updates: [others] }));
  const since = await synced(site.owner, asking(site.room, { ...cursor, updates: [edit('d', 'de moi')] }));
  expect(since).toMatchObject({ seq: 4, reset: false, more: false, updates: [others] });
});

test('[S142] a cursor that is gone, of another epoch or too far, gives all that the state vector lacks', async () => {
  const store = memoryRoomStore(() => newId(random));
  const site = await startSite({ store });
  const doc = new Y.Doc();
  const { epoch } = await synced(site.owner, asking(site.room, { updates: [edit('a', 'un'), edit('b', 'deux')] }));
  for (const cursor of [
    { epoch: 'd’une autre époque', seq: 1 },
    { epoch, seq: 9 },
  ]) {
    const whole = await synced(site.owner, asking(site.room, cursor));
    expect(whole).toMatchObject({ epoch, seq: 2, reset: true });
    expect(cardsOf(whole.updates, doc)).toEqual({ a: 'un', b: 'deux' });
  }
  const stateVector = Y.encodeStateVector(doc);
  expect((await synced(site.owner, asking(site.room, { stateVector }))).updates).toEqual([]);
  await store.compact(site.room, 2, Y.encodeStateAsUpdateV2(doc));
  expect(await synced(site.owner, asking(site.room, { epoch, seq: 1 }))).toMatchObject({ seq: 2, reset: true });
});

test('[S143] each room has its own answer: one without right, of another team, malformed or erased disturbs none', async () => {
  const store = memoryRoomStore(() => newId(random));
  const site = await startSite({ store });
  const reader = await site.join('reader');
  const room = () => dossierRoom(site.team, newId(random));
  const [erased, restricted] = [room(), room()];
  await store.erase(erased);
  await site.owner.ask('POST', '/api/rooms/restrict', { room: restricted });
  const detached = new Y.Doc();
  detached.getText('t').insert(0, 'a');
  const before = Y.encodeStateVector(detached);
  detached.getText('t').insert(1, 'b');
  const leaning = Y.encodeStateAsUpdate(detached, before);
  const answers = await batch(
    site.owner,
    asking(site.room, { updates: [edit('a', 'x')] }),
    asking(dossierRoom(newId<TeamId>(random), newId(random))),
    asking(erased, { updates: [edit('a', 'x')] }),
    asking(room(), { updates: [new Uint8Array([1, 255, 255, 255, 31, 1, 0])] }),
    asking(room(), { updates: [edit('avant', 'x'), leaning] }),
    asking(room(), { stateVector: new Uint8Array([9, 9]) }),
    asking(room(), { updates: [edit('b', 'y')] }),
  );
  const outcomes = answers.map((answer) => answer.refused ?? (answer.recorded && 'recorded'));
  expect(outcomes).toEqual(['recorded', 'forbidden', 'erased', 'malformed', 'missing', 'malformed', 'recorded']);

  const ofReader = await batch(
    reader,
    asking(site.room, { updates: [edit('c', 'z')] }),
    asking(site.room),
    asking(restricted),
  );
  expect(ofReader.map(({ refused }) => refused)).toEqual(['forbidden', null, 'forbidden']);
  expect(ofReader[1]?.refused === null && cardsOf(ofReader[1].updates)).toEqual({ a: 'x' });
});

test('[S143] who loses the right while the batch is being answered gets nothing of the room', async () => {
  const site = await startSite();
  const one = await synced(site.owner, asking(site.room, { updates: [edit('a', 'x')] }));
  for (const cursor of [{}, { epoch: one.epoch, seq: 0 }]) {
    const rights = vi.spyOn(site.server.rights, 'of').mockReturnValueOnce('owner').mockReturnValue(null);
    expect(await batch(site.owner, asking(site.room, cursor))).toEqual([{ room: site.room, refused: 'forbidden' }]);
    rights.mockRestore();
  }
});

test('[S143] a store that cannot write says so, and gives what there is', async () => {
  const store = brokenStore();
  const site = await startSite({ store, timings: { probeMs: 5 } });
  await synced(site.owner, asking(site.room, { updates: [edit('a', 'x')] }));
  store.fail();
  const update = { updates: [edit('b', 'y')] };
  expect(await batch(site.owner, asking(site.room, update))).toEqual([{ room: site.room, refused: 'unavailable' }]);
  expect(cardsOf((await synced(site.owner, asking(site.room))).updates)).toEqual({ a: 'x' });
  store.mend();
  await eventually(async () => (await batch(site.owner, asking(site.room, update)))[0]?.refused === null);
});

test('[S144] an answer that is full leaves the rest for the next; what was pushed is recorded all the same', async () => {
  const site = await startSite();
  const long = 'x'.repeat(600_000);
  const rooms = Array.from({ length: 4 }, () => dossierRoom(site.team, newId(random)));
  for (const room of rooms) await synced(site.owner, asking(room, { updates: [edit('a', long)] }));
  const answers = await batch(
    site.owner,
    ...rooms.map((room, index) => asking(room, index === 3 ? { updates: [edit('b', 'y')] } : {})),
  );
  const got = answers.map((answer) => answer.refused === null && [answer.updates.length, answer.more, answer.recorded]);
  expect(got).toEqual([
    [1, false, true],
    [1, false, true],
    [0, true, true],
    [0, true, true],
  ]);
  const rest = await synced(site.owner, asking(rooms[3] as RoomName));
  expect(Object.keys(cardsOf(rest.updates)).sort()).toEqual(['a', 'b']);

  // The rows of one room, too.
  const [room] = rooms as [RoomName];
  const { epoch, seq } = await synced(site.owner, asking(room));
  await synced(site.owner, asking(room, { updates: [1, 2, 3].map((n) => edit(`k${n}`, long)) }));
  const part = await synced(site.owner, asking(room, { epoch, seq }));
  expect([part.updates.length, part.more, part.seq]).toEqual([2, true, seq + 2]);
  const end = await synced(site.owner, asking(room, { epoch, seq: part.seq }));
  expect([end.updates.length, end.more, end.seq]).toEqual([1, false, seq + 3]);
});

test('[S145] what is no batch is refused, without a session too; who asks too often waits, and nobody else', async () => {
  let at = Date.now();
  const site = await startSite({ now: () => at });
  const other = await site.join('editor');
  for (const body of [new Uint8Array(), new Uint8Array([1, 1]), encodeBatch([]).slice(1)]) {
    const refused = await site.owner.ask('POST', '/api/sync/batch', body);
    expect(refused).toMatchObject({ status: 400, body: { ok: false, code: 'invalid-input' } });
  }
  const tooMany = Array.from({ length: BatchLimits.maxRooms + 1 }, () => asking(site.room));
  expect((await site.owner.ask('POST', '/api/sync/batch', encodeBatch(tooMany))).status).toBe(400);
  const stranger = await fetch(`${site.server.url}/api/sync/batch`, {
    method: 'POST',
    body: Buffer.from(encodeBatch([])),
  });
  expect(stranger.status).toBe(401);
  for (let n = 0; n < 200; n += 1) await site.owner.ask('POST', '/api/sync/batch', encodeBatch([]));
  expect((await site.owner.ask('POST', '/api/sync/batch', encodeBatch([]))).status).toBe(429);
  expect(await batch(other, asking(site.room))).toHaveLength(1);
  at += 1_000;
  expect(await batch(site.owner, asking(site.room))).toHaveLength(1);
});

test('[S145] a room that a batch uses stays in memory for as long, and no longer than others', async () => {
  const store = brokenStore();
  const site = await startSite({ store, timings: { idleRoomMs: 20, maxRooms: 10 } });
  store.hold();
  const waiting = synced(site.owner, asking(site.room, { updates: [edit('a', 'x')] }));
  await eventually(async () => store.held === 1);
  store.release();
  expect((await waiting).recorded).toBe(true);
  await eventually(async () => site.server.rooms.counts.rooms === 0);
});
