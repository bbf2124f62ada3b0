// @vitest-environment node
import { AccountId, type BlobHash, type DossierId } from '@liasse/core';
import { dossierRoom, type ReceiptKeys } from '@liasse/core/protocol';
import type { HttpServer } from '@liasse/core/replica';
import { testBlob, testId } from '@liasse/core/testing';
import { expect, test } from 'vitest';
import { TEST_TEAM } from '../testing/memoryPlatform.ts';
import type { Outcome } from './platform.ts';
import { makeReceiptsPort } from './receiptsPort.ts';

const keysOf = (name: string): ReceiptKeys => ({
  keys: [{ kty: 'OKP', crv: 'Ed25519', kid: name.repeat(43), x: name.repeat(43) }],
});
const room = dossierRoom(TEST_TEAM, testId<DossierId>(1));

/** A device, and the servers that it may sign in to: each serves the keys that the test gives it, or is away. */
function device() {
  const texts = new Map<string, string>();
  const served = new Map<string, ReceiptKeys>();
  let origin: string | null = 'https://a.example';
  const asked: BlobHash[] = [];
  const port = makeReceiptsPort(
    {
      store: {
        read: (key) => texts.get(key) ?? null,
        write: (key, text) => void (text === null ? texts.delete(key) : texts.set(key, text)),
        onElsewhere: () => () => {},
      },
      serverAt: (at) =>
        ({
          receipts: {
            ask: async (_room: unknown, manifest: BlobHash) => {
              asked.push(manifest);
              return { ok: false, code: 'forbidden' };
            },
            keys: async (): Promise<Outcome<ReceiptKeys>> => {
              const value = served.get(at);
              return value === undefined ? { ok: false, code: 'offline' } : { ok: true, value };
            },
          },
        }) as unknown as HttpServer,
    },
    () => (origin === null ? null : { origin, account: AccountId.parse('account-1'), bearer: null }),
  );
  return {
    port,
    texts,
    served,
    asked,
    signIn: (at: string | null) => {
      origin = at;
    },
    kids: async () => (await port.keys()).map(({ kid }) => kid[0]),
  };
}

test('[E12] the keys served last are believed while the server is away, and no longer than until it serves others', async () => {
  const { served, kids } = device();
  expect(await kids()).toEqual([]);
  served.set('https://a.example', keysOf('a'));
  expect(await kids()).toEqual(['a']);
  served.clear();
  expect(await kids()).toEqual(['a']);
  served.set('https://a.example', keysOf('z'));
  expect(await kids()).toEqual(['z']);
  served.clear();
  expect(await kids()).toEqual(['z']);
});

test('[E12] a server’s keys are believed for that server alone', async () => {
  const { served, kids, signIn } = device();
  served.set('https://a.example', keysOf('a'));
  await kids();
  served.clear();
  signIn('https://b.example');
  expect(await kids()).toEqual([]);
  signIn('https://a.example');
  expect(await kids()).toEqual(['a']);
  signIn(null);
  expect(await kids()).toEqual([]);
});

test('[E12] what is kept and is no list of keys is none', async () => {
  const { texts, kids } = device();
  for (const text of ['{', '[]', '{"keys":[{"kid":"a"}]}']) {
    texts.set('receipt-keys/https://a.example', text);
    expect(await kids(), text).toEqual([]);
  }
});

test('[E8] nobody signed in, no receipt is asked for; signed in, the answer is the server’s own', async () => {
  const { port, asked, signIn } = device();
  const manifest = testBlob(1).hash;
  expect(await port.ask(room, manifest)).toEqual({ ok: false, code: 'forbidden' });
  signIn(null);
  expect(await port.ask(room, manifest)).toEqual({ ok: false, code: 'signed-out' });
  expect(asked).toEqual([manifest]);
});
