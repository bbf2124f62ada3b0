import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandomness } from '../testing/index.ts';
import { compare, Rank, rankAt, rankBetween } from './rank.ts';

const random = seededRandomness(7);

describe('rank', () => {
  test('[K2] insertions anywhere, in any order, keep the list as it was meant', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 80 }), (positions) => {
        const meant: { name: number; rank: Rank }[] = [];
        positions.forEach((position, name) => {
          const index = position % (meant.length + 1);
          const item = { name, rank: rankAt(meant, index, random) };
          expect(Rank.safeParse(item.rank).success).toBe(true);
          meant.splice(index, 0, item);
        });
        const sorted = [...meant].sort((a, b) => compare(a.rank, b.rank));
        expect(sorted.map((item) => item.name)).toEqual(meant.map((item) => item.name));
      }),
    );
  });

  test('[K2] a thousand insertions at one place stay short enough to parse', () => {
    let after: Rank | null = null;
    const first = rankBetween(null, null, random);
    for (let i = 0; i < 1000; i++) after = rankBetween(first, after, random);
    expect(Rank.safeParse(after).success).toBe(true);
  });

  test('[K2] any two neighbours, well made or not, leave room after the first', () => {
    const anyRank = fc.stringMatching(/^[A-Za-z][0-9A-Za-z]{0,12}$/) as fc.Arbitrary<Rank>;
    fc.assert(
      fc.property(anyRank, anyRank, (a, b) => {
        const [before, after] = a < b ? [a, b] : [b, a];
        const between = rankBetween(before, after, random);
        expect(between > before).toBe(true);
      }),
    );
  });

  test('[K2] between equal ranks it sorts after both', () => {
    const tie = rankBetween(null, null, random);
    const list = [{ rank: tie }, { rank: tie }];
    expect(rankAt(list, 1, random) > tie).toBe(true);
  });

  test('[K3] two devices inserting at one place get different ranks', () => {
    const above = rankBetween(null, null, random);
    const here = rankBetween(above, null, seededRandomness(1));
    const there = rankBetween(above, null, seededRandomness(2));
    expect(here).not.toBe(there);
  });
});
