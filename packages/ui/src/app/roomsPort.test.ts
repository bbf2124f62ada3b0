// @vitest-environment node
import { AccountId } from '@liasse/core';
import { boardRoom } from '@liasse/core/protocol';
import type { HttpServer, RoomsClient } from '@liasse/core/replica';
import { expect, test } from 'vitest';
import { TEST_TEAM } from '../testing/memoryPlatform.ts';
import { makeRoomsPort } from './roomsPort.ts';

const room = boardRoom(TEST_TEAM);

function port(code: 'not-found' | 'forbidden', signedIn = true) {
  const refused = async () => ({ ok: false as const, code });
  const rooms: RoomsClient = { versions: refused, version: refused, erase: refused };
  const serverAt = () => ({ rooms }) as unknown as HttpServer;
  const server = { origin: 'https://a.example', account: AccountId.parse('account-1'), bearer: null };
  return makeRoomsPort({ serverAt }, () => (signedIn ? server : null));
}

test('[P66] what is erased already counts as erased; any other refusal is one', async () => {
  expect(await port('not-found').erase(room)).toEqual({ ok: true, value: null });
  expect(await port('forbidden').erase(room)).toEqual({ ok: false, code: 'forbidden' });
  expect(await port('not-found').version(room, 1)).toEqual({ ok: false, code: 'not-found' });
});

test('[P65] without a server one is signed out', async () => {
  const { versions } = port('not-found', false);
  expect(await versions(room)).toEqual({ ok: false, code: 'signed-out' });
});
