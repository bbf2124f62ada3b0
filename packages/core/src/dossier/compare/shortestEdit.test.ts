import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortestEdit } from './shortestEdit.ts';

const few = fc.array(fc.nat({ max: 3 }), { maxLength: 40 }).map((values) => Int32Array.from(values));

/** The textbook table: quadratic, and beyond doubt. */
function longestCommon(a: Int32Array, b: Int32Array): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const value of a) {
    const row = [0];
    for (let j = 1; j <= b.length; j++) {
      row[j] = value === b[j - 1] ? (above[j - 1] as number) + 1 : Math.max(above[j] as number, row[j - 1] as number);
    }
    above = row;
  }
  return above[b.length] as number;
}

const shared = (matches: ReturnType<typeof shortestEdit>) =>
  (matches ?? []).reduce((sum, { length }) => sum + length, 0);

test('[V7] what two sequences share is in the order of both, and nothing longer is', () => {
  fc.assert(
    fc.property(few, few, (a, b) => {
      const matches = shortestEdit(a, b, { maxEdits: 1000, meter: { steps: 0 } });
      let done = { a: 0, b: 0 };
      for (const match of matches ?? []) {
        expect(match.a).toBeGreaterThanOrEqual(done.a);
        expect(match.b).toBeGreaterThanOrEqual(done.b);
        expect([...a.slice(match.a, match.a + match.length)]).toEqual([...b.slice(match.b, match.b + match.length)]);
        done = { a: match.a + match.length, b: match.b + match.length };
      }
      expect(shared(matches)).toBe(longestCommon(a, b));
    }),
    { numRuns: 500 },
  );
});

test('[V9] more edits than allowed is no answer, as many is one', () => {
  fc.assert(
    fc.property(few, few, (x, y) => {
      const [a, b] = [Int32Array.from([8, ...x, 8]), Int32Array.from([9, ...y, 9])];
      const edits = a.length + b.length - 2 * longestCommon(a, b);
      expect(shortestEdit(a, b, { maxEdits: edits, meter: { steps: 0 } })).not.toBeNull();
      expect(shortestEdit(a, b, { maxEdits: edits - 2, meter: { steps: 0 } })).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test('[V9] steps stay within the sequences times the edits allowed, also between strangers', () => {
  const length = 20_000;
  const a = Int32Array.from({ length }, (_, at) => at % 7);
  const b = Int32Array.from({ length }, (_, at) => (at * at) % 11);
  const meter = { steps: 0 };
  expect(shortestEdit(a, b, { maxEdits: 200, meter })).toBeNull();
  expect(meter.steps).toBeLessThan(2 * length * 200);
});
