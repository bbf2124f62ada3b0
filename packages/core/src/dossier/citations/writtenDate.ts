import { Day } from '../../kernel/clock.ts';
import type { Scanner } from './citation.ts';

const MONTHS: readonly (readonly [RegExp, string])[] = [
  [/^jan/, '01'],
  [/^f[ée]v|^feb/, '02'],
  [/^mar/, '03'],
  [/^a[vp]r/, '04'],
  [/^ma[iy]/, '05'],
  [/^juin|^june/, '06'],
  [/^juil|^july/, '07'],
  [/^ao[uû]t|^aug/, '08'],
  [/^sep/, '09'],
  [/^oct/, '10'],
  [/^nov/, '11'],
  [/^d[ée]c/, '12'],
];

const DATE =
  /,?\s{1,3}(?:du|of|en date du)\s{1,3}(\d{1,2})(?:er|st|nd|rd|th)?\s{1,3}(janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre|january|february|march|april|may|june|july|august|september|october|november|december)\s{1,3}(\d{4})(?!\d)/iuy;

/** Moves past « du 19 avril 2019 », “of 27 April 2016”; null, without moving, where there is no such day. */
export function takeDate(scanner: Scanner): Day | null {
  const before = scanner.at;
  const match = scanner.take(DATE);
  if (match === null) return null;
  const name = (match[2] as string).toLowerCase();
  const month = MONTHS.find(([pattern]) => pattern.test(name))?.[1] ?? '00';
  const day = Day.safeParse(`${match[3]}-${month}-${(match[1] as string).padStart(2, '0')}`).data ?? null;
  if (day === null) scanner.at = before;
  return day;
}
