import type { LegalKind } from '../legal.ts';

/** What an act of the EU is called by, in CELEX. */
const TYPES: Partial<Record<LegalKind, string>> = { regulation: 'R', directive: 'L', decision: 'D' };

/** An act's number as it was printed: « (UE) 2024/1183 », « n° 910/2014 », « 95/46/CE ». */
export interface PrintedNumber {
  readonly kind: LegalKind;
  readonly first: string;
  readonly second: string;
  /** Whether « n° » stands before it. */
  readonly numbered: boolean;
  /** A framework decision. */
  readonly framework: boolean;
  /** Of the Communities (CE, CEE, EC, EEC), which numbered acts until 2009. */
  readonly community: boolean;
}

/**
 * The CELEX number of an act, or null where its print leaves a doubt. Regulations were numbered before their year until 2014, and so
 * were some decisions, with « n° »; directives never; since 2015 the year comes first everywhere.
 */
export function celexOf({ kind, first, second, numbered, framework, community }: PrintedNumber): string | null {
  const type = framework ? 'F' : TYPES[kind];
  if (type === undefined) return null;
  const isRegulation = kind === 'regulation';
  const yearFirst = isRegulation ? (community ? null : yearOf(first, 2015, 2099)) : yearOf(first, 1952, 2099);
  const mayEndInYear = isRegulation || (kind === 'decision' && !framework && numbered);
  const yearLast = mayEndInYear ? yearOf(second, community ? 1952 : 1993, 2014) : null;
  // « n° 2016/2012 » may be number 2016 of 2012, or a slip of the pen for 2016/2012.
  if (yearFirst !== null && yearLast !== null) return null;
  const [year, number] = yearFirst !== null ? [yearFirst, second] : [yearLast, first];
  if (year === null || number.length > 4 || Number(number) === 0) return null;
  return `3${year}${type}${number.padStart(4, '0')}`;
}

/** A year in full; two digits are of the 20th century, which alone was printed so. */
function yearOf(text: string, from: number, to: number): number | null {
  if (text.length !== 2 && text.length !== 4) return null;
  const year = text.length === 2 ? 1900 + Number(text) : Number(text);
  return year >= from && year <= to && (text.length === 4 || from < 1999) ? year : null;
}
