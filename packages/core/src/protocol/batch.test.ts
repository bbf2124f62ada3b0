import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BatchAnswer,
  type BatchAsk,
  BatchCode,
  BatchLimits,
  type BatchRefusal,
  decodeBatch,
  decodeBatchAnswer,
  encodeBatch,
  encodeBatchAnswer,
} from './batch.ts';
import { RoomName } from './rooms.ts';

const room = RoomName.parse(`${'0'.repeat(24)}/board`);
const bytes = fc.uint8Array({ maxLength: 30 });
const updates = fc.array(bytes, { maxLength: 4 });
const n = fc.maxSafeNat();
const text = fc.string({ unit: 'grapheme' });
const ask: fc.Arbitrary<BatchAsk> = fc.record({
  room: fc.constant(room),
  epoch: text,
  seq: n,
  stateVector: bytes,
  updates,
});
const answer: fc.Arbitrary<BatchAnswer> = fc.oneof(
  fc.record({
    room: fc.constant(room),
    refused: fc.constant(null),
    epoch: text,
    seq: n,
    recorded: fc.boolean(),
    more: fc.boolean(),
    reset: fc.boolean(),
    updates,
  }),
  fc.record({ room: fc.constant(room), refused: fc.constantFrom(...(Object.keys(BatchCode) as BatchRefusal[])) }),
);

test('[S146] a batch and its answer read back as they were written', () => {
  fc.assert(
    fc.property(fc.array(ask, { maxLength: 4 }), fc.array(answer, { maxLength: 4 }), (asks, answers) => {
      expect(decodeBatch(encodeBatch(asks))).toEqual(asks);
      expect(decodeBatchAnswer(encodeBatchAnswer(answers))).toEqual(answers);
    }),
  );
});

test('[S146] the bytes of version 1 do not change', () => {
  const name = [30, ...new TextEncoder().encode(room)];
  const asked = { room, epoch: 'ab', seq: 300, stateVector: Uint8Array.of(7), updates: [Uint8Array.of(9, 8)] };
  expect([...encodeBatch([asked])]).toEqual([1, 1, ...name, 2, 97, 98, 172, 2, 1, 7, 1, 2, 9, 8]);
  const synced = { room, refused: null, epoch: 'ab', seq: 3, updates: [Uint8Array.of(9)] };
  const flags = (recorded: boolean, more: boolean, reset: boolean) => [
    ...encodeBatchAnswer([{ ...synced, recorded, more, reset }]),
  ];
  expect(flags(true, false, false)).toEqual([1, 1, ...name, 0, 2, 97, 98, 3, 1, 1, 1, 9]);
  expect(flags(false, true, true)).toEqual([1, 1, ...name, 0, 2, 97, 98, 3, 6, 1, 1, 9]);
  const codes = Object.keys(BatchCode).map((refused) => {
    const encoded = encodeBatchAnswer([{ room, refused: refused as BatchRefusal }]);
    return [refused, encoded.at(-1)];
  });
  const known = [
    ['forbidden', 1],
    ['erased', 2],
    ['malformed', 3],
    ['missing', 4],
    ['unavailable', 5],
  ];
  expect(codes).toEqual(known);
});

test('[S146] bytes that are not exactly one are none: truncated, followed by others, of another version, or too many', () => {
  fc.assert(
    fc.property(fc.array(ask, { minLength: 1, maxLength: 3 }), fc.nat(), (asks, cut) => {
      const whole = encodeBatch(asks);
      expect(decodeBatch(whole.slice(0, cut % whole.length))).toBeNull();
      expect(decodeBatch(new Uint8Array([...whole, 0]))).toBeNull();
      expect(decodeBatch(new Uint8Array([2, ...whole.slice(1)]))).toBeNull();
    }),
  );
  const one = { room, epoch: '', seq: 0, stateVector: new Uint8Array(), updates: [] };
  expect(decodeBatch(encodeBatch(Array.from({ length: BatchLimits.maxRooms }, () => one)))).not.toBeNull();
  expect(decodeBatch(encodeBatch(Array.from({ length: BatchLimits.maxRooms + 1 }, () => one)))).toBeNull();
  // A count of updates that would take a gigabyte.
  const [head] = [encodeBatch([one]).slice(0, -1)];
  expect(decodeBatch(new Uint8Array([...head, 255, 255, 255, 255, 3]))).toBeNull();
  expect(decodeBatch(encodeBatch([{ ...one, room: 'elsewhere' as RoomName }]))).toBeNull();
  expect(decodeBatchAnswer(new Uint8Array([1, 1, 0]))).toBeNull();
});

test('[S146] a code of a later version is read as not possible now', () => {
  const encoded = encodeBatchAnswer([{ room, refused: 'missing' }]);
  encoded[encoded.length - 1] = 77;
  expect(decodeBatchAnswer(encoded)).toEqual([{ room, refused: 'unavailable' }]);
});
