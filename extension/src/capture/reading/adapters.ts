import { foldedText, query } from '../dom.ts';
import { isFurniture } from './furniture.ts';
import { commonOf, headingOf } from './heading.ts';
import { isNumbered } from './provisions.ts';
import { type LookedAt, provisionScope } from './scope.ts';

/** One way to find the text on the pages of a site, or of a kind, that it knows. */
interface ReadingAdapter {
  /** Where the text is; null where the page is not of the kind. */
  find(page: LookedAt, url: URL): Element | null;
  /** What stands inside that and is no text of it. */
  readonly leaves: string;
  /** Whether the page’s heading may stand apart from the text, before it. */
  readonly headingApart?: true;
}

/** The first of the selectors that holds a text. */
function firstOf(page: LookedAt, selectors: readonly string[]): Element | null {
  for (const selector of selectors) {
    const element = query(page.body, selector);
    if (element !== null && foldedText(element, 300).length >= 200) return element;
  }
  return null;
}

/** EUR-Lex: acts since 2023 in `.eli-container`, earlier ones in `#document1` or `#text`, the oldest in `#TexteOnly`. */
const eurlex: ReadingAdapter = {
  find: (page, { hostname }) =>
    hostname === 'eur-lex.europa.eu'
      ? firstOf(page, ['.eli-container', '#document1', '#docHtml', '#TexteOnly', '#text', '#textTabContent'])
      : firstOf(page, ['.eli-container', '#TexteOnly']),
  leaves: '.modref, .disclaimer, #backToTop',
};

/** Légifrance. No real page was at hand: the address says which site it is, and `main` is what it says. */
const legifrance: ReadingAdapter = {
  find: (page, { hostname }) =>
    /(?:^|\.)legifrance\.gouv\.fr$/.test(hostname)
      ? firstOf(page, ['main .page-content', '#main .page-content', 'main', '#main'])
      : null,
  leaves: '.summary, .sommaire, .tools, .share, .breadcrumb, .fil-ariane, .pagination',
};

/** service-public.fr, and its shape: a fiche in `main` or `#main`, and questions about the page below. */
const servicePublic: ReadingAdapter = {
  find: (page, { hostname }) =>
    /(?:^|\.)service-public\.(?:gouv\.)?fr$/.test(hostname)
      ? firstOf(page, ['main article', '#main article', 'main', '#main'])
      : null,
  leaves: '.breadcrumb, .fr-breadcrumb, .fr-share, .fr-follow, .fr-summary, [id*="feedback"], [class*="feedback"]',
};

/** Any page made of numbered provisions, or that names its text in RDFa as ELI does. */
const numbered: ReadingAdapter = {
  find(page) {
    if (isNumbered(page.provisions)) return provisionScope(page);
    if (!page.legal) return null;
    return firstOf(page, [
      '[typeof~="eli:LegalResource"]',
      '[typeof~="eli:LegalExpression"]',
      '[itemtype$="/Legislation"]',
    ]);
  },
  leaves: '',
  headingApart: true,
};

const adapters = [eurlex, legifrance, servicePublic, numbered];

/** The text as the first adapter that knows the page finds it. */
export function adapted(page: LookedAt, url: URL): { root: Element; isLeftOut: (element: Element) => boolean } | null {
  for (const { find, leaves, headingApart } of adapters) {
    const root = find(page, url);
    if (root === null) continue;
    const isLeftOut = (element: Element) => isFurniture(element) || (leaves !== '' && element.matches(leaves));
    const heading = headingApart === true ? headingOf(page, root) : null;
    return heading === null || root.contains(heading) ? { root, isLeftOut } : withHeading(heading, root, isLeftOut);
  }
  return null;
}

/** A text and the heading before it, without what stands between them. */
function withHeading(heading: Element, text: Element, isLeftOut: (element: Element) => boolean) {
  return {
    root: commonOf(heading, text),
    isLeftOut: (element: Element) => {
      if (text.contains(element)) return isLeftOut(element);
      return !heading.contains(element) && !element.contains(heading) && !element.contains(text);
    },
  };
}
