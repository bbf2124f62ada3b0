import { attribute, nameOf, parentOf, queryAll } from '../dom.ts';
import type { FlatPage } from './flatten.ts';
import { isFurniture } from './furniture.ts';
import { containerOf, type Provision } from './provisions.ts';
import type { Weight } from './weights.ts';

/** A flat page with what was found out about it once, for every reader. */
export interface LookedAt extends FlatPage {
  readonly weightOf: (element: Element) => Weight;
  readonly provisions: readonly Provision[];
  /** Made of numbered provisions, or named as a legal text by what surrounds it. */
  readonly legal: boolean;
}

/**
 * Where the text of a page is: its `main`, else the smallest container of all its numbered provisions, else its one large `article`, else
 * where most of its sentences are. A `main` that holds less than a quarter of the page is one by name only.
 */
export function scopeOf(page: LookedAt): Element {
  const whole = page.weightOf(page.body).characters;
  const main = heaviest(page, 'main, [role="main"]');
  if (main !== null && page.weightOf(main).characters >= whole / 4) return main;
  if (page.legal && page.provisions.length >= 3) return provisionScope(page);
  const article = heaviest(page, 'article, [role="article"]');
  if (article !== null && page.weightOf(article).characters >= whole / 2) return article;
  return page.legal ? page.body : proseScope(page);
}

/**
 * The innermost division that holds most of the page’s sentences. A page that names no part of it as its text has columns beside it
 * all the same, and their words would be held against every reader.
 */
function proseScope({ body, weightOf }: LookedAt): Element {
  const whole = weightOf(body);
  // Of a page with hardly any sentence, they say nothing of where its text is.
  if (whole.proseCharacters < whole.characters / 10) return body;
  const enough = whole.proseCharacters * 0.6;
  let scope = body;
  for (;;) {
    const inner = [...scope.children].find(
      (child) => DIVISION.test(nameOf(child)) && weightOf(child).proseCharacters >= Math.max(enough, 1),
    );
    if (inner === undefined) return scope;
    scope = inner;
  }
}

const DIVISION = /^(?:article|center|div|main|section|table|tbody|td|tr)$/;

/** The container of all numbered provisions, and of what belongs to them: title, recitals, annexes, notes beside it. */
export function provisionScope(page: LookedAt): Element {
  let scope = containerOf(page.provisions) ?? page.body;
  for (let above = parentOf(scope); above instanceof Element && scope !== page.body; above = parentOf(scope)) {
    if (isPageSized(above) || !addsText(page, scope, above)) break;
    scope = above;
  }
  return scope;
}

/** Whether what an element has around one of its children is text rather than a site’s menus. */
function addsText(page: LookedAt, child: Element, above: Element): boolean {
  const inner = page.weightOf(child);
  const outer = page.weightOf(above);
  const added = outer.characters - inner.characters;
  const furniture = [...above.children].some((sibling) => sibling !== child && isFurniture(sibling));
  return added === 0 || (!furniture && (outer.linkCharacters - inner.linkCharacters) / added < 0.4);
}

const isPageSized = (element: Element): boolean => nameOf(element) === 'html';

function heaviest(page: LookedAt, selector: string): Element | null {
  let best: Element | null = null;
  for (const element of queryAll(page.body, selector).slice(0, 50)) {
    if (best === null || page.weightOf(element).characters > page.weightOf(best).characters) best = element;
  }
  return best;
}

/** Whether an element is a list of ways elsewhere: mostly links, and several. */
export function isWayOut({ weightOf }: LookedAt, element: Element): boolean {
  const { characters, linkCharacters, links } = weightOf(element);
  if (links < 3 || !/^(?:ul|ol|div|section|table|p|dl|menu)$/.test(nameOf(element))) return false;
  // A table of contents of the text itself leads nowhere else.
  if (attribute(element, 'role') === 'doc-toc') return false;
  return linkCharacters > characters * 0.6;
}
