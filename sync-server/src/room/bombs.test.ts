import { CloseCode, encodeSyncUpdate, MessageType } from '@liasse/core/protocol';
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { brokenStore } from '../testing/brokenStore.ts';
import { eventually } from '../testing/eventually.ts';
import { TestClient } from '../testing/testClient.ts';
import { startSite, type TestSite } from '../testing/testServer.ts';
import { awarenessFrame } from './frames.ts';

/** How a bomb ends: the socket is closed with that code, or nothing of it is stored, said or passed on. */
type End = number | 'ignored' | 'withheld';

const ascii = (text: string): number[] => [...text].map((char) => char.charCodeAt(0));

/** A number as lib0 writes it. */
function varUint(value: number): number[] {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, value);
  return [...encoding.toUint8Array(encoder)];
}

const update = (...bytes: (number | readonly number[])[]): Uint8Array =>
  encodeSyncUpdate(Uint8Array.from(bytes.flat()));
/** One item of client 7 at clock 0 in the root `a`. @param content - its number and its bytes */
const item = (content: number, ...bytes: (number | readonly number[])[]): Uint8Array =>
  update(1, 1, 7, 0, content, 1, 1, 97, ...bytes, 0);
const DEEP = 200_000;

/** So many lists, each in the one before. */
function nestedTypes(count: number): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, count, 7, 0]) encoding.writeVarUint(encoder, number);
  for (let n = 0; n < count; n += 1) {
    for (const number of n === 0 ? [7, 1, 1, 97, 0] : [7, 0, 7]) encoding.writeVarUint(encoder, number);
    if (n > 0) for (const number of [n - 1, 0]) encoding.writeVarUint(encoder, number);
  }
  encoding.writeVarUint(encoder, 0);
  return encodeSyncUpdate(encoding.toUint8Array(encoder));
}

function holed(): Uint8Array {
  const author = new Y.Doc();
  const rows: Uint8Array[] = [];
  author.on('update', (row: Uint8Array) => rows.push(row));
  for (const value of [1, 2, 3]) author.getMap('cards').set('k', value);
  return encodeSyncUpdate(Y.mergeUpdates([rows[0], rows[2]] as Uint8Array[]));
}

const states = (count: number) =>
  awarenessFrame(Array.from({ length: count }, (_, n) => ({ clientId: n + 1, clock: 1, json: '{}' })));

const BOMBS: readonly [string, End, () => Uint8Array][] = [
  ['the 7 bytes that ask Yjs for 256 MB', CloseCode.malformed, () => update(1, 255, 255, 255, 31, 1, 0)],
  ['a list of a thousand million values in 15 bytes', CloseCode.malformed, () => item(8, ...varUint(1e9), 126)],
  ['a clock that jumps by 2^40 in six bytes', CloseCode.malformed, () => update(1, 1, 7, 0, 0, ...varUint(2 ** 40), 0)],
  ['a clock that begins at 2^40', 'withheld', () => update(1, 1, 7, ...varUint(2 ** 40), 4, 1, 1, 97, 1, 98, 0)],
  [
    'a clock that overflows',
    CloseCode.malformed,
    () => update(1, 1, 7, ...Array(8).fill(255), 127, 4, 1, 1, 97, 1, 98, 0),
  ],
  ['a hole inside one update', 'withheld', holed],
  ['an item beside one of a client that nobody knows', 'withheld', () => update(1, 1, 7, 0, 0x84, 9, 5, 1, 98, 0)],
  ['a deletion of what nobody has', 'withheld', () => update(0, 1, 9, 1, 0, ...varUint(2 ** 40))],
  ['100,000 people in one awareness message', 'ignored', () => states(100_000)],
  [
    'a key named __proto__ in a map',
    CloseCode.malformed,
    () => update(1, 1, 7, 0, 0x28, 1, 1, 97, 9, ...ascii('__proto__'), 1, 126, 0),
  ],
  ['a key named __proto__ in a value', CloseCode.malformed, () => item(8, 1, 118, 1, 9, ...ascii('__proto__'), 126)],
  [`values nested ${DEEP} deep`, CloseCode.malformed, () => item(8, 1, Array(DEEP).fill([117, 1]).flat(), 126)],
  [
    `JSON nested ${DEEP} deep`,
    CloseCode.malformed,
    () => item(5, ...varUint(2 * DEEP), ascii('['.repeat(DEEP) + ']'.repeat(DEEP))),
  ],
  [`types nested ${DEEP} deep`, CloseCode.malformed, () => nestedTypes(DEEP)],
  ['types nested 201 deep', CloseCode.malformed, () => nestedTypes(201)],
  ['a truncated number', CloseCode.malformed, () => update(1, 1, 255)],
  ['a number that never ends', CloseCode.malformed, () => update(...Array(100).fill(255))],
  ['a frame that ends within its length', CloseCode.malformed, () => new Uint8Array([MessageType.sync, 2, 200])],
  ['a lone surrogate in a text', CloseCode.malformed, () => item(4, 3, 0xed, 0xa0, 0x80)],
  [
    'a lone surrogate in a key',
    CloseCode.malformed,
    () => update(1, 1, 7, 0, 0x28, 1, 1, 97, 3, 0xed, 0xa0, 0x80, 1, 126, 0),
  ],
];

async function open(site: TestSite): Promise<TestClient> {
  const client = await TestClient.open(site, site.owner);
  client.hello();
  client.step1();
  await client.hears(({ type }) => type === 'at');
  return client;
}

test.each(BOMBS)('[S30] [S31] [S40] %s', async (_what, end, bomb) => {
  const site = await startSite();
  const [attacker, colleague] = [await open(site), await open(site)];
  const memory = process.memoryUsage();
  attacker.say(bomb());
  if (typeof end === 'number') expect(await attacker.closed).toBe(end);
  else if (end === 'ignored') await attacker.recorded();
  else {
    // It is asked for what is missing, twice, and never told that what it sent is safe.
    const answered = attacker.recorded().then(
      () => 'recorded',
      () => 'closed',
    );
    await eventually(() => attacker.heard.filter(({ type }) => type === 'step1').length > 1);
    expect(await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 50, 'withheld'))])).toBe(
      'withheld',
    );
  }
  // Nobody else notices, and nothing of it stays.
  const mine = new Y.Doc();
  mine.getMap('cards').set('a', 'un');
  colleague.update(Y.encodeStateAsUpdate(mine));
  expect(await colleague.recorded()).toBe(1);
  const later = await open(site);
  expect(later.doc().getMap('cards').toJSON()).toEqual({ a: 'un' });
  expect(colleague.heard.filter(({ type }) => type === 'update' || type === 'awareness')).toEqual([]);
  const { arrayBuffers, external } = process.memoryUsage();
  expect(arrayBuffers + external - memory.arrayBuffers - memory.external).toBeLessThan(64 * 2 ** 20);
});

test('[S31] a flood of updates that all wait for others keeps nothing in memory and stores nothing', async () => {
  const site = await startSite();
  const [attacker, colleague] = [await open(site), await open(site)];
  const room = await colleague.recorded().then(() => site.server.rooms.counts.bytes);
  for (let client = 10; client < 3_000; client += 1) {
    attacker.say(
      update(1, 1, ...varUint(client), 0, 0x84, ...varUint(client + 1), 5, 200, 1, ...Array(200).fill(98), 0),
    );
  }
  attacker.step1();
  await eventually(() => attacker.heard.filter(({ type }) => type === 'step2').length > 1);
  expect(site.server.rooms.counts.bytes).toBe(room);
  expect(attacker.heard.filter(({ type }) => type === 'step1').length).toBe(2);
  expect(colleague.heard.some(({ type }) => type === 'update')).toBe(false);
});

test('[S30] types that are nested one update at a time are counted with what stands there, and with what waits', async () => {
  const site = await startSite();
  const client = await open(site);
  const doc = new Y.Doc();
  let inner = doc.getArray('a') as Y.Array<unknown>;
  doc.on('update', (row: Uint8Array) => client.update(row));
  for (let depth = 1; depth <= 200; depth += 1) {
    const next = new Y.Array();
    inner.push([next]);
    inner = next;
    if (depth === 150) await client.recorded();
  }
  expect(await client.recorded()).toBe(200);
  inner.push([new Y.Map()]);
  expect(await client.closed).toBe(CloseCode.malformed);
  // Many beside each other are as many as one likes.
  const wide = await open(site);
  const flat = new Y.Doc();
  flat.getArray('b').push(Array.from({ length: 5_000 }, () => new Y.Map([['k', new Y.Text('t')]])));
  wide.update(Y.encodeStateAsUpdate(flat));
  await wide.recorded();
});

test('[S30] [S33] types nested in what waits to be committed are counted too', async () => {
  const store = brokenStore();
  const site = await startSite({ store });
  const client = await open(site);
  const doc = new Y.Doc();
  let inner = doc.getArray('a') as Y.Array<unknown>;
  doc.on('update', (row: Uint8Array) => client.update(row));
  store.hold();
  for (let depth = 1; depth <= 201; depth += 1) {
    const next = new Y.Array();
    inner.push([next]);
    inner = next;
  }
  expect(await client.closed).toBe(CloseCode.malformed);
});
