import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RoomName, roomParts } from './rooms.ts';
import { decodeWire, encodeSyncUpdate, encodeWire, type WireMessage } from './wire.ts';

const n = fc.maxSafeNat();
const cursor = { epoch: fc.string({ unit: 'grapheme' }), seq: n };
const message: fc.Arbitrary<WireMessage> = fc.oneof(
  fc.record({ type: fc.constant('hello' as const), version: n, ...cursor }),
  fc.record({ type: fc.constant('reset' as const), ...cursor }),
  fc.record({ type: fc.constant('at' as const), ...cursor }),
  fc.record({ type: fc.constant('mark' as const), n }),
  fc.record({ type: fc.constant('recorded' as const), n, seq: n }),
);

describe('the wire', () => {
  test('[W1] each message reads back as it was written', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(decodeWire(encodeWire(one))).toEqual(one);
      }),
    );
  });

  test('[W1] the bytes of version 1 do not change', () => {
    const bytes = (one: WireMessage) => [...encodeWire(one)];
    expect(bytes({ type: 'hello', version: 1, epoch: 'ab', seq: 300 })).toEqual([100, 1, 2, 97, 98, 172, 2]);
    expect(bytes({ type: 'reset', epoch: 'ab', seq: 3 })).toEqual([101, 2, 97, 98, 3]);
    expect(bytes({ type: 'at', epoch: 'ab', seq: 3 })).toEqual([102, 2, 97, 98, 3]);
    expect(bytes({ type: 'mark', n: 7 })).toEqual([103, 7]);
    expect(bytes({ type: 'recorded', n: 7, seq: 3 })).toEqual([104, 7, 3]);
    expect([...encodeSyncUpdate(new Uint8Array([9, 8]))]).toEqual([0, 2, 2, 9, 8]);
  });

  test('[W2] truncated, followed by others, or another protocol’s: no message', () => {
    fc.assert(
      fc.property(message, fc.nat(20), (one, cut) => {
        const frame = encodeWire(one);
        expect(decodeWire(frame.slice(0, cut % frame.length))).toBeNull();
        expect(decodeWire(new Uint8Array([...frame, 0]))).toBeNull();
      }),
    );
    for (const type of [0, 1, 2, 3, 99, 105]) expect(decodeWire(new Uint8Array([type, 0, 0]))).toBeNull();
  });

  test('[W3] a room’s name is taken apart as it was put together; other shapes are refused', () => {
    const id = '0123456789abcdefghjkmnpq';
    const parts = (name: string) => roomParts(RoomName.parse(name));
    expect(parts(`${id}/board`)).toEqual({ team: id, kind: 'board', id: null });
    expect(parts(`${id}/dossier/${id}`)).toEqual({ team: id, kind: 'dossier', id });
    expect(parts(`${id}/meeting/${id}/inbox`)).toEqual({ team: id, kind: 'inbox', id });
    expect(parts(`${id}/archive/2026`)).toEqual({ team: id, kind: 'archive', id: '2026' });
    for (const name of ['', id, `${id}/card`, `${id}/board/`, `../${id}/board`, `${id}/board\n`, `${id}/archive/26`]) {
      expect(RoomName.safeParse(name).success).toBe(false);
    }
  });
});
