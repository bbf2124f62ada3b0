import type { LegalKind, LegalReference } from '@liasse/core';
import { attribute, bodyOf, foldedText, query, queryAll, titleOf } from '../dom.ts';
import { type LegalAdapter, type LegalSource, part } from './adapter.ts';
import { compactDay, isoDay, writtenDay } from './dates.ts';
import { readFrenchTitle } from './frenchTitle.ts';

const ID = /(?:JORF|LEGI|KALI|CONS|CETA|JURI|JUFI|CNIL|ACCO|DOLE)[A-Z]{4}\d{12}/g;
const NOR = /\bNOR\s*:?\s*([A-Z]{4}\d{7}[A-Z])\b/;
/** How much of a page is searched for its NOR and ELI: they stand at its head, and others may be cited below. */
const HEAD_CHARACTERS = 6_000;

/** Légifrance: identifiers in the address first, then what the page shows: NOR, ELI, title. */
export const legifrance: LegalAdapter = {
  knows: ({ url }) => /(?:^|\.)legifrance\.gouv\.fr$/.test(url.hostname),

  read(source): LegalReference {
    const { document, url } = source;
    const head = headText(document);
    const title = readFrenchTitle(headingOf(document));
    const byPath = kindByPath(url.pathname);
    return {
      ...title,
      // A code's article says so in its address; its heading may be the article's own title.
      ...(byPath !== null && title.kind === undefined ? part('kind', byPath, 'url') : {}),
      ...norOf(url, head),
      ...eliOf(url, head),
      ...idsOf(source),
      ...versionOf(url, head),
    };
  },
};

/** Where the address says it, under today's names and those of before 2020. Others go by their title. */
const PATHS: readonly (readonly [RegExp, LegalKind])[] = [
  [/^\/codes\/article(?:_lc)?\/|^\/affichCodeArticle\.do|^\/(?:jorf|loda)\/article(?:_jo|_lc)?\//, 'article'],
  [/^\/codes\/|^\/affichCode\.do/, 'code'],
  [/^\/(?:ceta|juri|constit|jufi|cons)\/|^\/affichJuri\w{1,12}\.do/, 'case-law'],
  [/^\/(?:conv_coll|acco)\/|^\/affichIDCC\.do/, 'collective-agreement'],
  [/^\/circulaire\//, 'circular'],
  [/^\/eli\/(?:loi|loi_organique|loi_constit)\//, 'law'],
  [/^\/eli\/ordonnance\//, 'ordinance'],
  [/^\/eli\/decret\//, 'decree'],
  [/^\/eli\/arrete\//, 'order'],
];

const kindByPath = (path: string): LegalKind | null => PATHS.find(([pattern]) => pattern.test(path))?.[1] ?? null;

/**
 * The identifiers in the address, the text's before those of its parts. An article's own address does not say which code it is of: the
 * page does, when it leads to one text only.
 */
function idsOf({ document, url }: LegalSource): Pick<LegalReference, 'legifrance'> {
  const inUrl = [...new Set((url.pathname + url.search).match(ID) ?? [])];
  const ids = [...inUrl.filter(isText), ...inUrl.filter((id) => !isText(id))].map((value) => ({
    value,
    from: 'url' as const,
  }));
  // An address by ELI has a NOR in it and no identifier: the page's own other address has the one that its captures share.
  const own = url.pathname.startsWith('/eli/') ? ownText(document) : null;
  if (own !== null) return { legifrance: [{ value: own, from: 'meta' }] };
  const linked = inUrl.some(isText) || inUrl.length === 0 ? null : onlyTextLinked(document);
  const all = linked === null ? ids : [{ value: linked, from: 'text' as const }, ...ids];
  return all.length === 0 ? {} : { legifrance: all.slice(0, 8) };
}

/** The text that a page calls itself by, in the addresses it states for itself; null where it states two. */
function ownText(document: Document): string | null {
  const stated = new Set<string>();
  const itself = 'link[rel~="canonical" i][href], meta[property="og:url"][content]';
  for (const element of queryAll(document, itself).slice(0, 10)) {
    const address = attribute(element, 'href') ?? attribute(element, 'content') ?? '';
    for (const id of address.match(ID) ?? []) if (isText(id)) stated.add(id);
  }
  const [only] = stated;
  return stated.size === 1 ? (only ?? null) : null;
}

const isText = (id: string): boolean => id.slice(4, 8) === 'TEXT';

function onlyTextLinked(document: Document): string | null {
  const linked = new Set<string>();
  for (const link of queryAll(document, 'main a[href*="LEGITEXT"], #main a[href*="LEGITEXT"]').slice(0, 500)) {
    for (const id of (attribute(link, 'href') ?? '').match(ID) ?? []) if (isText(id)) linked.add(id);
  }
  const [only] = linked;
  return linked.size === 1 ? (only ?? null) : null;
}

/** A day on which the text that is shown is in force: the one that was asked for, else the one the page says. */
function versionOf(url: URL, head: string): Pick<LegalReference, 'version'> {
  const asked =
    isoDay(/\/(\d{4}-\d{2}-\d{2})\/?$/.exec(url.pathname)?.[1] ?? null) ??
    compactDay(url.searchParams.get('dateTexte'));
  if (asked !== null) return part('version', asked, 'url');
  const said = /(?:version )?en vigueur (?:au|depuis le) ([^.;]{8,30})/i.exec(head)?.[1];
  return part('version', said === undefined ? null : writtenDay(said), 'text');
}

function norOf(url: URL, head: string): Pick<LegalReference, 'nor'> {
  const inUrl = /^\/eli\/[a-z]+\/\d{4}\/\d{1,2}\/\d{1,2}\/([A-Z]{4}\d{7}[A-Z])\//.exec(url.pathname)?.[1];
  if (inUrl !== undefined) return part('nor', inUrl, 'url');
  return part('nor', NOR.exec(head)?.[1], 'text');
}

function eliOf(url: URL, head: string): Pick<LegalReference, 'eli'> {
  const path = /^\/eli\/[a-z]+\/\d{4}\/\d{1,2}\/\d{1,2}\/[A-Z0-9-]+\/(?:jo|versionconsolidee)(?:\/texte)?/.exec(
    url.pathname,
  )?.[0];
  if (path !== undefined) return part('eli', `https://www.legifrance.gouv.fr${path}`, 'url');
  return part('eli', /https:\/\/www\.legifrance\.gouv\.fr\/eli\/[A-Za-z0-9/_-]+/.exec(head)?.[0], 'text');
}

/** The page's own heading; its `<title>` where there is none. */
function headingOf(document: LegalSource['document']): string {
  const heading = query(document, 'main h1, #main h1, h1');
  const text = heading === null ? '' : foldedText(heading, 1000);
  return text === '' ? titleOf(document) : text;
}

function headText(document: Document): string {
  const root = query(document, 'main, #main') ?? bodyOf(document);
  return root === null ? '' : foldedText(root, HEAD_CHARACTERS);
}
