import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloseCode } from '@liasse/core/protocol';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { startServer } from '../server.ts';
import { brokenStore } from '../testing/brokenStore.ts';
import { eventually } from '../testing/eventually.ts';
import { TestClient } from '../testing/testClient.ts';
import {
  configOn,
  quickPasswords,
  startSite,
  type TestPerson,
  type TestSite,
  temporaryFolder,
} from '../testing/testServer.ts';
import { Authorship } from './authorship.ts';

/** A device that emits what it writes, edit by edit. */
function device(clientId?: number, held?: Uint8Array): { doc: Y.Doc; write(key: string): Uint8Array } {
  const doc = new Y.Doc();
  if (held) Y.applyUpdate(doc, held);
  // Only then: Yjs takes another one when it meets its own.
  if (clientId !== undefined) doc.clientID = clientId;
  return {
    doc,
    write(key) {
      const before = Y.encodeStateVector(doc);
      doc.getMap('cards').set(key, key);
      return Y.encodeStateAsUpdate(doc, before);
    },
  };
}

async function open(site: TestSite, person: TestPerson): Promise<TestClient> {
  const client = await TestClient.open(site, person);
  client.hello();
  client.step1();
  await client.hears(({ type }) => type === 'at');
  return client;
}

const cards = async (site: TestSite) => (await open(site, site.owner)).doc().getMap('cards').toJSON();

test('[S150] what another account would write next under someone’s client id is refused, and the owner’s own edit is taken', async () => {
  const site = await startSite();
  const [hers, his] = [await open(site, site.owner), await open(site, await site.join('editor'))];
  const her = device();
  const first = her.write('première');
  hers.update(first);
  await hers.recorded();
  // He has her document, her id, and the clock that she is about to use.
  const forger = device(her.doc.clientID, first);
  his.update(forger.write('fausse'));
  expect(await his.closed).toBe(CloseCode.malformed);
  hers.update(her.write('seconde'));
  await hers.recorded();
  expect(await cards(site)).toEqual({ première: 'première', seconde: 'seconde' });
});

test('[S150] it is known from the rows of the log, and counts for what one update brings of several ids', async () => {
  const folder = await temporaryFolder();
  const site = await startSite({}, configOn(folder));
  const editor = await site.join('editor');
  const her = device();
  const first = her.write('première');
  const hers = await open(site, site.owner);
  hers.update(first);
  await hers.recorded();
  await site.server.close();
  const again = await startAgain(site, folder);
  const his = await open(again, editor);
  const forger = device(her.doc.clientID, first);
  his.update(Y.mergeUpdates([device().write('la sienne'), forger.write('fausse')]));
  expect(await his.closed).toBe(CloseCode.malformed);
  // What everyone has already may come from anyone, with something new of one’s own.
  const back = await open(again, editor);
  back.update(Y.mergeUpdates([first, device().write('la sienne')]));
  await back.recorded();
  expect(await cards(again)).toEqual({ première: 'première', 'la sienne': 'la sienne' });
});

test('[S150] one person may write under one id from several sessions: a device’s other pages send what a dead one left', async () => {
  const site = await startSite();
  const [page, sibling] = [await open(site, site.owner), await open(site, site.owner)];
  const her = device();
  page.update(her.write('une'));
  await page.recorded();
  sibling.update(her.write('deux'));
  await sibling.recorded();
  expect(await cards(site)).toEqual({ une: 'une', deux: 'deux' });
});

test('[S150] an id that someone is present under is theirs before they write', async () => {
  const site = await startSite();
  const [hers, his] = [await open(site, site.owner), await open(site, await site.join('editor'))];
  const her = device();
  hers.awareness([{ clientId: her.doc.clientID, clock: 1, json: '{}' }]);
  await his.hears((heard) => heard.type === 'awareness' && heard.states.length > 0);
  his.update(device(her.doc.clientID).write('fausse'));
  expect(await his.closed).toBe(CloseCode.malformed);
  hers.update(her.write('vraie'));
  await hers.recorded();
  expect(await cards(site)).toEqual({ vraie: 'vraie' });
});

test('[S150] what was dropped makes nobody an owner', async () => {
  const store = brokenStore();
  const site = await startSite({ store, timings: { probeMs: 10 } });
  const his = await open(site, await site.join('editor'));
  const her = device();
  store.hold();
  his.update(device(her.doc.clientID).write('avant elle'));
  await eventually(() => store.held === 1);
  store.fail();
  expect(await his.closed).toBe(CloseCode.store);
  store.mend();
  await eventually(async () => {
    const hers = await open(site, site.owner);
    hers.update(Y.encodeStateAsUpdate(her.doc));
    hers.update(her.write('elle'));
    return hers.recorded().catch(() => 0);
  });
});

test('[S150] for thirty days after a restore anyone brings what the backup lacked', async () => {
  const folder = await temporaryFolder();
  let at = Date.now();
  writeFileSync(join(folder, 'restored'), String(at));
  const site = await startSite({ now: () => at }, configOn(folder));
  const editor = await site.join('editor');
  const her = device();
  const first = her.write('sauvée');
  const later = [her.write('après'), her.write('encore après')] as const;
  const hers = await open(site, site.owner);
  hers.update(first);
  await hers.recorded();
  const his = await open(site, editor);
  his.update(later[0]);
  await his.recorded();
  expect(await cards(site)).toEqual({ sauvée: 'sauvée', après: 'après' });
  at += 31 * 86_400_000;
  his.update(later[1]);
  expect(await his.closed).toBe(CloseCode.malformed);
});

/** The same site on its folder, after its server was closed. */
async function startAgain(site: TestSite, folder: string): Promise<TestSite> {
  const port = Number(new URL(site.server.url).port);
  const server = await startServer({ ...configOn(folder), port }, { passwords: quickPasswords });
  onTestFinished(() => server.close());
  return { ...site, server };
}

test('[S150] a row that repeats what a compacted prefix has makes its sender the owner of nothing but what it adds', async () => {
  const store = brokenStore();
  const first = await startSite({ store });
  const editor = await first.join('editor');
  const her = device();
  const one = her.write('première');
  const hers = await open(first, first.owner);
  hers.update(one);
  await hers.recorded();
  const prefix = new Y.Doc();
  Y.applyUpdate(prefix, one);
  await store.compact(first.room, 1, Y.encodeStateAsUpdateV2(prefix));
  // Had no space for a while: the whole document goes, hers included.
  const his = await open(first, editor);
  his.update(Y.mergeUpdates([one, device().write('la sienne')]));
  await his.recorded();
  expect(new Authorship(await store.load(first.room)).ownerOf(her.doc.clientID)).toBeNull();
});
