/** The classes, ids and element names of one document, its shadow trees included. */
export interface Names {
  readonly classes: Set<string>;
  readonly ids: Set<string>;
  readonly elements: Set<string>;
}

export const noNames = (): Names => ({ classes: new Set(), ids: new Set(), elements: new Set() });

const TOKEN =
  /([.#]|::?)?((?:[-_a-zA-Z0-9\u0080-\uffff]|\\[0-9a-fA-F]{1,6}[ \t\n\f\r]?|\\[^\n\f\r0-9a-fA-F])+)|"(?:[^"\\]|\\[\s\S])*"|[\s\S]/g;

/**
 * Whether a selector could match something of a document. Says yes whenever it is not sure: what stands in parentheses or
 * brackets is not looked at.
 */
export function mayMatch(selector: string, names: Names): boolean {
  let depth = 0;
  let possible = true;
  let any = false;
  let before = '';
  for (const [token, mark, name] of selector.matchAll(TOKEN)) {
    if (token === '(' || token === '[') depth += 1;
    else if (token === ')' || token === ']') depth -= 1;
    else if (depth === 0 && token === ',') {
      any ||= possible;
      possible = true;
    } else if (depth === 0 && token === '|') return true;
    else if (depth === 0 && possible && name !== undefined) possible = isThere(mark, name, names, before);
    before = token;
  }
  return any || possible;
}

function isThere(mark: string | undefined, name: string, names: Names, before: string): boolean {
  if (name.includes('\\')) return isThere(mark, unescapedName(name), names, before);
  if (mark === '.') return names.classes.has(name);
  if (mark === '#') return names.ids.has(name);
  // `:hover`, `::before`; and the `50%` of what is no selector after all.
  if (mark !== undefined || /^[0-9]/.test(name)) return true;
  return names.elements.has(name.toLowerCase()) || name.toLowerCase() === 'html' || name === 'from' || name === 'to';
}

const unescapedName = (name: string): string =>
  name.replace(/\\(?:([0-9a-fA-F]{1,6})[ \t\n\f\r]?|([\s\S]))/g, (_, hex?: string, char?: string) =>
    hex === undefined ? (char ?? '') : String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff)),
  );

/** What a copy marks because no script will: where links lead, what older anchors are called, which elements are undefined, what was in the top layer. */
export const MARKS = {
  link: 'data-href',
  anchor: 'data-liasse-name',
  undefined: 'data-liasse-undefined',
  modal: 'data-liasse-modal',
  popover: 'data-liasse-popover',
} as const;

/** Of the same specificity as what they stand for. */
const REWRITTEN: Readonly<Record<string, string>> = {
  ':link': `[${MARKS.link}]`,
  ':any-link': `[${MARKS.link}]`,
  ':-webkit-any-link': `[${MARKS.link}]`,
  ':visited': ':not([class],:not([class]))',
  ':defined': `:not([${MARKS.undefined}])`,
  ':modal': `[${MARKS.modal}]`,
  ':popover-open': `[${MARKS.popover}]`,
};

/** The selector that says in the copy what this one says in the page [C6]. */
export function selectorOfCopy(selector: string): string {
  if (!/:|\[\s*(?:href|name)/i.test(selector)) return selector;
  return selector
    .replace(TOKEN, (token, mark?: string) => (mark === ':' ? (REWRITTEN[token.toLowerCase()] ?? token) : token))
    .replace(/"(?:[^"\\]|\\[\s\S])*"|\[\s*(href|name)(?![-\w])/gi, (token, name?: string) =>
      name === undefined ? token : `[${name.toLowerCase() === 'href' ? MARKS.link : MARKS.anchor}`,
    );
}

/** Attributes that style sheets look at, in selectors or by `attr()`. */
export function attributesStyled(css: string, into: Set<string>): void {
  for (const [, name] of css.matchAll(/(?:\[|\battr\()\s*([-\w]+)/g)) into.add((name as string).toLowerCase());
}
