import type { Day } from '../../kernel/clock.ts';
import type { LegalKind } from '../legal.ts';

/** Légifrance's own search, for exactly what a citation says. */
export const legifranceSearch = (words: string): string =>
  `https://www.legifrance.gouv.fr/search/all?tab_selection=all&searchField=ALL&query=${encodeURIComponent(words)}`;

/** An act of the EU by its CELEX number, in the language of who reads. */
export const celexAddress = (celex: string, language: 'FR' | 'EN'): string =>
  `https://eur-lex.europa.eu/legal-content/${language}/TXT/?uri=CELEX:${celex}`;

const FRENCH: Partial<Record<LegalKind, { readonly eli: string; readonly name: string }>> = {
  law: { eli: 'loi', name: 'loi' },
  ordinance: { eli: 'ordonnance', name: 'ordonnance' },
  decree: { eli: 'decret', name: 'décret' },
};
/** `ordinary`: no organic or constitutional law, which ELIs name otherwise. */
interface FrenchText {
  readonly kind: LegalKind;
  readonly number: string | null;
  readonly date: Day | null;
  readonly ordinary: boolean;
}

/** Légifrance gives ELIs to what the Journal officiel published since then. */
const ELI_SINCE_YEAR = 2002;

/**
 * A French text by its number: its ELI where it must have one, else a search. Null without a number, because many share a date, and for
 * orders, whose numbers are their ministries’ own.
 */
export function frenchAddress({ kind, number, date, ordinary }: FrenchText): string | null {
  const words = FRENCH[kind];
  if (number === null || words === undefined) return null;
  const [year = 0, month, day] = date?.split('-').map(Number) ?? [];
  if (ordinary && year >= ELI_SINCE_YEAR && number.startsWith(`${year}-`)) {
    return `https://www.legifrance.gouv.fr/eli/${words.eli}/${year}/${month}/${day}/${number}/jo/texte`;
  }
  return legifranceSearch(`${words.name} n° ${number}`);
}
