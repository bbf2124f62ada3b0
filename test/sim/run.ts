import { parseArgs } from 'node:util';
import { BUGS } from './bugs.ts';
import { PINNED } from './pinned.ts';
import { playSeeds, seedsFrom } from './seeds.ts';
import type { Outcome } from './simulate.ts';

const HOW = `pnpm sim --seeds N [--from M]   plays N seeds, the pinned ones first
pnpm sim --seed S [--frames]    plays one and prints its history, with every frame if asked
pnpm sim --bugs [--seeds N]     plants each bug and looks for it in N seeds (500)
  --bug "name"                  one bug only`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    frames: { type: 'boolean' },
    bugs: { type: 'boolean' },
    bug: { type: 'string' },
  },
});

function tell({ seed, history, violations, digest }: Outcome): void {
  console.log(history.join('\n'));
  for (const violation of violations) console.log(`VIOLATED: ${violation}`);
  console.log(`history ${digest}. Again: pnpm sim --seed ${seed}`);
}

async function playOne(seed: number): Promise<boolean> {
  const { simulate } = await import('./simulate.ts');
  const outcome = await simulate(seed, values.frames ? (line) => console.log(line) : null);
  tell(outcome);
  return outcome.violations.length === 0;
}

async function playMany(count: number): Promise<boolean> {
  const began = performance.now();
  let edits = 0;
  let virtualMs = 0;
  const seeds = [...new Set([...PINNED.map(({ seed }) => seed), ...seedsFrom(Number(values.from), count)])];
  const { played, found } = await playSeeds({
    seeds,
    onOutcome: (outcome) => {
      edits += outcome.edits;
      virtualMs += outcome.elapsedMs;
    },
  });
  if (found) tell(found);
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${played} seeds, ${edits} edits, ${(virtualMs / 3_600_000).toFixed(1)} hours of virtual time in ${seconds.toFixed(1)} s: ` +
      (found ? `seed ${found.seed} finds a violation` : 'nothing found'),
  );
  return !found;
}

async function findBugs(count: number): Promise<boolean> {
  let missed = 0;
  for (const { name, seed } of BUGS.filter(({ name }) => values.bug === undefined || name === values.bug)) {
    const seeds = [...new Set([seed, ...seedsFrom(Number(values.from), count)])];
    const { played, found } = await playSeeds({ seeds, bug: name });
    if (!found) missed += 1;
    console.log(
      found
        ? `found by seed ${found.seed} (${played} played): ${name}\n    ${found.violations[0]}`
        : `NOT FOUND in ${played} seeds: ${name}`,
    );
  }
  return missed === 0;
}

let isGood: boolean;
if (values.seed !== undefined) isGood = await playOne(Number(values.seed));
else if (values.bugs || values.bug !== undefined) isGood = await findBugs(Number(values.seeds ?? 500));
else if (values.seeds !== undefined) isGood = await playMany(Number(values.seeds));
else {
  console.log(HOW);
  isGood = false;
}
process.exitCode = isGood ? 0 : 1;
