import { describe, expect, test } from 'vitest';
import { type DrawnNode, differences, PROPERTIES } from './agreement.ts';
import { align } from './align.ts';
import { keptState } from './formState.ts';
import { recall } from './shingles.ts';
import { type Picture, ssim } from './ssim.ts';

describe('recall of 5-word shingles', () => {
  test.each([
    ['the same text', 'Un décret, du 3 mai 2024.', 'un DÉCRET du 3 mai 2024', 1],
    ['a text without words', '— …', '', 1],
    ['nothing of it', 'un deux trois quatre cinq six', 'sept', 0],
    ['all but the last word', 'un deux trois quatre cinq six', 'un deux trois quatre cinq', 0.5],
    ['a passage that occurs once less', 'a b c d e a b c d e', 'a b c d e', 1 / 6],
    ['words of a stand-in where a frame was', 'a b c d e\u0000f g h i j', 'a b c d e cadre f g h i j', 1],
    ['a text shorter than a shingle', 'un deux', 'deux un', 0],
  ])('%s', (_what, original, copy, share) => {
    expect(recall(original, copy)).toBeCloseTo(share, 10);
  });
});

/** A picture of one function of the place, in grey. */
function picture(grey: (x: number, y: number) => number, width = 64, height = 32): Picture {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    data.fill(grey(at % width, Math.floor(at / width)), at * 4, at * 4 + 3);
  }
  return { width, height, data };
}

describe('structural similarity', () => {
  const squares = picture((x, y) => (((x >> 2) + (y >> 2)) % 2 === 0 ? 40 : 210));

  test('is 1 for equal pictures, and for pictures that differ in transparency only', () => {
    expect(ssim(squares, squares)).toBeCloseTo(1, 12);
    expect(ssim(squares, { ...squares, data: squares.data.map((byte, at) => (at % 4 === 3 ? 0 : byte)) })).toBeCloseTo(
      1,
    );
  });

  test('of two flat pictures is the luminance term alone', () => {
    const c1 = (0.01 * 255) ** 2;
    expect(
      ssim(
        picture(() => 100),
        picture(() => 150),
      ),
    ).toBeCloseTo((2 * 100 * 150 + c1) / (100 ** 2 + 150 ** 2 + c1), 10);
    expect(
      ssim(
        picture(() => 0),
        picture(() => 255),
      ),
    ).toBeLessThan(0.001);
  });

  test('of a picture and its negative is negative, and noise costs more than a shift of all greys', () => {
    const negative = picture((x, y) => (((x >> 2) + (y >> 2)) % 2 === 0 ? 210 : 40));
    expect(ssim(squares, negative)).toBeLessThan(-0.8);
    const lighter = picture((x, y) => (((x >> 2) + (y >> 2)) % 2 === 0 ? 50 : 220));
    const noisy = picture((x, y) => (((x >> 2) + (y >> 2)) % 2 === 0 ? 40 : 210) + (((x * 7 + y * 13) % 5) - 2) * 15);
    expect(ssim(squares, lighter)).toBeGreaterThan(0.98);
    expect(ssim(squares, noisy)).toBeLessThan(ssim(squares, lighter));
  });

  test('is the same both ways, and refuses pictures of two sizes', () => {
    const slope = picture((x) => x * 3);
    expect(ssim(squares, slope)).toBeCloseTo(ssim(slope, squares), 12);
    expect(() =>
      ssim(
        squares,
        picture(() => 0, 32, 32),
      ),
    ).toThrow(/one size/);
  });
});

describe('alignment', () => {
  test.each([
    ['equal', 'abcd', 'abcd', [0, 1, 2, 3]],
    ['one lost', 'abcd', 'acd', [0, -1, 1, 2]],
    ['one added', 'acd', 'abcd', [0, 2, 3]],
    ['one in place of another', 'abc', 'axc', [0, -1, 2]],
    ['one of many alike lost', 'xaaay', 'xaay', null],
    ['nothing in common', 'abc', 'xyz', [-1, -1, -1]],
    ['nothing left', 'abc', '', [-1, -1, -1]],
    ['the paper’s example', 'abcabba', 'cbabac', null],
  ])('%s', (_what, original, copy, expected) => {
    expectLongest(original, copy);
    if (expected !== null) expect([...align([...original], [...copy])]).toEqual(expected);
  });

  test('is the longest there is, in order, for any two texts of three letters', () => {
    for (let n = 1; n < 3 ** 7; n += 3) expectLongest(n.toString(3), ((n * 7919) % 3 ** 7).toString(3));
  });

  function expectLongest(original: string, copy: string): void {
    const found = align([...original], [...copy]);
    const kept = [...found].filter((at) => at >= 0);
    expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
    for (const [at, place] of found.entries()) if (place >= 0) expect(copy[place]).toBe(original[at]);
    expect(kept.length).toBe(longest(original, copy));
  }

  /** Of the longest common subsequence, by its definition. */
  function longest(a: string, b: string): number {
    if (a === '' || b === '') return 0;
    if (a[0] === b[0]) return 1 + longest(a.slice(1), b.slice(1));
    return Math.max(longest(a.slice(1), b), longest(a, b.slice(1)));
  }

  test('documents with little in common are aligned by occurrence', () => {
    const original = Array.from({ length: 4000 }, (_, at) => `a${at}`);
    const copy = [...Array.from({ length: 4000 }, (_, at) => `b${at}`), 'a7', 'a7'];
    expect(align(original, copy)[7]).toBe(4000);
  });
});

describe('agreement of nodes', () => {
  const node: DrawnNode = { box: [10, 20, 300, 40], properties: PROPERTIES.map(() => 'same') };
  const where = (name: (typeof PROPERTIES)[number], value: string): DrawnNode => ({
    ...node,
    properties: PROPERTIES.map((each) => (each === name ? value : 'same')),
  });

  test('there are 20 properties, each once', () => {
    expect(new Set(PROPERTIES).size).toBe(20);
  });

  test('says what differs', () => {
    expect(differences(node, node)).toEqual([]);
    expect(differences(node, null)).toEqual(['absent']);
    expect(differences(node, where('color', 'red'))).toEqual(['color']);
    expect(differences(node, { ...node, box: [10, 22, 300, 40] })).toEqual([]);
    expect(differences(node, { ...node, box: [10, 22.1, 300, 40] })).toEqual(['box']);
  });

  test('an image of the copy may have an address of its own, but must be there', () => {
    const image = where('background-image', 'url("http://127.0.0.1/a(1).png"), linear-gradient(red, blue)');
    expect(differences(image, where('background-image', 'url("blob:x"), linear-gradient(red, blue)'))).toEqual([]);
    expect(differences(image, where('background-image', 'none'))).toEqual(['background-image']);
    expect(differences(where('background-image', 'url("a.png")'), where('background-image', 'none'))).toHaveLength(1);
  });
});

test('form state: the share of fields whose state is found again, and nothing to say without fields', () => {
  const field = (key: string, state: string) => ({ key, state });
  const original = [field('input:text:nom', 'Durand'), field('input:text:', ''), field('select:one:pays', 'France')];
  expect(keptState(original, original)).toBe(1);
  expect(keptState(original, [original[0] ?? field('', ''), field('select:one:pays', 'Italie')])).toBeCloseTo(1 / 3);
  expect(keptState([], original)).toBeNull();
});
