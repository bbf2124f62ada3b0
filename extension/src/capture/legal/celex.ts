import type { LegalKind } from '@liasse/core';

/** A CELEX number, taken apart: `32024R1183` is sector 3, year 2024, type R, number 1183. */
const CELEX = /^(?<sector>[0-9CE])(?<year>\d{4})(?<type>[A-Z]{1,2})(?<number>\d{4})(?:\(\d{2}\)|R\(\d{2}\)|-\d{8})*$/;

const KINDS: Readonly<Record<string, LegalKind>> = { R: 'regulation', L: 'directive', D: 'decision' };

/** Whether a text is a CELEX number, base act or consolidated version. */
export const isCelex = (text: string): boolean => CELEX.test(text);

/** What a CELEX number says of the text it names. */
export function celexParts(celex: string): { readonly kind: LegalKind | null; readonly number: string | null } {
  const groups = CELEX.exec(celex)?.groups;
  if (groups === undefined) return { kind: null, number: null };
  const { sector, year, type, number } = groups as Record<'sector' | 'year' | 'type' | 'number', string>;
  if (sector === '1') return { kind: 'treaty', number: null };
  if (sector === '6') return { kind: 'case-law', number: null };
  // Sector 0 holds the consolidated versions of sector 3.
  const kind = sector === '3' || sector === '0' ? (KINDS[type] ?? null) : null;
  if (kind === null) return { kind: null, number: null };
  return { kind, number: printedNumber(kind, Number(year), Number(number)) };
}

/** Regulations were printed number first until 2014; directives and decisions with a two-digit year until 1998. */
function printedNumber(kind: LegalKind, year: number, number: number): string {
  if (kind === 'regulation' && year < 2015) return `${number}/${year < 1999 ? year % 100 : year}`;
  return `${year < 1999 ? year % 100 : year}/${number}`;
}
