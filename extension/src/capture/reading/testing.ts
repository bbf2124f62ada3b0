import { parsePage } from '../testing.ts';
import { type PageText, type ReadOptions, readText } from './readText.ts';

/** Reads a page written in a test. */
export function read(html: string, options: Partial<ReadOptions> = {}): PageText {
  return readText(parsePage(html), {
    url: new URL('https://site.example/page'),
    legal: false,
    isShown: () => true,
    ...options,
  });
}

/** Its text, a block a line, markers before their items. */
export const linesOf = ({ blocks }: PageText): readonly string[] =>
  blocks.map((block) => {
    if (block.kind === 'row') return block.cells.join(' | ');
    return block.kind === 'item' && block.marker !== null ? `${block.marker} ${block.text}` : block.text;
  });

const VERBS = ['tient', 'classe', 'transmet', 'relit', 'conserve', 'numérote'];

/** A paragraph of prose, different for each number: readers weigh sentences, and leave out what repeats itself. */
export const prose = (number: number): string =>
  `Le service ${number} ${VERBS[number % VERBS.length]} sa liasse chaque jour, avec le soin que demande une affaire suivie par ${number + 2} bureaux, ` +
  `et il en rend compte au directeur, qui répond sous ${number + 3} jours, par écrit, aux questions que chacun lui pose.`;
