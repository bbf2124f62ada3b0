// @vitest-environment node
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
  return makeRoomsPort({ serverAt }, () => (signedIn ? { origin: 'https://a.example', bearer: null } : null));
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
