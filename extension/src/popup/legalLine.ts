import type { PopupStrings } from './popup.strings.ts';

/** A legal reference in one line, from what the page says of itself: foreign, so read with care and shown as text only. */
export function legalLine(facts: unknown, strings: PopupStrings, language: 'fr' | 'en'): string | null {
  const legal = field(facts, 'legal');
  if (legal === null) return null;
  const value = (key: string): string | null => {
    const text = field(field(legal, key), 'value');
    return typeof text === 'string' && text !== '' ? text : null;
  };
  const kind = value('kind');
  const number = value('number');
  const date = value('date');
  const kinds: Readonly<Record<string, string>> = strings.legalKinds;
  const name = [kind !== null && Object.hasOwn(kinds, kind) ? kinds[kind] : null, number]
    .filter((part) => part != null)
    .join(' ');
  const dated = date === null ? null : longDate(date, language);
  const named = name === '' || dated === null ? name : `${name} ${language === 'fr' ? 'du' : 'of'} ${dated}`;
  const ids = [
    value('celex') === null ? null : `CELEX ${value('celex')}`,
    value('nor') === null ? null : `NOR ${value('nor')}`,
    legifranceId(legal),
  ];
  const parts = [named, ...ids].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join(' · ');
}

function legifranceId(legal: unknown): string | null {
  const ids = field(legal, 'legifrance');
  const last = Array.isArray(ids) ? field(ids.at(-1), 'value') : null;
  return typeof last === 'string' ? last : null;
}

function field(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, key) ? (of as Record<string, unknown>)[key] : null;
}

function longDate(day: string, language: 'fr' | 'en'): string | null {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at)) return null;
  const written = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(at);
  return language === 'fr' ? written.replace(/^1 /, '1er ') : written;
}
