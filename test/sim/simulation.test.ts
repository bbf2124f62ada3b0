import { expect, test } from 'vitest';
import { BUGS } from './bugs.ts';
import { PINNED } from './pinned.ts';
import { playSeeds, seedsFrom } from './seeds.ts';
import type { Outcome } from './simulate.ts';

/** What a person needs to see it again. */
const told = (found: Outcome | null): string =>
  found ? `pnpm sim --seed ${found.seed}\n${found.violations.join('\n')}\n${found.history.join('\n')}` : '';

test('the same seed makes the same history, to the last frame', async () => {
  const digests: string[] = [];
  const onOutcome = ({ seed, digest, steps }: Outcome) => digests.push(`${seed} ${digest} ${steps}`);
  // On one thread each, one after the other: what a seed makes leans on nothing that was played before it.
  await playSeeds({ seeds: [7, 8, 9], threads: 1, onOutcome });
  await playSeeds({ seeds: [9, 8, 7], threads: 1, onOutcome });
  expect(digests.slice(3).reverse()).toEqual(digests.slice(0, 3));
  expect(new Set(digests).size).toBe(3);
});

test('seeds that found something once find nothing', async () => {
  const { played, found } = await playSeeds({ seeds: PINNED.map(({ seed }) => seed) });
  expect(told(found)).toBe('');
  expect(played).toBe(PINNED.length);
});

test('[P2] [P3] [P5] [P6] [P16] [P22] [S2] [S10] [S24] [S25] whatever fails, what was said is true, and all comes right', async () => {
  const { played, found } = await playSeeds({ seeds: seedsFrom(1, 10_000), forMs: 5_000 });
  expect(told(found)).toBe('');
  expect(played).toBeGreaterThan(0);
});

// A few of them: each takes a thread that reads everything anew. All of them: `pnpm sim --bugs`.
test.for(BUGS.filter((_, index) => index % 8 === 0))('finds a planted bug: $name', async ({ name, seed }) => {
  const { found } = await playSeeds({ seeds: [seed, ...seedsFrom(1, 500)], bug: name });
  expect(found?.violations ?? []).not.toEqual([]);
});
