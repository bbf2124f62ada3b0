import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonicalJson.ts';
import { Refusal } from './refusal.ts';
import { isWellFormed } from './wellFormed.ts';

const anything = fc
  .jsonValue({ stringUnit: 'grapheme' })
  // `__proto__` is a member like another in JSON; building the reversed object below by assignment would lose it.
  .filter((value) => !JSON.stringify(value).includes('__proto__') && isWellFormed(JSON.stringify(value)));

/** The same value, with the members of each of its objects written the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, reversed(member)] as const)
      .reverse(),
  );
}

describe('canonical JSON', () => {
  test('[E1] whatever order members were written in, one value has one text, which reads back as it', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        // JSON has no negative zero of its own.
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('[E1] members are in the order of their code units, not of their code points nor of a language', () => {
    const members = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect([...canonicalJson(members).matchAll(/:(\d)/g)].map(([, value]) => value).join('')).toBe('2467153');
  });

  test.each([
    [-0, '0'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [0.1 + 0.2, '0.30000000000000004'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    ['\u20ac$\u000f\nA\'B"\\\u2028/', `"\u20ac$\\u000f\\nA'B\\"\\\\\u2028/"`],
    [{ b: undefined, a: [] }, '{"a":[]}'],
  ])('[E1] %j is written %s', (value, text) => expect(canonicalJson(value)).toBe(text));

  test.each([
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['half a character', '\ud83d'],
    ['half a character in a name', { '\ude00': 1 }],
    ['nothing, in a list', [undefined]],
    ['a hole in a list', Array(1)],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(1)],
    ['a map', new Map()],
    ['a large integer', 1n],
  ])('[E1] %s is refused', (_what, value) => expect(() => canonicalJson(value)).toThrow(Refusal));
});
