import { type Day, dayAt, type LegalReference, type Piece } from '@liasse/core';
import { type Format, fold, type Translate } from '../../kit/index.ts';
import type { dossierStrings } from '../dossier.strings.ts';
import type { evidenceStrings } from '../evidence/evidence.strings.ts';

/** The words of a citation, in the language on screen. */
export interface CitationWords {
  readonly t: Translate<(typeof evidenceStrings)['fr']>;
  readonly dossier: Translate<(typeof dossierStrings)['fr']>;
  readonly format: Format;
}

/**
 * A legal text as it is cited: its name, its identifiers, where and when it was read. Parts that were not found are left out.
 *
 * @see SPEC.md E20
 */
export function legalCitation(piece: Piece, legal: LegalReference, words: CitationWords): string {
  const { t } = words;
  return sentence([
    legalName(piece.title, legal, words),
    legal.nor && t('nor', { value: legal.nor.value }),
    legal.celex && t('celex', { value: legal.celex.value }),
    legal.eli && t('eli', { value: legal.eli.value }),
    ...(legal.legifrance ?? []).map(({ value }) => t('legifrance', { value })),
    ...whereAndWhen(piece, words),
  ]);
}

/** A page as it is cited: its site, its title, its address, the day it was read. */
export function pageCitation(piece: Piece, words: CitationWords): string {
  const site = piece.site === '' ? undefined : piece.site;
  return sentence([site, words.dossier('quoted', { title: piece.title }), ...whereAndWhen(piece, words)]);
}

/** The text’s own title where it says its number; else what was read of it: *Décret n° 2019-341 du 19 avril 2019*. */
function legalName(
  title: string,
  { kind, number, date }: LegalReference,
  { t, dossier, format }: CitationWords,
): string {
  const bare = withoutSite(title);
  if (number === undefined || squeezed(bare).includes(squeezed(number.value))) return bare;
  const named =
    kind === undefined
      ? number.value
      : kind.value === 'article'
        ? t('articleOf', { number: number.value })
        : t('numbered', {
            kind: dossier(kind.value === 'other' ? 'kind_unnamed' : `kind_${kind.value}`),
            number: number.value,
          });
  const dated = date === undefined ? named : t('dated', { what: named, day: dayInText(format, date.value) });
  return `${dated}, ${dossier('quoted', { title: bare })}`;
}

function whereAndWhen({ url, capturedAt }: Piece, { t, format }: CitationWords): readonly (string | undefined)[] {
  return [url ?? undefined, t('readOn', { day: dayInText(format, dayAt(capturedAt)) })];
}

/** *24 novembre 2026*: a citation says no day of the week. */
const dayInText = (format: Format, day: Day): string => format.longDay(day).replace(/^\p{L}+ /u, '');

/** Pages put their site’s name after their title. */
const withoutSite = (title: string): string => title.replace(/\s+[-–—|]\s+(?:Légifrance|EUR-Lex)\s*$/iu, '');

const squeezed = (text: string): string => fold(text).replace(/[\s.]/g, '');

const sentence = (parts: readonly (string | undefined)[]): string =>
  `${parts.filter((part) => part !== undefined).join(', ')}.`;
