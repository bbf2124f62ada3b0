import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  AccountId,
  BlobHash,
  newId,
  pemOf,
  RECEIPT_KEYS_PATH,
  Receipt,
  type ReceiptKey,
  type ReceiptKeys,
  type RoomName,
  signedText,
  type TeamId,
} from '@liasse/core/protocol';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { spawnServer } from '../testing/serverProcess.ts';
import { ask, configOn, random, signUp, startSite, temporaryFolder } from '../testing/testServer.ts';
import { openReceipts } from './receipts.ts';

const run = promisify(execFile);
const hash = (n: number) => BlobHash.parse(n.toString(16).padStart(64, '0'));
const room = (n: number) => `${String(n).padStart(24, '0')}/board` as RoomName;
const [amira, benoit] = [AccountId.parse('account-amira'), AccountId.parse('account-benoit')];

async function receiptsIn(folder?: string, now: () => number = () => 1_700_000_000_000) {
  const at = folder ?? (await temporaryFolder());
  const receipts = openReceipts(at, now);
  let open = true;
  const close = () => {
    if (open) receipts.close();
    open = false;
  };
  onTestFinished(close);
  return { folder: at, receipts, close };
}

function holds(receipt: Receipt, key: ReceiptKey): boolean {
  const { kty, crv, x } = key;
  const signature = Buffer.from(receipt.signature, 'base64url');
  return verify(
    null,
    Buffer.from(signedText(receipt)),
    createPublicKey({ key: { kty, crv, x }, format: 'jwk' }),
    signature,
  );
}

describe('the log of receipts', () => {
  test('[S91] gives the same receipt however often, by whomever, and after a restart', async () => {
    let at = 5;
    const { folder, receipts, close } = await receiptsIn(undefined, () => at++);
    const first = receipts.give({ manifestSha256: hash(1), room: room(1), author: amira });
    expect(receipts.give({ manifestSha256: hash(1), room: room(1), author: benoit })).toEqual(first);
    expect(first).toMatchObject({ author: amira, seq: 1 });
    close();
    const again = await receiptsIn(folder, () => at++);
    expect(again.receipts.give({ manifestSha256: hash(1), room: room(1), author: benoit })).toEqual(first);
    expect(again.receipts.give({ manifestSha256: hash(1), room: room(2), author: benoit })).toMatchObject({
      author: benoit,
      seq: 1,
    });
  });

  test('[S92] numbers each room’s without gap, and no clock makes a later one look earlier', async () => {
    const clock = [100, 200, 50, 300, 10];
    const { receipts } = await receiptsIn(undefined, () => clock.shift() ?? 0);
    // The first moment is that of the key.
    const given = [1, 2, 2, 3].map((n) => receipts.give({ manifestSha256: hash(n), room: room(1), author: amira }));
    expect(given.map(({ seq, receivedAt }) => [seq, receivedAt])).toEqual([
      [1, 200],
      [2, 200],
      [2, 200],
      [3, 300],
    ]);
    expect(receipts.give({ manifestSha256: hash(9), room: room(2), author: amira })).toMatchObject({
      seq: 1,
      receivedAt: 10,
    });
  });

  test('[S93] a signature holds for its receipt, and for nothing else', async () => {
    const { receipts } = await receiptsIn();
    const receipt = receipts.give({ manifestSha256: hash(1), room: room(1), author: amira });
    const [key] = receipts.keys().keys as [ReceiptKey];
    expect(Receipt.parse(receipt)).toEqual(receipt);
    expect(receipt.keyId).toBe(key.kid);
    expect(holds(receipt, key)).toBe(true);
    const changed: Partial<Receipt>[] = [
      { manifestSha256: hash(2) },
      { room: room(2) },
      { author: benoit },
      { receivedAt: receipt.receivedAt - 1 },
      { seq: 2 },
      { keyId: `${receipt.keyId.slice(0, -1)}${receipt.keyId.endsWith('A') ? 'B' : 'A'}` },
      { signature: `${receipt.signature.startsWith('A') ? 'B' : 'A'}${receipt.signature.slice(1)}` },
    ];
    for (const change of changed) expect(holds({ ...receipt, ...change }, key), JSON.stringify(change)).toBe(false);
    const other = generateKeyPairSync('ed25519');
    const forged = sign(null, Buffer.from(signedText(receipt)), other.privateKey).toString('base64url');
    expect(holds({ ...receipt, signature: forged }, key)).toBe(false);
  });

  test('[S93] openssl says so too, with the command that the README gives', async () => {
    const { folder, receipts } = await receiptsIn();
    const receipt = receipts.give({ manifestSha256: hash(1), room: room(1), author: amira });
    await writeFile(join(folder, 'public-key.pem'), pemOf(receipts.keys().keys[0] as ReceiptKey));
    await writeFile(join(folder, 'signature.bin'), Buffer.from(receipt.signature, 'base64url'));
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const [, command = ''] = /^(openssl pkeyutl .*)$/m.exec(readme) ?? [];
    const checked = async (text: string) => {
      await writeFile(join(folder, 'signed.json'), text);
      const [program = '', ...args] = command.split(' ');
      return run(program, args, { cwd: folder }).then(({ stdout }) => stdout.trim());
    };
    expect(await checked(signedText(receipt))).toBe('Signature Verified Successfully');
    await expect(checked(signedText({ ...receipt, seq: 2 }))).rejects.toThrow('Command failed');
  });

  test('[S94] the private key is for the server alone, and one that is replaced leaves its public key', async () => {
    const { folder, receipts, close } = await receiptsIn();
    const file = join(folder, 'receipt-key.pem');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const [former] = receipts.keys().keys as [ReceiptKey];
    const receipt = receipts.give({ manifestSha256: hash(1), room: room(1), author: amira });
    expect(JSON.stringify([receipts.keys(), receipt])).not.toContain((await readFile(file, 'utf8')).split('\n')[1]);
    close();
    await rm(file);
    const again = await receiptsIn(folder);
    const [current, kept, ...others] = again.receipts.keys().keys as [ReceiptKey, ReceiptKey];
    expect([kept, others]).toEqual([former, []]);
    expect(current).not.toEqual(former);
    expect(again.receipts.give({ manifestSha256: hash(1), room: room(1), author: amira })).toEqual(receipt);
    expect(holds(receipt, kept)).toBe(true);
    const later = again.receipts.give({ manifestSha256: hash(2), room: room(1), author: amira });
    expect([holds(later, current), holds(later, kept)]).toEqual([true, false]);
  });

  test('[S94] a key cut short by a crash is made again; one that is no key stops the start', async () => {
    const folder = await temporaryFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'receipt-key.pem.new'), '-----BEGIN PRIV');
    const { receipts, close } = await receiptsIn(folder);
    expect(receipts.keys().keys).toHaveLength(1);
    close();
    await writeFile(join(folder, 'receipt-key.pem'), 'nonsense');
    expect(() => openReceipts(folder, () => 1)).toThrow();
  });
});

// Each starts a server, which a busy machine does slowly.
describe('over HTTP', { timeout: 60_000 }, () => {
  test('[S90] who may edit the room gets one; readers, strangers and the signed-out do not', async () => {
    const site = await startSite();
    const [editor, reader, gone] = [await site.join('editor'), await site.join('reader'), await site.join('editor')];
    const body = { room: site.room, manifestSha256: hash(1) };
    site.server.directory.setRole(site.team, gone.id, null);
    for (const person of [reader, gone]) {
      expect(await person.ask('POST', '/api/receipts', body)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    }
    const signedOut = await ask(`${site.server.url}/api/receipts`, { method: 'POST', body });
    expect(signedOut).toMatchObject({ status: 401, body: { code: 'signed-out' } });
    const given = await editor.ask('POST', '/api/receipts', body);
    expect(given).toMatchObject({ status: 200, body: { author: editor.id, seq: 1, manifestSha256: hash(1) } });
    expect((await site.owner.ask('POST', '/api/receipts', body)).body).toEqual(given.body);
    for (const bad of [
      { ...body, manifestSha256: 'x' },
      { ...body, room: 'x' },
      { ...body, receivedAt: 1 },
    ]) {
      expect(await editor.ask('POST', '/api/receipts', bad)).toMatchObject({ status: 400 });
    }
  });

  test('[S94] anyone is served the keys, and they hold', async () => {
    const site = await startSite();
    const given = await site.owner.ask('POST', '/api/receipts', { room: site.room, manifestSha256: hash(1) });
    const served = await ask(`${site.server.url}${RECEIPT_KEYS_PATH}`);
    expect(served.headers.get('access-control-allow-origin')).toBe('*');
    expect(holds(given.body as Receipt, (served.body as ReceiptKeys).keys[0] as ReceiptKey)).toBe(true);
  });

  test('[S95] an account that asks too often is refused for a while, another is not', async () => {
    let at = 1_700_000_000_000;
    const site = await startSite({ now: () => at }, configOn(await temporaryFolder()));
    const other = await site.join('editor');
    const body = { room: site.room, manifestSha256: hash(1) };
    const answers = await Promise.all(Array.from({ length: 205 }, () => site.owner.ask('POST', '/api/receipts', body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(200);
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    expect((await other.ask('POST', '/api/receipts', body)).status).toBe(200);
    at += 1_000;
    expect((await site.owner.ask('POST', '/api/receipts', body)).status).toBe(200);
  });

  test('[S91] kill -9 amid requests: every receipt that was given is there afterwards, and no number is missing', {
    timeout: 90_000,
  }, async () => {
    const folder = await temporaryFolder();
    const server = await spawnServer(folder);
    const owner = await signUp(server.url, server.ownerLink ?? '', 'Olympe');
    const team = newId<TeamId>(random);
    await owner.ask('POST', '/api/teams', { id: team, name: 'Bureau' });
    const at = `${team}/board` as RoomName;
    const given: Receipt[] = [];
    const asking = (async () => {
      for (let n = 1; n < 200; n += 1) {
        const { status, body } = await owner.ask('POST', '/api/receipts', { room: at, manifestSha256: hash(n) });
        if (status !== 200) throw new Error(`refused: ${status}`);
        given.push(body as Receipt);
      }
    })().catch((error: Error) => error.message);
    await eventually(() => given.length > 30);
    await server.end('SIGKILL');
    expect(await asking).toBe('fetch failed');

    const again = await spawnServer(folder, Number(new URL(server.url).port));
    expect(again.ownerLink).toBeNull();
    for (const receipt of given) {
      const asked = await owner.ask('POST', '/api/receipts', { room: at, manifestSha256: receipt.manifestSha256 });
      expect(asked.body).toEqual(receipt);
    }
    const next = await owner.ask('POST', '/api/receipts', { room: at, manifestSha256: hash(999) });
    // One may have been committed whose answer was cut off.
    expect([given.length + 1, given.length + 2]).toContain((next.body as Receipt).seq);
    expect(given.map(({ seq }) => seq)).toEqual(given.map((_, index) => index + 1));
  });
});
