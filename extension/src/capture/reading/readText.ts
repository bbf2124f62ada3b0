import type { Coverage, TextBlock } from '@liasse/core';
import { adapted } from './adapters.ts';
import { readBlocks } from './blocks.ts';
import { type Gate, gateOf } from './coverage.ts';
import { type FlatPage, flatten, type Sight } from './flatten.ts';
import { isNumbered, provisionsOf } from './provisions.ts';
import { readByReadability } from './readability.ts';
import type { LookedAt } from './scope.ts';
import { weigh } from './weights.ts';
import type { Reading } from './writer.ts';

/** The text of a page. `coverage`: null when the page shows no text at all. `dropped`: pieces of text past the limits. */
export interface PageText {
  readonly blocks: TextBlock[];
  readonly coverage: Coverage | null;
  readonly dropped: number;
}

export interface ReadOptions extends Sight {
  /** The page's address, as the browser says it. */
  readonly url: URL;
  /** Whether something names the page as a legal text. One made of numbered provisions is one anyway. */
  readonly legal: boolean;
}

/** A reader that is tried after the others, for what they lost. */
export type LastReader = (page: FlatPage) => Reading | null;

/**
 * The text people came to read. Readers are asked in order, those that know the page first, until one holds enough of what the page
 * shows. Where none does, all of it is kept and flagged: a text with menus around it can be read, a text that lost an article cannot.
 */
export function readText(document: Document, options: ReadOptions, lastReader?: LastReader): PageText {
  const page = lookAt(flatten(document, options), options.legal);
  const gate = gateOf(page);
  let best: Candidate | null = null;
  for (const [by, read] of readers(page, options.url, lastReader)) {
    const reading = attempt(read);
    if (reading === null || reading.blocks.length === 0) continue;
    const candidate = { by, reading, kept: gate.shareOf(reading) };
    if (candidate.kept >= gate.gate) return textOf(page, gate, candidate);
    if (best === null || candidate.kept > best.kept) best = candidate;
  }
  const whole = gate.whole();
  if (whole.blocks.length === 0) return { blocks: [], coverage: null, dropped: page.dropped + whole.dropped };
  return textOf(page, gate, { by: 'whole', reading: whole, kept: best?.kept ?? 0 });
}

interface Candidate {
  readonly by: Coverage['by'];
  readonly reading: Reading;
  readonly kept: number;
}

function* readers(
  page: LookedAt,
  url: URL,
  lastReader: LastReader | undefined,
): Generator<readonly [Coverage['by'], () => Reading | null]> {
  yield [
    'adapter',
    () => {
      const found = adapted(page, url);
      return found === null ? null : readBlocks(found.root, found.isLeftOut);
    },
  ];
  yield ['readability', () => readByReadability(page)];
  if (lastReader !== undefined) yield ['defuddle', () => lastReader(page)];
}

function lookAt(flat: FlatPage, legal: boolean): LookedAt {
  const provisions = provisionsOf(flat.body);
  return { ...flat, provisions, legal: legal || isNumbered(provisions), weightOf: weigh(flat.body) };
}

/** A reader that stumbles over a page has found nothing in it. */
function attempt(read: () => Reading | null): Reading | null {
  try {
    return read();
  } catch {
    return null;
  }
}

const textOf = (page: FlatPage, { gate }: Gate, { by, reading, kept }: Candidate): PageText => ({
  blocks: reading.blocks,
  coverage: { by, kept, gate },
  dropped: page.dropped + reading.dropped,
});
