import { foldedText, nameOf, parentOf, queryAll } from '../dom.ts';

/** « Article premier », « Article L. 212-3 », “Article 4”, “Artikel 12”, « Art. 2 », “§ 5”: alone, or before a stop. */
const PROVISION =
  /^(?:articles?|artikel|art[íi]culo|articolo|artigo|artyku[lł]|art\.|§)[\s\u00a0]*(premier|unique|(?:(?:L\.?O\.?|[LRDA])[\s\u00a0]?\.?[\s\u00a0]?)?\*?[\s\u00a0]?\d{1,5}(?:er)?(?:-\d{1,4}){0,4}(?:[\s\u00a0](?:bis|ter|quater|[A-Z])\b)?)[\s\u00a0]*(?:$|[.:;–—(-])/iu;

/** A numbered provision of a page: the element that says its number. */
export interface Provision {
  readonly element: Element;
  readonly number: string;
}

/** How much of an element is looked at: a provision says its number first. */
const HEAD_CHARACTERS = 90;
const MOST = 20_000;

/** The numbered provisions of a page, in order; of one that is said on several levels the outermost. */
export function provisionsOf(root: Element): readonly Provision[] {
  const found: Provision[] = [];
  const inside = new Set<Node>();
  for (const element of queryAll(root, 'h1,h2,h3,h4,h5,h6,p,td,dt,li,summary,div,span').slice(0, MOST * 4)) {
    if (found.length >= MOST) break;
    const parent = parentOf(element);
    if (parent !== null && inside.has(parent)) {
      inside.add(element);
      continue;
    }
    const head = foldedText(element, HEAD_CHARACTERS);
    const number = PROVISION.exec(head)?.[1];
    if (number === undefined) continue;
    // A division that begins with a number is the provision itself, or holds many: those inside say more.
    if (nameOf(element) === 'div' && head.length >= HEAD_CHARACTERS) continue;
    inside.add(element);
    found.push({ element, number: number.replace(/\s/gu, '').toLowerCase() });
  }
  return found;
}

/** Whether a page is made of numbered provisions, as a legal text is: three of different numbers. */
export const isNumbered = (provisions: readonly Provision[]): boolean =>
  new Set(provisions.map(({ number }) => number)).size >= 3;

/** The smallest element that holds all of them; null where there are none. */
export function containerOf(provisions: readonly Provision[]): Element | null {
  let common: Element[] | null = null;
  for (const { element } of provisions) {
    const path = pathOf(element);
    if (common === null) common = path;
    else {
      let shared = 0;
      while (shared < common.length && shared < path.length && common[shared] === path[shared]) shared += 1;
      common.length = shared;
    }
  }
  return common?.at(-1) ?? null;
}

/** The elements above one, from the outermost. */
function pathOf(element: Element): Element[] {
  const path: Element[] = [];
  for (let at = parentOf(element); at !== null; at = parentOf(at)) {
    if (at instanceof Element) path.push(at);
  }
  return path.reverse();
}
