import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CloseCode, type RoomName } from '@liasse/core/protocol';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check } from '../operations/check.ts';
import { openSqliteRoomStore } from '../store/sqliteRoomStore.ts';
import { brokenStore } from '../testing/brokenStore.ts';
import { eventually } from '../testing/eventually.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import { ask, configOn, type Reply, startSite, type TestSite, temporaryFolder } from '../testing/testServer.ts';

const get = (site: TestSite, path: string): Promise<Reply> => ask(`${site.server.url}${path}`);
const readiness = async (site: TestSite): Promise<string> => {
  const { status, body } = await get(site, '/readyz');
  return `${status} ${(body as { code?: string }).code ?? ''}`.trim();
};
const cards = (client: TestClient): unknown => client.doc().getMap('cards').toJSON();
/** No proof is fresh enough, not even one of the same millisecond. */
const quick = { probeMs: 10, probeLimitMs: 200, proofMs: -1 };

async function open(site: TestSite, room: RoomName = site.room): Promise<TestClient> {
  const client = await TestClient.open(site, site.owner, room);
  client.hello();
  client.step1();
  await client.hears(({ type }) => type === 'at');
  return client;
}

describe('[S85] readiness', () => {
  test('says that writes are taken, and why not; health goes on', async () => {
    const store = brokenStore({ full: false });
    const site = await startSite({ store, timings: quick });
    expect(await readiness(site)).toBe('200');
    expect((await get(site, '/readyz')).body).toEqual({ ok: true });
    store.fail();
    expect(await readiness(site)).toBe('503 store-failing');
    expect((await get(site, '/readyz')).body).toEqual({ ok: false, code: 'store-failing', details: {} });
    expect((await get(site, '/healthz')).status).toBe(200);
    store.mend();
    await eventually(async () => (await readiness(site)) === '200');
  });

  test('a disk that answers nothing is a failing store, and who asks is answered', async () => {
    const probe = firstWorks(() => new Promise<void>(() => {}));
    const hung = await startSite({ store: { ...brokenStore(), probe }, timings: quick });
    expect(await readiness(hung)).toBe('503 store-failing');
  });

  test('a recent edit is proof enough: nothing is written to answer', async () => {
    let probes = 0;
    const store = brokenStore();
    const probe = () => {
      probes += 1;
      return store.probe();
    };
    let at = 1_000;
    const site = await startSite({ store: { ...store, probe }, now: () => at, timings: { ...quick, proofMs: 500 } });
    const client = await open(site);
    at += 400;
    client.update(edit('a', 'un'));
    await client.recorded();
    at += 400;
    expect([await readiness(site), probes]).toEqual(['200', 1]);
    at += 400;
    expect([await readiness(site), probes]).toEqual(['200', 2]);
  });

  test('a server that stops says so while it waits for commits, and answers nothing else', async () => {
    const store = brokenStore();
    const site = await startSite({ store });
    const client = await open(site);
    store.hold();
    client.update(edit('a', 'un'));
    await eventually(() => store.held === 1);
    const closed = site.server.close();
    expect(await readiness(site)).toBe('503 stopping');
    expect(await get(site, '/api/me')).toMatchObject({ status: 503, body: { ok: false, code: 'stopping' } });
    expect((await get(site, '/healthz')).status).toBe(200);
    store.release();
    await closed;
    await expect(get(site, '/readyz')).rejects.toThrow('fetch failed');
  });
});

/** The probe at the start works: the later ones are the test's. */
function firstWorks(probe: () => Promise<void>): () => Promise<void> {
  let first = true;
  return () => {
    const works = first;
    first = false;
    return works ? Promise.resolve() : probe();
  };
}

describe('[S86] a full disk', () => {
  test('closes whoever writes, in any room, without asking the disk again; reading goes on; then it recovers', async () => {
    const store = brokenStore();
    const site = await startSite({ store, timings: quick });
    const dossier = `${site.team}/dossier/${site.team}` as RoomName;
    const [board, other] = [await open(site), await open(site, dossier)];
    board.update(edit('a', 'un'));
    await board.recorded();
    store.fail();
    board.update(edit('b', 'perdu'));
    expect(await board.closed).toBe(CloseCode.store);
    expect(await readiness(site)).toBe('503 disk-full');

    let asked = 0;
    const { append } = store;
    store.append = (batch) => {
      asked += 1;
      return append(batch);
    };
    other.update(edit('c', 'refusé'));
    expect([await other.closed, asked]).toEqual([CloseCode.store, 0]);
    expect(cards(await open(site))).toEqual({ a: 'un' });

    store.mend();
    await eventually(async () => (await readiness(site)) === '200');
    const again = await open(site, dossier);
    again.update(edit('d', 'gardé'));
    expect(await again.recorded()).toBe(1);
  });

  test('what is wrong with one room only does not make the server read-only', async () => {
    const store = brokenStore();
    const site = await startSite({ store, timings: { ...quick, proofMs: 60_000 } });
    const dossier = `${site.team}/dossier/${site.team}` as RoomName;
    const [board, other] = [await open(site), await open(site, dossier)];
    await store.erase(dossier);
    other.update(edit('a', 'trop tard'));
    expect(await other.closed).toBe(CloseCode.store);
    expect(await readiness(site)).toBe('200');
    board.update(edit('b', 'gardé'));
    expect(await board.recorded()).toBe(1);
  });

  test('at the start: it can be read', async () => {
    const store = brokenStore();
    store.fail();
    const site = await startSite({ store, timings: quick });
    expect(await readiness(site)).toBe('503 disk-full');
    store.mend();
    await eventually(async () => (await readiness(site)) === '200');
  });

  test('a real one: edits and blobs are refused, rooms and blobs are read, nothing is damaged, and it recovers', {
    timeout: 60_000,
  }, async (context) => {
    const folder = await temporaryFolder();
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk], { encoding: 'utf8' });
    if (mounted.status !== 0) {
      const why = `no disk of its own can be mounted here: ${mounted.error?.message ?? mounted.stderr.trim()}`;
      console.log(`[S86] a real full disk: skipped, ${why}`);
      return context.skip(why);
    }
    onTestFinished(() => {
      spawnSync('/bin/umount', ['--lazy', disk]);
    });
    const lines: string[] = [];
    const data = join(disk, 'data');
    const site = await startSite({ timings: quick, log: (event) => lines.push(event) }, configOn(data));
    const writer = await open(site);
    writer.update(edit('a', 'un'));
    await writer.recorded();
    const [small, large] = ['petite pièce', 'x'.repeat(600_000)].map((text) => Buffer.from(text)) as [Buffer, Buffer];
    const put = (bytes: Buffer) => {
      const hash = createHash('sha256').update(bytes).digest('hex');
      const path = `/api/blobs/${hash}?room=${encodeURIComponent(site.room)}`;
      return site.owner.ask('PUT', path, new Uint8Array(bytes)).then((reply) => ({ path, reply }));
    };
    const stored = await put(small);
    expect(stored.reply.status).toBe(200);
    // The session is due to be renewed, which is a write: reading must not need it.
    const accounts = new Database(join(data, 'accounts.sqlite'));
    const renewed = accounts
      .prepare('UPDATE session SET expiresAt = ?')
      .run(new Date(Date.now() + 864e6).toISOString());
    expect(renewed.changes).toBe(1);
    accounts.close();

    const another = openSqliteRoomStore(join(disk, 'another.sqlite'));
    onTestFinished(() => another.close());
    await another.probe();

    fill(join(disk, 'ballast'));
    const refused = await put(large);
    expect(refused.reply).toMatchObject({ status: 507, body: { ok: false, code: 'no-space' } });
    writer.update(edit('b', 'x'.repeat(600_000)));
    expect(await writer.closed).toBe(CloseCode.store);
    expect(await readiness(site)).toBe('503 disk-full');
    expect((await put(Buffer.from('autre'))).reply).toMatchObject({ status: 507 });
    expect(cards(await open(site))).toEqual({ a: 'un' });
    expect((await site.owner.ask('GET', stored.path)).body).toEqual(new Uint8Array(small));
    expect((await get(site, '/healthz')).status).toBe(200);

    // A few pages are no room for an edit: a probe that fitted would have people send theirs in vain, each second.
    truncateSync(join(disk, 'ballast'), statSync(join(disk, 'ballast')).size - 24 * 1024);
    await expect(another.probe()).rejects.toThrow('full');

    rmSync(join(disk, 'ballast'));
    await eventually(async () => (await readiness(site)) === '200');
    const again = await open(site);
    again.update(edit('c', 'x'.repeat(300_000)));
    expect(await again.recorded()).toBe(2);
    expect((await put(Buffer.from('autre'))).reply.status).toBe(200);
    expect(check(data).wrong).toEqual([]);
    expect(lines).toContain('store-read-only');
    expect(lines.at(-1)).toBe('store-writes-again');
    await site.server.close();
  });
});

/** Takes all the space there is, to the last byte. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  try {
    for (const chunk of [64 * 1024, 4096, 1]) {
      try {
        for (;;) if (writeSync(handle, Buffer.alloc(chunk, 1)) === 0) break;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    }
  } finally {
    closeSync(handle);
  }
}
