import type { Day } from '@liasse/core';

const MONTHS: Readonly<Record<string, number>> = {
  janvier: 1,
  fevrier: 2,
  mars: 3,
  avril: 4,
  mai: 5,
  juin: 6,
  juillet: 7,
  aout: 8,
  septembre: 9,
  octobre: 10,
  novembre: 11,
  decembre: 12,
  january: 1,
  february: 2,
  march: 3,
  april: 4,
  may: 5,
  june: 6,
  july: 7,
  august: 8,
  september: 9,
  october: 10,
  november: 11,
  december: 12,
};

/** A civil date from its parts, or null when there is no such day. */
function dayOf(year: number, month: number, day: number): Day | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same && year >= 1000 && year <= 9999 ? (date.toISOString().slice(0, 10) as Day) : null;
}

/** An ISO date, with or without a time after it. */
export function isoDay(text: string | null): Day | null {
  const match = /^\s*(\d{4})-(\d{2})-(\d{2})(?:$|[T\s])/.exec(text ?? '');
  return match === null ? null : dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Eight digits, as identifiers hold them: `20240101`. */
export function compactDay(text: string | null): Day | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text ?? '');
  return match === null ? null : dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** The first date written out in a text: « du 19 avril 2019 », “of 1st June 2024”. */
export function writtenDay(text: string): Day | null {
  for (const match of text.matchAll(/(\d{1,2})(?:er|st|nd|rd|th)?\s+([A-Za-zÀ-ÿ]{3,9})\s+(\d{4})/gu)) {
    const name = (match[2] as string).toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
    const month = MONTHS[name];
    const day = month === undefined ? null : dayOf(Number(match[3]), month, Number(match[1]));
    if (day !== null) return day;
  }
  return null;
}
