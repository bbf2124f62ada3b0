import { z } from 'zod';
import type { LegalReference } from './legal.ts';

/**
 * What a piece is a copy of, whatever its version: two captures of one work bear one key. `<scheme>:<name>`, such as
 * `celex:32016R0679`, `jorf:JORFTEXT000038388445`, `url:https://intranet.example/note?id=4`.
 */
export const WorkKey = z
  .string()
  .regex(/^(?:celex|cid|legi|jorf|url):\S+$/)
  .max(2_000)
  .brand<'WorkKey'>();
export type WorkKey = z.infer<typeof WorkKey>;

/**
 * The key of a work: CELEX base number, else Légifrance's text, else the address without what only tracks or scrolls.
 * Null for what has neither (a file from the disk).
 *
 * @param url - as the browser says it
 */
export function workKeyOf(source: {
  readonly url: string | null;
  readonly legal: LegalReference | null;
}): WorkKey | null {
  const key = legalKey(source.legal) ?? (source.url === null ? null : addressKey(source.url));
  return key === null ? null : (WorkKey.safeParse(key).data ?? null);
}

function legalKey(legal: LegalReference | null): string | null {
  if (legal === null) return null;
  const celex = legal.celex === undefined ? celexOfEli(legal.eli?.value ?? '') : baseCelex(legal.celex.value);
  return celex === null ? legifranceKey(legal) : `celex:${celex}`;
}

/** A text, or a part of one: an article by its number, because its LEGIARTI changes with each version; a section by its own id. */
function legifranceKey(legal: LegalReference): string | null {
  const ids = (legal.legifrance ?? []).map(({ value }) => value);
  const text = ids.find((id) => id.startsWith('JORFTEXT') || id.startsWith('LEGITEXT'));
  if (text === undefined) return null;
  const key = text.startsWith('JORF') ? `jorf:${text}` : `legi:${text}`;
  const section = ids.find((id) => /^(?:LEGI|JORF)SCTA/.test(id));
  const isArticle = legal.kind?.value === 'article' || ids.some((id) => /^(?:LEGI|JORF)ARTI/.test(id));
  if (!isArticle) return section === undefined ? key : `${key}#${section}`;
  const article = legal.number?.value.replace(/[\s.]/gu, '').toUpperCase();
  return article === undefined ? null : `${key}#${article}`;
}

/** Sector 0 and a date make a consolidated version: `02016R0679-20160504` is a version of `32016R0679`. */
function baseCelex(celex: string): string {
  const consolidated = /^0(\d{4}[A-Z]{1,2}\d{4})(?:-\d{8})?$/.exec(celex);
  return consolidated === null ? celex : `3${consolidated[1]}`;
}

const ELI_LETTERS: Readonly<Record<string, string>> = { reg: 'R', dir: 'L', dec: 'D' };

/**
 * The CELEX number of an act of the EU by its ELI, whatever its version or language: `/eli/reg/2016/679/oj` is `32016R0679`, and so is
 * `/eli/reg_impl/…` of type R. Null for what ELI and CELEX number each in their own way (corrigenda, framework decisions, treaties).
 */
function celexOfEli(eli: string): string | null {
  const match =
    /^https?:\/\/(?:data\.europa\.eu|eur-lex\.europa\.eu)\/eli\/(reg|dir|dec)(?:_impl|_del)?\/(\d{4})\/(\d{1,4})(?:\/(?:oj|\d{4}-\d{2}-\d{2}))?(?:\/[a-z]{3})?\/?$/.exec(
      eli,
    );
  if (match === null) return null;
  const [, type = '', year, number = ''] = match;
  return `3${year}${ELI_LETTERS[type]}${number.padStart(4, '0')}`;
}

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|_ga|_gl|igshid|xtor|at_(?:medium|campaign|custom\d)|pk_\w+|mtm_\w+)$/i;

/**
 * The browser's addresses are in their normal form already; there is no `URL` in the domain to read them with.
 *
 * `http` and `https` are one: browsers go from one to the other by themselves. `www.` is not dropped: it is another host, which an intranet may
 * use for another site, and public sites send everyone to one of the two. A fragment that begins with `/` or `!` is how some sites tell
 * their pages apart. Parameters are put in order by name; several of one name stay in theirs, which may mean something.
 */
function addressKey(address: string): string | null {
  const [whole = '', ...fragments] = address.split('#');
  const fragment = fragments.join('#');
  const [place = '', ...rest] = whole.split('?');
  const telling = rest
    .join('?')
    .split('&')
    .map((part) => ({ part, name: part.split('=', 1)[0] ?? '' }))
    .filter(({ part, name }) => part !== '' && !TRACKING.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ part }) => part);
  const bare = undated(place.replace(/^([a-z]+:\/\/)[^/]*@/, '$1').replace(/^http:/, 'https:'));
  return `url:${bare}${telling.length === 0 ? '' : `?${telling.join('&')}`}${/^[/!]/.test(fragment) ? `#${fragment}` : ''}`;
}

/** Légifrance ends an address with the day on which the text is asked for. */
const undated = (place: string): string =>
  place.replace(/^(https:\/\/www\.legifrance\.gouv\.fr\/.*?)\/\d{4}-\d{2}-\d{2}\/?$/, '$1');
