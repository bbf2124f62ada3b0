import './virtualGlobals.ts';
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const { values } = parseArgs({ options: { seed: { type: 'string' }, seeds: { type: 'string' }, from: { type: 'string' }, verbose: { type: 'boolean' } } });
const from = Number(values.seed ?? values.from ?? 1);
const count = values.seed ? 1 : Number(values.seeds ?? 100);
let bad = 0;
const t0 = performance.now();
for (let seed = from; seed < from + count; seed += 1) {
  const outcome = await simulate(seed, values.verbose ? console.log : null);
  if (values.seed) console.log(outcome.history.join('\n'), '\n', outcome.digest, outcome.edits, outcome.elapsedMs, outcome.steps);
  if (outcome.violations.length > 0) {
    bad += 1;
    console.log(`seed ${seed}: ${outcome.violations.join('\n   ')}`);
  }
}
console.log(`${count} seeds, ${bad} bad, ${((performance.now() - t0) / 1000).toFixed(1)} s`);
