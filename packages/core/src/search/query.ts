import { fold } from './fold.ts';
import { GroupScanner } from './groups.ts';

/** A word of a query. */
export interface QueryTerm {
  readonly term: string;
  /** Whether it finds the words that begin so. */
  readonly isPrefix: boolean;
}

/** What a person typed, understood. */
export interface Query {
  /** Each must be found. */
  readonly required: readonly QueryTerm[];
  /** Compounds whole: those that have them come first. */
  readonly preferred: readonly QueryTerm[];
  /** Between quotation marks: words that follow one another in one block. Each is among the required ones too. */
  readonly phrases: readonly (readonly QueryTerm[])[];
}

/** More words than this are not a search. */
const MAX_WORDS = 16;
/** A shorter word finds those that begin so only while it is being typed. */
const MIN_PREFIX_UNITS = 3;
/** What is elided before an apostrophe: nobody looks for the article of `l’administration`. */
const ELIDED = new Set(['l', 'd', 'j', 'm', 't', 's', 'n', 'c', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quoiqu']);

/**
 * Reads a query as it is typed. @see SPEC.md X4, X7
 *
 * Every second piece between quotation marks is a phrase; an open one is still being typed.
 */
export function parseQuery(typed: string): Query {
  const required: QueryTerm[] = [];
  const preferred: QueryTerm[] = [];
  const phrases: QueryTerm[][] = [];
  const pieces = typed.slice(0, 1_000).split(/["“”«»]/u);
  for (const [index, piece] of pieces.entries()) {
    const isTyped = index === pieces.length - 1;
    if (index % 2 === 0) readWords(fold(piece), { isTyped, required, preferred });
    else {
      const phrase = phraseTerms(fold(piece), { isTyped });
      if (phrase.length > 0) phrases.push(phrase);
      required.push(...phrase);
    }
  }
  return { required: distinct(required).slice(0, MAX_WORDS), preferred: distinct(preferred), phrases };
}

function readWords(
  folded: string,
  into: { readonly isTyped: boolean; readonly required: QueryTerm[]; readonly preferred: QueryTerm[] },
): void {
  const scanner = new GroupScanner(folded);
  const make = (term: string, end: number): QueryTerm => ({
    term,
    isPrefix: term.length >= MIN_PREFIX_UNITS || (into.isTyped && end === folded.length),
  });
  while (scanner.next()) {
    const { start, end, count, article } = scanner;
    if (count === 1 && folded[end] === "'" && end + 1 < folded.length && ELIDED.has(scanner.part(0))) continue;
    const whole = scanner.joined(0);
    if (article !== '') {
      // The letter of the group before was taken for a word of its own.
      if (scanner.articleStart < start) into.required.pop();
      into.required.push(make(article + scanner.joined(scanner.numberFrom), end));
    } else if (count > 1 && /\d/u.test(folded.slice(start, end))) {
      into.required.push(make(whole, end));
    } else {
      for (let index = 0; index < count; index += 1) {
        into.required.push(make(scanner.part(index), scanner.ends[index] as number));
      }
      if (count > 1) into.preferred.push(make(whole, end));
    }
  }
}

/** The plain words of a phrase, in order: compounds by their parts, as `containsPhrase` reads a text. */
function phraseTerms(folded: string, { isTyped }: { readonly isTyped: boolean }): QueryTerm[] {
  const scanner = new GroupScanner(folded);
  const terms: QueryTerm[] = [];
  while (scanner.next()) {
    for (let index = 0; index < scanner.count; index += 1) {
      terms.push({ term: scanner.part(index), isPrefix: isTyped && scanner.ends[index] === folded.length });
    }
  }
  return terms.slice(0, MAX_WORDS);
}

const distinct = (terms: readonly QueryTerm[]): QueryTerm[] => [
  ...new Map(terms.map((term) => [`${term.isPrefix} ${term.term}`, term])).values(),
];

/** Whether a word of a text is one that the query looks for. */
export const finds = ({ term, isPrefix }: QueryTerm, word: string): boolean =>
  isPrefix ? word.startsWith(term) : word === term;
