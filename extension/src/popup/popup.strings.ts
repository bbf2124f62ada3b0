import type { KnownPiece } from '../messaging/contract.ts';
import type { PopupStrings } from './popup.strings.fr.ts';

export type { PopupStrings } from './popup.strings.fr.ts';

/**
 * The popup’s sentences in the language of the device, and no other. Not i18next, which the popup cannot afford: plain functions, one object
 * a language, of one shape.
 */
export async function popupStrings(language: 'fr' | 'en'): Promise<PopupStrings> {
  if (language === 'en') return (await import('./popup.strings.en.ts')).en;
  return (await import('./popup.strings.fr.ts')).fr;
}

/** What could not be kept, in words: « 4 images et 1 cadre ». */
export function missingWords(
  missing: readonly { readonly kind: string; readonly count: number }[],
  strings: PopupStrings,
): string {
  const counts = new Map<string, number>();
  for (const { kind, count } of missing) counts.set(kind, (counts.get(kind) ?? 0) + count);
  const words = [...counts].flatMap(([kind, count]) =>
    kind in strings.kinds ? [strings.kinds[kind as keyof PopupStrings['kinds']](count)] : [],
  );
  return joined(words, strings);
}

/** Where the page was clipped before, in words. */
export function knownWords(pieces: readonly KnownPiece[], strings: PopupStrings, language: 'fr' | 'en'): string {
  const days = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeZone: 'Europe/Paris',
  });
  const places = pieces.map(({ dossier, version, capturedAt }) =>
    strings.place(dossier.title, version, days.format(capturedAt)),
  );
  return strings.known(joined(places, strings));
}

/** « a, b et c » */
export function joined(words: readonly string[], strings: PopupStrings): string {
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  return before.length === 0 ? last : `${before.join(', ')}${strings.and}${last}`;
}
