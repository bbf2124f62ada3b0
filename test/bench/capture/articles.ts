import { readdirSync } from 'node:fs';
import { corpusFolder } from '../../e2e/harness/places.ts';
import type { BenchPart } from '../bench.ts';
import { takePages } from './pass.ts';
import { timeRows } from './timeRows.ts';

/** The time row on articles that nobody here wrote; their images and frames are not on this machine. */
export const articles: BenchPart = async ({ quick, only, log }) => {
  const folder = corpusFolder('articles');
  if (folder === null) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.html'));
  const wanted = only.length > 0 ? names.filter((name) => only.includes(name)) : names;
  const pages = wanted
    .sort()
    .slice(0, quick ? 2 : undefined)
    .map((name) => ({ name, path: `/articles/${name}` }));
  const results = await takePages(pages, { pictures: false, bytes: false, log });
  return timeRows(results, 'articles of the corpus');
};
