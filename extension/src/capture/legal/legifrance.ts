import type { LegalKind, LegalReference } from '@liasse/core';
import { bodyOf, foldedText, query, titleOf } from '../dom.ts';
import { type LegalAdapter, type LegalSource, part } from './adapter.ts';
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
    const ids = [...new Set((url.pathname + url.search).match(ID) ?? [])].slice(0, 8);
    return {
      ...title,
      // A code's article says so in its address; its heading may be the article's own title.
      ...(byPath !== null && title.kind === undefined ? part('kind', byPath, 'url') : {}),
      ...norOf(url, head),
      ...eliOf(url, head),
      ...(ids.length === 0 ? {} : { legifrance: ids.map((value) => ({ value, from: 'url' as const })) }),
    };
  },
};

function kindByPath(path: string): LegalKind | null {
  if (/^\/codes\/(?:article|article_lc)\//.test(path)) return 'article';
  if (/^\/codes\//.test(path)) return 'code';
  if (/^\/(?:ceta|juri|constit|jufi)\//.test(path)) return 'case-law';
  if (/^\/conv_coll\//.test(path)) return 'collective-agreement';
  if (/^\/circulaire\//.test(path)) return 'circular';
  return null;
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
