import type { LegalReference } from '@liasse/core';
import { attribute, contentTypeOf, foldedText, query, queryAll, rootElementOf, titleOf } from './dom.ts';
import { readLegal } from './legal/index.ts';

/** What a page says of itself, quickly: what the popup shows before anything is taken. All of it is the page's word. */
export interface PageFacts {
  readonly title: string;
  readonly language: string | null;
  /** What it calls its own address; it only suggests. */
  readonly canonical: string | null;
  readonly legal: LegalReference | null;
  /** How many characters are selected. */
  readonly selected: number;
  /** How many fields a person could fill. */
  readonly fields: number;
  /** `text/html`, `application/pdf`… */
  readonly contentType: string;
}

/** @param url - the page's address as the browser says it */
export function readFacts(document: Document, url: URL): PageFacts {
  return {
    title: pageTitle(document),
    language: languageOf(document),
    canonical: canonicalOf(document, url),
    legal: readLegal({ document, url }),
    selected: getSelection()?.toString().trim().length ?? 0,
    fields: queryAll(document, FILLABLE).length,
    contentType: contentTypeOf(document),
  };
}

const FILLABLE =
  'input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image]), select, textarea, [role=combobox], [role=textbox], [role=switch]';

function canonicalOf(document: Document, url: URL): string | null {
  const link = query(document, 'link[rel~="canonical" i][href]');
  const stated = link === null ? null : attribute(link, 'href');
  if (stated === null || !URL.canParse(stated, url.href)) return null;
  const address = new URL(stated, url.href);
  return /^https?:$/.test(address.protocol) && address.href.length <= 8192 ? address.href : null;
}

function pageTitle(document: Document): string {
  const stated = query(document, 'meta[property="eli:title"], [property="eli:title"][content]');
  const legal = stated === null ? '' : (attribute(stated, 'content') ?? '').trim();
  if (legal !== '') return legal.slice(0, 2000);
  // The site is said beside the title: its name in each title would only hide what differs.
  const title = titleOf(document)
    .trim()
    .replace(/\s+[-–|]\s+(?:Légifrance|EUR-Lex)$/u, '');
  if (title !== '') return title.slice(0, 2000);
  const heading = query(document, 'h1');
  return heading === null ? '' : foldedText(heading, 2000);
}

const TAG = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/;

function languageOf(document: Document): string | null {
  const root = rootElementOf(document);
  const declared = root === null ? null : (attribute(root, 'lang') ?? attribute(root, 'xml:lang'));
  const meta = query(document, 'meta[http-equiv="content-language" i], meta[name="DC.language" i]');
  const language = (declared || (meta === null ? null : attribute(meta, 'content')))?.trim() ?? '';
  return TAG.test(language) && language.length <= 35 ? language.replace(/^[A-Z]+$/, (all) => all.toLowerCase()) : null;
}
