import type { BenchPart } from '../bench.ts';
import { bytesRows } from './bytesRows.ts';
import { fidelityRows } from './fidelityRows.ts';
import { pagesHere } from './pages.ts';
import { takePages } from './pass.ts';
import { timeRows } from './timeRows.ts';

/** Enough kinds of pages to see that everything still runs. */
const QUICK = ['loi', 'cadres-lointains', 'formulaire-complet'];

/** Issue 3's first three rows on whole pages: fidelity, time, bytes, beside single-file-core. */
export const wholePages: BenchPart = async (options) => {
  const { pages: here, absent } = pagesHere();
  if (absent.length > 0) options.log(`  not on this machine: apt-get install ${absent.join(' ')}`);
  const wanted = options.only.length > 0 ? options.only : options.quick ? QUICK : null;
  const chosen = wanted === null ? here : here.filter(({ name }) => wanted.includes(name));
  const results = await takePages(chosen, { pictures: true, bytes: true, log: options.log });
  return [
    ...fidelityRows(results, 'bare', { words: 'activeTab alone', eachPage: options.pages }),
    ...fidelityRows(results, 'granted', { words: 'the other origin granted', eachPage: options.pages }),
    ...timeRows(results),
    ...bytesRows(results),
  ];
};
