import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusFolder } from '../../e2e/harness/places.ts';
import type { BenchOptions } from '../bench.ts';

/** A page with its name in the corpus. */
export interface Corpus {
  readonly name: string;
  readonly html: string;
}

/** The forms of the corpus, or those asked for by name; none where it is not on this machine. */
export function corpusForms({ quick, only }: BenchOptions): readonly Corpus[] {
  const folder = corpusFolder('forms');
  if (folder === null) return [];
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .filter((name) => only.length === 0 || only.includes(name.replace(/\.html$/, '')));
  return names
    .slice(0, quick ? 5 : names.length)
    .map((name) => ({ name, html: readFileSync(join(folder, name), 'utf8') }));
}
