import type { LegalKind, LegalReference } from '@liasse/core';
import { part } from './adapter.ts';
import { writtenDay } from './dates.ts';

const KINDS: readonly (readonly [RegExp, LegalKind])[] = [
  [/^constitution\b/i, 'constitution'],
  [/^loi\b/i, 'law'],
  [/^ordonnance\b/i, 'ordinance'],
  [/^décret\b/i, 'decree'],
  [/^arrêté\b/i, 'order'],
  [/^(?:circulaire|instruction|note de service)\b/i, 'circular'],
  [/^article\b/i, 'article'],
  [/^code\b/i, 'code'],
  [/^(?:convention collective|accord)\b/i, 'collective-agreement'],
  [/^règlement\b/i, 'regulation'],
  [/^directive\b/i, 'directive'],
  [/^décision\b/i, 'decision'],
];

/** What the title of a French text says of it: « Décret n° 2019-341 du 19 avril 2019 relatif à… ». */
export function readFrenchTitle(title: string): LegalReference {
  const text = title.replace(/\s+/gu, ' ').trim();
  const kind = KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  if (kind === null) return {};
  // Article L. 212-3, Article R*123-4, Article 1er; or n° 2019-341, no 78-17.
  const number =
    kind === 'article'
      ? /^article\s+((?:L\.?O\.?|[LRDA])?[.*]?\s?\d+(?:er)?(?:-\d+)*)/i.exec(text)?.[1]
      : /\bn[°ºo]\s*(\d{1,4}(?:[-/]\d{1,5})*)/i.exec(text)?.[1];
  return {
    ...part('kind', kind, 'title'),
    ...part('number', number?.trim(), 'title'),
    ...part('date', kind === 'article' || kind === 'code' ? null : writtenDay(text), 'title'),
  };
}
