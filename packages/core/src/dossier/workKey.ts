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
  if (legal.celex !== undefined) return `celex:${baseCelex(legal.celex.value)}`;
  const ids = (legal.legifrance ?? []).map(({ value }) => value);
  const text = ids.find((id) => id.startsWith('JORFTEXT') || id.startsWith('LEGITEXT'));
  const isArticle = legal.kind?.value === 'article' || ids.some((id) => id.startsWith('LEGIARTI'));
  const article = isArticle ? legal.number?.value.replace(/[\s.]/g, '') : undefined;
  if (text === undefined || (isArticle && article === undefined)) return null;
  const key = text.startsWith('JORF') ? `jorf:${text}` : `legi:${text}`;
  return article === undefined ? key : `${key}#${article}`;
}

/** Sector 0 and a date make a consolidated version: `02016R0679-20160504` is a version of `32016R0679`. */
function baseCelex(celex: string): string {
  const consolidated = /^0(\d{4}[A-Z]{1,2}\d{4})(?:-\d{8})?$/.exec(celex);
  return consolidated === null ? celex : `3${consolidated[1]}`;
}

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|_ga|_gl|igshid|xtor|at_(?:medium|campaign|custom\d)|pk_\w+|mtm_\w+)$/i;

/** The browser's addresses are in their normal form already; there is no `URL` in the domain to read them with. */
function addressKey(address: string): string | null {
  const [whole = ''] = address.split('#', 1);
  const [place = '', ...rest] = whole.split('?');
  const parts = rest.join('?').split('&');
  const telling = parts.filter((part) => part !== '' && !TRACKING.test(part.split('=', 1)[0] ?? '')).sort();
  const bare = place.replace(/^([a-z]+:\/\/)[^/]*@/, '$1');
  return `url:${bare}${telling.length === 0 ? '' : `?${telling.join('&')}`}`;
}
