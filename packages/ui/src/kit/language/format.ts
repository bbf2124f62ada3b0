import { type Day, dayAt, daysBetween } from '@liasse/core';
import { type Language, LOCALES, useLanguage } from './i18n.ts';
import { kitStrings } from './kit.strings.ts';
import { translator } from './strings.ts';

/** How dates, hours and quantities are written in one language. Civil days and hours are those of Europe/Paris. */
export interface Format {
  /** *lun. 23 nov.*, *mar. 1er déc.*; with the year when `today` is given and is of another year. */
  day(day: Day, today?: Day): string;
  /** *lundi 23 novembre 2026* */
  longDay(day: Day): string;
  /** *novembre 2026* */
  month(day: Day): string;
  /** *14 h 02*, of an instant (ms since the epoch). */
  time(at: number): string;
  /** *lun. 23 nov., 14 h 02* */
  dayTime(at: number): string;
  /** A due day: *Aujourd’hui*, *Demain*, *En retard de 3 jours*, else the day. Late is red: say it with `RedFlag`. */
  relativeDay(day: Day, today: Day): string;
  /** A day near today, with no judgement: *hier*, *dans 3 jours*, *il y a 2 jours*, else the day. */
  nearDay(day: Day, today: Day): string;
  /** *45 min*, *1 h 30* */
  duration(minutes: number): string;
  /** *1,4 Mo* */
  bytes(bytes: number): string;
  /** *12 345* */
  count(count: number): string;
}

const ZONE = 'Europe/Paris';
const NEAR_DAYS = 6;

/** A civil day as an instant that is the same civil day in every zone used here. */
const noon = (day: Day): number => Date.parse(`${day}T12:00:00Z`);

/** Follows the language of the interface. */
export function useFormat(): Format {
  return formatFor(useLanguage());
}

// Making the formatters takes the best part of a millisecond, and every row of a list asks for them.
const made = new Map<Language, Format>();

/** The format of one language; for what is not a component. */
export function formatFor(language: Language): Format {
  const format = made.get(language) ?? makeFormat(language);
  made.set(language, format);
  return format;
}

function makeFormat(language: Language): Format {
  const locale = LOCALES[language];
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
  const short = dates({ weekday: 'short', day: 'numeric', month: 'short' });
  const shortYear = dates({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const long = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const month = dates({ month: 'long', year: 'numeric' });
  const hour = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const number = new Intl.NumberFormat(locale);
  const size = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

  // French says *1er* for the first of the month only, and English has no comma after the weekday here.
  const written = (format: Intl.DateTimeFormat, at: number): string =>
    format
      .formatToParts(at)
      .map(({ type, value }) => {
        if (type === 'day' && value === '1' && language === 'fr') return '1er';
        return type === 'literal' ? value.replace(', ', ' ') : value;
      })
      .join('');

  const format: Format = {
    day: (day, today) =>
      written(today !== undefined && today.slice(0, 4) !== day.slice(0, 4) ? shortYear : short, noon(day)),
    longDay: (day) => written(long, noon(day)),
    month: (day) => written(month, noon(day)),
    time: (at) => {
      const parts = hour.formatToParts(at);
      const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
      return language === 'fr'
        ? `${Number(part('hour'))}\u00a0h\u00a0${part('minute')}`
        : `${part('hour')}:${part('minute')}`;
    },
    dayTime: (at) => `${format.day(dayAt(at))}, ${format.time(at)}`,
    relativeDay: (day, today) => {
      const away = daysBetween(today, day);
      const t = translator(kitStrings, language);
      if (away < 0) return t('late', { count: -away });
      if (away === 0) return t('today');
      return away === 1 ? t('tomorrow') : format.day(day, today);
    },
    nearDay: (day, today) => {
      const away = daysBetween(today, day);
      return Math.abs(away) <= NEAR_DAYS ? relative.format(away, 'day').replaceAll("'", '’') : format.day(day, today);
    },
    duration: (minutes) => {
      const hours = Math.floor(minutes / 60);
      const rest = Math.round(minutes % 60);
      if (hours === 0) return `${rest}\u00a0min`;
      return rest === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h\u00a0${String(rest).padStart(2, '0')}`;
    },
    bytes: (bytes) => {
      const units = language === 'fr' ? ['o', 'ko', 'Mo', 'Go', 'To'] : ['B', 'kB', 'MB', 'GB', 'TB'];
      let value = bytes;
      let unit = 0;
      while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
      }
      return `${size.format(value)}\u00a0${units[unit]}`;
    },
    count: (count) => number.format(count),
  };
  return format;
}
