// Past 300 lines: saving and filling again are tested on one populated server, which is set up at the top.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '../config.ts';
import { startServer } from '../server.ts';
import { type Populated, populatedCopy, putBlob } from '../testing/populated.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import { ask, configOn, quickPasswords, startSite, type TestSite, temporaryFolder } from '../testing/testServer.ts';
import { backup } from './backup.ts';
import { check } from './check.ts';
import { CommandError, openToRead } from './dataFolder.ts';
import { restore } from './restore.ts';
import { TarWriter } from './tar.ts';

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const ports = { now: () => 1_795_536_000_000 };

const command = (dataFolder: string, ...args: string[]) =>
  run(process.execPath, [MAIN, ...args], { env: { PATH: process.env.PATH, LIASSE_DATA: dataFolder } });

/** A folder with data, and a backup of it. */
async function saved(): Promise<{ data: string; file: string; elsewhere: string } & Populated> {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  const populated = await populatedCopy(data);
  const file = join(folder, 'backup.tar');
  backup(data, file, ports);
  return { data, file, elsewhere: join(folder, 'elsewhere'), ...populated };
}

const refusalOf = (done: () => unknown): CommandError | null => {
  try {
    done();
    return null;
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
};

describe('backup', () => {
  test('[S96] saves a server that goes on writing: all that was recorded before is there, and it fits together', {
    timeout: 60_000,
  }, async () => {
    const folder = await temporaryFolder();
    const [data, file, elsewhere] = ['data', 'backup.tar', 'elsewhere'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const site = await startSite({}, configOn(data));
    const client = await TestClient.open(site, site.owner);
    client.hello();
    let recorded = 0;
    let blobs = 0;
    let stop = false;
    const writing = (async () => {
      while (!stop) {
        client.update(edit(`k${recorded}`, 'x'.repeat(2_000)));
        await client.recorded();
        recorded += 1;
        if (recorded % 5 === 0) {
          await putBlob(site.owner, site.room, `pièce ${recorded}`);
          blobs += 1;
        }
      }
    })();
    while (recorded < 40) await client.recorded();
    const before = { recorded, blobs };
    await command(data, 'backup', file);
    expect(recorded).toBeGreaterThan(before.recorded);
    stop = true;
    await writing;

    expect(restore(file, elsewhere).blobs).toBeGreaterThanOrEqual(before.blobs);
    expect(check(elsewhere).wrong).toEqual([]);
    const db = openToRead(join(elsewhere, 'rooms.sqlite'));
    const rows = db.prepare('SELECT last_seq FROM rooms').pluck().get();
    db.close();
    expect(rows).toBeGreaterThanOrEqual(before.recorded);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('[S96] what the server writes between two copies leaves nothing saved that leans on what is not', async () => {
    const { data, elsewhere } = await saved();
    const file = join(await temporaryFolder(), 'b.tar');
    const db = (name: string) => {
      const opened = new Database(join(data, name));
      onTestFinished(() => {
        opened.close();
      });
      return opened;
    };
    const [rooms, refs, accounts] = [db('rooms.sqlite'), db('blobs/refs.sqlite'), db('accounts.sqlite')];
    // As the server does it: an account, a blob, its reference, then a row of a room that speaks of both.
    const write = (n: number) => {
      const hash = createHash('sha256').update(`${n}`).digest('hex');
      const row = accounts.prepare('SELECT * FROM user').get() as Record<string, unknown>;
      const user = { ...row, id: `account-${n}`, email: `${n}@exemple.fr` };
      const names = Object.keys(user);
      accounts.prepare(`INSERT INTO user (${names}) VALUES (${names.map((name) => `@${name}`)})`).run(user);
      mkdirSync(join(data, 'blobs', hash.slice(0, 2)), { recursive: true });
      writeFileSync(join(data, 'blobs', hash.slice(0, 2), hash), `${n}`);
      refs
        .prepare(
          'INSERT INTO blob_refs (room, hash, bytes, account, at) SELECT room, ?, 1, ?, 1 FROM blob_refs LIMIT 1',
        )
        .run(hash, user.id);
      rooms
        .prepare('INSERT INTO entries SELECT id, last_seq + 1, ?, ?, ?, 1 FROM rooms')
        .run(edit(hash, ''), user.id, hash);
      rooms.exec('UPDATE rooms SET last_seq = last_seq + 1');
    };
    write(0);
    let copies = 0;
    backup(data, file, {
      ...ports,
      onCopied: () => {
        copies += 1;
        write(copies);
      },
    });
    expect(copies).toBe(4);
    restore(file, elsewhere);
    expect(check(elsewhere).wrong).toEqual([]);
    const restored = openToRead(join(elsewhere, 'rooms.sqlite'));
    const rows = restored.prepare("SELECT account, session AS hash FROM entries WHERE account LIKE 'account-%'").all();
    restored.close();
    const spoken = rows as { account: string; hash: string }[];
    expect(spoken.length).toBeGreaterThanOrEqual(1);
    const found = (name: string, sql: string, value: string) => {
      const opened = openToRead(join(elsewhere, name));
      const row = opened.prepare(sql).get(value);
      opened.close();
      return row !== undefined;
    };
    for (const { account, hash } of spoken) {
      expect(found('accounts.sqlite', 'SELECT 1 FROM user WHERE id = ?', account), account).toBe(true);
      expect(found('blobs/refs.sqlite', 'SELECT 1 FROM blob_refs WHERE hash = ?', hash), account).toBe(true);
    }
  });

  test('[S96] tar and sha256sum alone unpack and verify it', async () => {
    const { file, data, blobs } = await saved();
    const out = await temporaryFolder();
    await run('tar', ['-xf', file, '-C', out]);
    const { stdout } = await run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: out });
    const verified = stdout.trim().split('\n');
    expect(verified).toHaveLength(7 + blobs.length);
    for (const line of verified) expect(line).toMatch(/: OK$/);
    for (const key of ['secret', 'receipt-key.pem']) {
      expect(await readFile(join(out, key), 'utf8')).toBe(await readFile(join(data, key), 'utf8'));
    }
  });

  test('[S96] a file that is there is not touched, and a failure leaves nothing beside', async () => {
    const { data, file } = await saved();
    const folder = await temporaryFolder();
    const taken = await readFile(file);
    expect(refusalOf(() => backup(data, file, ports))?.message).toContain('is there already');
    expect(await readFile(file)).toEqual(taken);
    await rm(join(data, 'receipt-key.pem'));
    await mkdir(join(data, 'receipt-key.pem'));
    expect(refusalOf(() => backup(data, join(folder, 'b.tar'), ports))).toMatchObject({ exitCode: 2 });
    expect(await readdir(folder)).toEqual([]);
    expect(refusalOf(() => backup(folder, join(folder, 'b.tar'), ports))?.message).toContain('no server’s data');
  });

  test('[S97] missing and damaged blobs are named, and the rest is saved', async () => {
    const { data, blobs, elsewhere } = await saved();
    const [gone = '', changed = ''] = blobs;
    await rm(join(data, 'blobs', gone.slice(0, 2), gone));
    await writeFile(join(data, 'blobs', changed.slice(0, 2), changed), 'autre chose');
    const file = join(await temporaryFolder(), 'b.tar');
    expect(backup(data, file, ports)).toEqual({ blobs: 1, missing: [gone], damaged: [changed] });
    restore(file, elsewhere);
    const { wrong } = check(elsewhere);
    expect(wrong).toHaveLength(2);
    expect(wrong.join()).toMatch(
      new RegExp(`${gone} is missing.*${changed} is damaged|${changed} is damaged.*${gone} is missing`),
    );
  });
});

describe('restore', () => {
  test('[S98] an archive cut or changed at any byte is refused and leaves nothing, or what it restores is whole', {
    timeout: 120_000,
  }, async () => {
    const { file, elsewhere, data } = await saved();
    const archive = await readFile(file);
    const secret = await readFile(join(data, 'secret'), 'utf8');
    const spoiled = `${file}.spoiled`;
    const outcome = async (bytes: Buffer): Promise<'refused' | 'whole'> => {
      await writeFile(spoiled, bytes);
      const refused = refusalOf(() => restore(spoiled, elsewhere));
      if (refused) {
        expect(refused).toMatchObject({ exitCode: 1 });
        expect(existsSync(elsewhere)).toBe(false);
        return 'refused';
      }
      expect(check(elsewhere).wrong).toEqual([]);
      expect(await readFile(join(elsewhere, 'secret'), 'utf8')).toBe(secret);
      await rm(elsewhere, { recursive: true });
      return 'whole';
    };
    const flipped = (at: number) => {
      const bytes = Buffer.from(archive);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      return bytes;
    };
    expect(await outcome(archive)).toBe('whole');
    const place = fc.nat({ max: archive.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, async (at) => {
        await outcome(flipped(at));
        await outcome(archive.subarray(0, at));
      }),
      { numRuns: 30 },
    );
    // Where each file begins: all before it is in order, and only what should follow is missing.
    const starts = Array.from({ length: archive.length / 512 }, (_, n) => n * 512).filter(
      (at) => archive.toString('ascii', at + 257, at + 262) === 'ustar',
    );
    expect(starts.length).toBe(10);
    for (const at of starts) {
      expect(await outcome(archive.subarray(0, at))).toBe('refused');
      expect(await outcome(Buffer.concat([archive.subarray(0, at), Buffer.alloc(1024)]))).toBe('refused');
      // The first byte of what it holds.
      expect(await outcome(flipped(at + 512))).toBe('refused');
    }
  });

  test('[S98] a later form, a foreign name and another kind of file are refused', async () => {
    const folder = await temporaryFolder();
    const target = join(folder, 'target');
    const made = (name: string, write: (tar: TarWriter) => void) => {
      const tar = new TarWriter(join(folder, name), ports.now());
      write(tar);
      tar.finish();
      return join(folder, name);
    };
    const manifest = (format: number) => `{"format":${format},"at":1}\n`;
    const later = made('later.tar', (tar) => tar.addText('liasse-backup.json', manifest(2)));
    const foreign = made('foreign.tar', (tar) => {
      tar.addText('liasse-backup.json', manifest(1));
      tar.addText('../evil', 'x');
    });
    const other = made('other.tar', (tar) => tar.addText('secret', 'x'));
    await writeFile(join(folder, 'notes.txt'), 'pas une archive'.repeat(100));
    const sentences = [later, foreign, other, join(folder, 'notes.txt'), join(folder, 'none.tar')].map(
      (file) => refusalOf(() => restore(file, target))?.message,
    );
    expect(sentences).toEqual([
      expect.stringContaining('later version'),
      expect.stringContaining('it holds ../evil'),
      expect.stringContaining('not a backup'),
      expect.stringContaining('not a backup'),
      expect.stringContaining('no file'),
    ]);
    expect(existsSync(target)).toBe(false);
    expect(existsSync(join(folder, 'evil'))).toBe(false);
    // A folder that was there, empty, is there and empty again.
    await mkdir(target);
    expect(refusalOf(() => restore(foreign, target))?.exitCode).toBe(1);
    expect(await readdir(target)).toEqual([]);
  });

  test('[S98] only an empty folder without a server is filled; one on which a restore was killed starts none', async () => {
    const { file, data, elsewhere } = await saved();
    const before = await readdir(data);
    expect(refusalOf(() => restore(file, data))?.message).toContain('is not empty');
    expect(await readdir(data)).toEqual(before);
    const server = await startServer(configOn(elsewhere));
    expect(refusalOf(() => restore(file, elsewhere))?.message).toContain('is not empty');
    await server.close();
    const half = join(elsewhere, 'half');
    await mkdir(join(half, 'restoring'), { recursive: true });
    await expect(startServer(configOn(half))).rejects.toThrow(ConfigError);
  });
});

describe('what was restored', () => {
  test('[S99] rooms under new epochs, the same receipts and blobs, nobody signed in, no link', async () => {
    const { data, elsewhere, file, room, owner, blobs } = await saved();
    restore(file, elsewhere);
    const read = (folder: string, name: string, sql: string) => {
      const db = openToRead(join(folder, name));
      const rows = db.prepare(sql).all();
      db.close();
      return rows;
    };
    const both = (name: string, sql: string) => [data, elsewhere].map((folder) => read(folder, name, sql));
    const [before = [], after = []] = both('rooms.sqlite', 'SELECT epoch FROM rooms');
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    for (const [name, sql] of [
      ['rooms.sqlite', 'SELECT room, seq, data, account, session, at FROM entries'],
      ['receipts.sqlite', 'SELECT * FROM receipts'],
      ['receipts.sqlite', 'SELECT * FROM keys'],
      ['blobs/refs.sqlite', 'SELECT * FROM blob_refs'],
      ['accounts.sqlite', 'SELECT * FROM members'],
      ['accounts.sqlite', 'SELECT id, email FROM user'],
    ] as const) {
      const [were = [], are] = both(name, sql);
      expect(were.length).toBeGreaterThan(0);
      expect(are).toEqual(were);
    }
    expect(read(data, 'accounts.sqlite', 'SELECT token_hash FROM links').length).toBeGreaterThan(0);
    expect(read(elsewhere, 'accounts.sqlite', 'SELECT token_hash FROM links')).toEqual([]);

    const server = await startServer(configOn(elsewhere), { passwords: quickPasswords });
    const headers = { authorization: `Bearer ${owner.bearer}` };
    expect((await ask(`${server.url}/api/me`, { headers })).status).toBe(401);
    const form = { email: owner.email, password: 'motdepasse' };
    const signedIn = await ask(`${server.url}/api/session`, { method: 'POST', body: form });
    const bearer = (signedIn.body as { bearer: string }).bearer;
    const path = `${server.url}/api/blobs/${blobs[0]}?room=${encodeURIComponent(room)}`;
    const blob = await ask(path, { headers: { authorization: `Bearer ${bearer}` } });
    expect(blob.status).toBe(200);
    await server.close();
  });

  test('[S99] what a device has and the backup had not comes back from the device', async () => {
    const { elsewhere, file, room, owner } = await saved();
    restore(file, elsewhere);
    const server = await startServer(configOn(elsewhere), { passwords: quickPasswords });
    onTestFinished(() => server.close());
    const form = { email: owner.email, password: 'motdepasse' };
    const session = await ask(`${server.url}/api/session`, { method: 'POST', body: form });
    const headers = { authorization: `Bearer ${(session.body as { bearer: string }).bearer}` };
    const opened = async () => {
      const { body } = await ask(`${server.url}/api/tickets`, { method: 'POST', body: { room }, headers });
      const client = TestClient.at({ server } as TestSite, room, (body as { ticket: string }).ticket);
      await new Promise((resolve) => client.socket.once('open', resolve));
      client.hello();
      client.step1();
      await client.hears(({ type }) => type === 'step1');
      return client;
    };
    const device = await opened();
    expect(Object.keys(device.doc().getMap('cards').toJSON()).sort()).toEqual(['a', 'b', 'c']);
    // Its answer to the server's question: all it has, of which the server lacks what was written since.
    const since = edit('d', 'écrit depuis');
    device.say(new Uint8Array([0, 1, since.length, ...since]));
    expect(await device.recorded()).toBe(4);
    expect(Object.keys((await opened()).doc().getMap('cards').toJSON()).sort()).toEqual(['a', 'b', 'c', 'd']);
  });
});
