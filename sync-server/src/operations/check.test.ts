import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Populated, populatedCopy } from '../testing/populated.ts';
import { edit, TestClient } from '../testing/testClient.ts';
import { configOn, startSite, temporaryFolder } from '../testing/testServer.ts';
import { check } from './check.ts';
import { runCommand } from './commands.ts';

const fileOf = (folder: string, hash: string) => join(folder, 'blobs', hash.slice(0, 2), hash);

function sql(folder: string, name: string, statement: string, ...values: unknown[]): void {
  const db = new Database(join(folder, name));
  db.pragma('foreign_keys = OFF');
  db.prepare(statement).run(...values);
  db.close();
}

/** An edit that leans on one that nobody has. */
function leaning(): Uint8Array {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, 'un');
  const before = Y.encodeStateVector(doc);
  doc.getText('t').insert(2, ' deux');
  return Y.encodeStateAsUpdate(doc, before);
}

/** Says whether each file is as it was; SQLite's own marks of who reads are no part of the data. */
function printOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files
      .filter(({ name }) => !/-(?:shm|wal)$/.test(name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

function run(folder: string, ...args: string[]): { code: number; said: string[]; complained: string[] } {
  const said: string[] = [];
  const complained: string[] = [];
  const code = runCommand(args, {
    environment: { LIASSE_DATA: folder },
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
  });
  return { code, said, complained };
}

interface Damage {
  readonly what: string;
  damage(folder: string, about: Populated): void;
  /** Part of each sentence that must be said, in order. */
  readonly said: (about: Populated) => string[];
}

const DAMAGES: Damage[] = [
  {
    what: 'a row in the middle is missing',
    damage: (folder) => sql(folder, 'rooms.sqlite', 'DELETE FROM entries WHERE seq = 2'),
    said: ({ room }) => [`Room ${room}: row 2 is missing`],
  },
  {
    what: 'the last rows are missing',
    damage: (folder) => sql(folder, 'rooms.sqlite', 'DELETE FROM entries WHERE seq > 1'),
    said: () => ['rows 2 to 3 are missing'],
  },
  {
    what: 'a row stands beyond the last',
    damage: (folder) => sql(folder, 'rooms.sqlite', 'UPDATE rooms SET last_seq = 2'),
    said: () => ['rows beyond its last, 2'],
  },
  {
    what: 'a row that throws',
    damage: (folder) =>
      sql(folder, 'rooms.sqlite', 'UPDATE entries SET data = ? WHERE seq = 2', Buffer.from([9, 9, 9])),
    said: () => ['row 2 cannot be applied: it is quarantined'],
  },
  {
    what: 'a row with bytes that nobody reads',
    damage: (folder) =>
      sql(folder, 'rooms.sqlite', "UPDATE entries SET data = CAST(data || x'00' AS BLOB) WHERE seq = 3"),
    said: () => ['row 3 is not what the server took in'],
  },
  {
    what: 'a row that leans on nothing',
    damage: (folder) => sql(folder, 'rooms.sqlite', 'UPDATE entries SET data = ? WHERE seq = 3', leaning()),
    said: () => ['waits for edits that are not there'],
  },
  {
    what: 'a snapshot that cannot be read',
    damage: (folder) =>
      sql(folder, 'rooms.sqlite', 'UPDATE rooms SET snapshot = ?, snapshot_seq = 0', Buffer.from([1, 2, 3])),
    said: () => ['its snapshot cannot be read'],
  },
  {
    what: 'a version that cannot be read',
    damage: (folder) =>
      sql(
        folder,
        'rooms.sqlite',
        "INSERT INTO versions (room, seq, at, accounts, snapshot) SELECT id, 2, 1, '[]', x'010203' FROM rooms",
      ),
    said: () => ['the version at row 2 cannot be read'],
  },
  {
    what: 'an erased room of which something is left',
    damage: (folder) => sql(folder, 'rooms.sqlite', 'UPDATE rooms SET erased_at = 1'),
    said: () => ['it was erased, and something of it is still there'],
  },
  {
    what: 'a blob is missing, another is damaged',
    damage: (folder, { blobs: [first = '', second = ''] }) => {
      rmSync(fileOf(folder, first));
      writeFileSync(fileOf(folder, second), 'autre chose');
    },
    said: ({ blobs: [first, second], room }) => [`Blob ${first} is missing; room ${room}`, `Blob ${second} is damaged`],
  },
  {
    what: 'a receipt says another moment than was signed',
    damage: (folder) =>
      sql(folder, 'receipts.sqlite', 'UPDATE receipts SET received_at = received_at + 1 WHERE seq = 2'),
    said: ({ room }) => [`Receipt 2 of room ${room} does not hold`],
  },
  {
    what: 'a receipt is no receipt',
    damage: (folder) => sql(folder, 'receipts.sqlite', "UPDATE receipts SET signature = 'x' WHERE seq = 1"),
    said: () => ['Receipt 1 of room'],
  },
  {
    what: 'a receipt is missing',
    damage: (folder) => sql(folder, 'receipts.sqlite', 'DELETE FROM receipts WHERE seq = 1'),
    said: () => ['follows receipt 0: one between them is missing'],
  },
  {
    what: 'a public key is damaged',
    damage: (folder) => sql(folder, 'receipts.sqlite', "UPDATE keys SET x = 'AAAA'"),
    said: () => ['The public key', 'Receipt 1 of', 'Receipt 2 of'],
  },
  {
    what: 'the private key is none',
    damage: (folder) => writeFileSync(join(folder, 'receipt-key.pem'), 'nonsense'),
    said: () => ['receipt-key.pem is no private key'],
  },
  {
    what: 'a database is overwritten',
    damage: (folder) => writeFileSync(join(folder, 'accounts.sqlite'), 'x'.repeat(8192)),
    said: () => ['accounts.sqlite cannot be read'],
  },
  {
    what: 'a page of a database is overwritten',
    damage: (folder) => {
      const file = join(folder, 'receipts.sqlite');
      const bytes = readFileSync(file);
      bytes.fill(0xff, 4096, 4200);
      writeFileSync(file, bytes);
    },
    said: () => ['receipts.sqlite'],
  },
  {
    what: 'a member without an account',
    damage: (folder) => sql(folder, 'accounts.sqlite', "UPDATE members SET account = 'account-nobody'"),
    said: () => ['has a member, account-nobody, who has no account'],
  },
  {
    what: 'an index no longer says what its table says',
    damage: (folder, { blobs: [, second = ''] }) => {
      const file = join(folder, 'receipts.sqlite');
      const db = new Database(file);
      const page = db
        .prepare("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_receipts_2'")
        .pluck()
        .get() as number;
      db.close();
      const bytes = readFileSync(file);
      const at = bytes.indexOf(second, (page - 1) * 4096);
      bytes.write('g', at);
      writeFileSync(file, bytes);
    },
    said: () => ['receipts.sqlite is damaged: row 2 missing from index'],
  },
  {
    what: 'a row refers to a room that is not there',
    damage: (folder) => sql(folder, 'rooms.sqlite', 'DELETE FROM rooms'),
    said: () => ['rooms.sqlite: a row of entries refers to a row of rooms', 'entries', 'entries'],
  },
];

describe('[S100] check', () => {
  test('finds nothing wrong with what a server left, and changes nothing', async () => {
    const folder = await temporaryFolder();
    await populatedCopy(folder);
    const before = printOf(folder);
    expect(run(folder, 'check')).toEqual({
      code: 0,
      said: [`Checked ${folder}: 1 room with 3 rows, 2 receipts, 2 blobs, 1 account.`, 'Nothing is wrong.'],
      complained: [],
    });
    expect(printOf(folder)).toEqual(before);
  });

  test('changes nothing after a crash either: what SQLite had not yet put in its place is read, and stays where it is', async () => {
    const [crashed, folder] = [await temporaryFolder(), await temporaryFolder()];
    await populatedCopy(crashed);
    const db = new Database(join(crashed, 'rooms.sqlite'));
    db.exec('DELETE FROM entries WHERE seq = 2');
    cpSync(crashed, folder, { recursive: true });
    db.close();
    const before = printOf(folder);
    expect(run(folder, 'check').complained).toEqual([expect.stringContaining('row 2 is missing')]);
    expect(printOf(folder)).toEqual(before);
  });

  test.each(DAMAGES)('names it: $what', async ({ damage, said }) => {
    const folder = await temporaryFolder();
    const about = await populatedCopy(folder);
    damage(folder, about);
    const { code, said: lines, complained } = run(folder, 'check');
    expect(complained).toEqual(said(about).map((part) => expect.stringContaining(part)));
    expect(code).toBe(1);
    expect(lines.at(-1)).toMatch(/wrong\.$/);
  });

  test('reads while a server writes', async () => {
    const folder = await temporaryFolder();
    const site = await startSite({}, configOn(folder));
    const client = await TestClient.open(site, site.owner);
    client.hello();
    client.update(edit('a', 'un'));
    await client.recorded();
    client.update(edit('b', 'deux'));
    expect(check(folder)).toMatchObject({ wrong: [] });
    expect(await client.recorded()).toBe(2);
    expect(check(folder)).toMatchObject({
      looked: ['1 room with 2 rows', '0 receipts', '0 blobs', '1 account'],
      wrong: [],
    });
  });
});

describe('[S89] commands', () => {
  test('a backup, a restore and a check in sentences', async () => {
    const folder = await temporaryFolder();
    const [data, elsewhere, file] = ['data', 'elsewhere', 'b.tar'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await populatedCopy(data);
    expect(run(data, 'backup', file)).toMatchObject({ code: 0, said: [`Saved ${data} in ${file}, with 2 blobs.`] });
    expect(run(data, 'backup', file)).toMatchObject({
      code: 2,
      said: [],
      complained: [expect.stringContaining('already')],
    });
    expect(run(elsewhere, 'restore', file)).toMatchObject({
      code: 0,
      said: [expect.stringMatching(/: 1 room, 2 blobs\.$/), expect.any(String)],
    });
    writeFileSync(file, readFileSync(file).subarray(0, 20_000));
    expect(run(join(folder, 'third'), 'restore', file)).toMatchObject({
      code: 1,
      complained: ['Nothing was restored. The archive is cut short.'],
    });
    expect(run(folder, 'check')).toMatchObject({ code: 2, complained: [expect.stringContaining('no server’s data')] });
  });

  test.each([[['sauvegarde']], [['backup']], [['check', 'x']], [['restore', 'a', 'b']]])('%o is refused', (args) => {
    const { code, said, complained } = run('/nowhere', ...args);
    expect([code, said]).toEqual([2, []]);
    expect(complained.join()).toContain(`does not know “${args.join(' ')}”`);
  });

  test('the process ends with the command’s code, and serves nothing', () => {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const { status, stderr, stdout } = spawnSync(process.execPath, [main, 'check'], {
      encoding: 'utf8',
      env: { LIASSE_DATA: '/nowhere' },
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('There is no server’s data in /nowhere');
  });
});
