/** Where browsers differ in what they let an extension see of a page; nothing else here asks which one it runs in. */
import { nameOf, shadowRootOf } from '../dom.ts';

/** Chrome's door to closed shadow trees; Firefox has a method of its own on elements. */
interface ExtensionGlobals {
  readonly chrome?: {
    readonly dom?: { readonly openOrClosedShadowRoot?: (element: HTMLElement) => ShadowRoot | null };
  };
}

const openOrClosed = (globalThis as ExtensionGlobals).chrome?.dom?.openOrClosedShadowRoot;
const inFirefox = (globalThis.Element?.prototype as { openOrClosedShadowRoot?: ShadowRoot | null } | undefined) ?? {};
const isFirefox = 'openOrClosedShadowRoot' in inFirefox;

/** Elements of HTML that may have a shadow tree; so may every custom one. */
const HOSTS = new Set(
  'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '),
);

/** The shadow tree of an HTML element, closed ones included; null where there is none. */
export function shadowTreeOf(element: Element, name: string): ShadowRoot | null {
  if (!HOSTS.has(name) && !name.includes('-')) return null;
  if (isFirefox) return (element as Element & { openOrClosedShadowRoot: ShadowRoot | null }).openOrClosedShadowRoot;
  const open = shadowRootOf(element);
  if (open !== null || openOrClosed === undefined) return open;
  try {
    return openOrClosed(element as HTMLElement);
  } catch {
    // An element of a kind that Chrome does not ask about.
    return null;
  }
}

/** The sheets that a script adopted into a tree. */
export function adoptedSheetsOf(root: Document | ShadowRoot): readonly CSSStyleSheet[] {
  try {
    return Array.from(root.adoptedStyleSheets ?? []);
  } catch {
    // Firefox shows this list to the page alone. What is read through the page's own object is text, and judged as such.
    const unwrapped = (root as unknown as { wrappedJSObject?: { adoptedStyleSheets?: Iterable<CSSStyleSheet> } })
      .wrappedJSObject?.adoptedStyleSheets;
    return unwrapped === undefined ? [] : Array.from(unwrapped);
  }
}

/** Whether the element is in a state that browsers do not all know by that name. */
export function isInState(element: Element, state: ':defined' | ':modal' | ':popover-open'): boolean {
  try {
    return Element.prototype.matches.call(element, state);
  } catch {
    return state === ':defined' && !nameOf(element).includes('-');
  }
}
