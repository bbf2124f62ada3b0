import { benchOfParts } from './bench.ts';
import { articles } from './capture/articles.ts';
import { wholePages } from './capture/wholePages.ts';

/** What a piece keeps of a page, what it takes and what it costs, beside single-file-core (docs/performance.md). */
export const bench = benchOfParts('capture', { pages: wholePages, articles });
