/**
 * Reading a page that does not want to be read.
 *
 * A content script has its own JavaScript, so that the page's patched prototypes do not reach it, but not its own DOM: in
 * `<form><input name="childNodes"></form>` the form's `childNodes` is the input, in a content script too, and
 * `<img name="body">` stands in the way of `document.body`. So every property is read through the getter of its prototype.
 */

/** A property as its prototype reads it, whatever stands before it in the page. */
export function getter<T extends object, K extends keyof T & string>(prototype: T, key: K): (of: T) => T[K] {
  const get = Object.getOwnPropertyDescriptor(prototype, key)?.get;
  if (get === undefined) throw new Error(`bug: this browser has no getter for ${key}`);
  return (of) => get.call(of) as T[K];
}

export const firstChildOf = getter(Node.prototype, 'firstChild');
export const previousSiblingOf = getter(Node.prototype, 'previousSibling');
export const nextSiblingOf = getter(Node.prototype, 'nextSibling');
export const parentOf = getter(Node.prototype, 'parentNode');
const nodeTypeOf = getter(Node.prototype, 'nodeType');
const textContentOf = getter(Node.prototype, 'textContent');
const localNameOf = getter(Element.prototype, 'localName');
export const namespaceOf = getter(Element.prototype, 'namespaceURI');
const attributesOf = getter(Element.prototype, 'attributes');
const currentSourceOf = getter(HTMLImageElement.prototype, 'currentSrc');
export const isImageLoaded = getter(HTMLImageElement.prototype, 'complete');
export const imageWidthOf = getter(HTMLImageElement.prototype, 'naturalWidth');
export const imageHeightOf = getter(HTMLImageElement.prototype, 'naturalHeight');
export const frameDocumentOf = getter(HTMLIFrameElement.prototype, 'contentDocument');
export const addressOfDocument = getter(Document.prototype, 'URL');
export const readyStateOf = getter(Document.prototype, 'readyState');
export const compatModeOf = getter(Document.prototype, 'compatMode');
export const doctypeOf = getter(Document.prototype, 'doctype');
export const shadowRootOf = getter(Element.prototype, 'shadowRoot');
const shadowHostOf = getter(ShadowRoot.prototype, 'host');
export const baseAddressOf = getter(Node.prototype, 'baseURI');
const implementationOf = getter(Document.prototype, 'implementation');
export const rootElementOf = getter(Document.prototype, 'documentElement');
export const bodyOf = getter(Document.prototype, 'body');
export const titleOf = getter(Document.prototype, 'title');
export const contentTypeOf = getter(Document.prototype, 'contentType');
export const windowOf = getter(Document.prototype, 'defaultView');
export const styleSheetsOf = getter(Document.prototype, 'styleSheets');

/** The element's name in lower case: `LocalName` of a page's own making is no HTML name. */
export const nameOf = (element: Element): string => localNameOf(element).toLowerCase();

export const isElement = (node: Node): node is Element => nodeTypeOf(node) === 1;
export const isText = (node: Node): boolean => nodeTypeOf(node) === 3 || nodeTypeOf(node) === 4;

/** The characters of a text node. */
export const charactersOf = (node: Node): string => textContentOf(node) ?? '';

export function attribute(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name);
}

/** The attributes as pairs. */
export function attributePairs(element: Element): readonly (readonly [string, string])[] {
  return Array.from(attributesOf(element), (attr) => [attr.name.toLowerCase(), attr.value] as const);
}

export function queryAll(root: Document | DocumentFragment | Element, selector: string): readonly Element[] {
  return Array.from(prototypeOf(root).querySelectorAll.call(root, selector));
}

/** The address of the image the browser chose to show; empty when it has not. */
export const shownSource = (image: Element): string => currentSourceOf(image as HTMLImageElement) ?? '';

/** A live property of a form control, whatever a field of its form is called. */
export function liveProperty(element: Element, property: string): unknown {
  for (let from: object | null = element; from !== null; from = Object.getPrototypeOf(from)) {
    const get = Object.getOwnPropertyDescriptor(from, property)?.get;
    if (get !== undefined) return get.call(element);
  }
  return undefined;
}

/** A document in which nothing loads and nothing runs. */
export const inertDocument = (page: Document): Document =>
  DOMImplementation.prototype.createHTMLDocument.call(implementationOf(page), '');

/** What a page put into a slot; empty where the slot shows its own content. */
export function slottedIn(slot: Element): readonly Node[] {
  try {
    return HTMLSlotElement.prototype.assignedNodes.call(slot as HTMLSlotElement);
  } catch {
    return [];
  }
}

/** The first match, or null. */
export function query(root: Document | DocumentFragment | Element, selector: string): Element | null {
  return prototypeOf(root).querySelector.call(root, selector);
}

/** Whose methods search below a node. Windows have prototypes of their own, and any of them serves. */
function prototypeOf(root: Document | DocumentFragment | Element): Document | DocumentFragment | Element {
  const type = nodeTypeOf(root);
  return type === 9 ? Document.prototype : type === 11 ? DocumentFragment.prototype : Element.prototype;
}

/** The document or shadow root that a node stands in. */
export const rootOf = (node: Node): Document | DocumentFragment =>
  Node.prototype.getRootNode.call(node) as Document | DocumentFragment;

/** The element whose shadow tree a node stands in, or null. */
export function hostOf(node: Node): Element | null {
  const root = rootOf(node);
  return nodeTypeOf(root) === 11 && 'host' in root ? shadowHostOf(root as ShadowRoot) : null;
}

/** What `walk` calls. `enter`: whether to go inside; `leave` is called for each node that was gone into. */
export interface Visitor {
  enter(node: Node): boolean;
  leave(node: Node): void;
}

/** Visits a tree in reading order, without recursion: a page may nest 100,000 deep. */
export function walk(root: Node, visitor: Visitor): void {
  let node = root;
  for (;;) {
    const entered = visitor.enter(node);
    const child = entered ? firstChildOf(node) : null;
    if (child !== null) {
      node = child;
      continue;
    }
    if (entered) visitor.leave(node);
    while (node !== root && nextSiblingOf(node) === null) {
      const parent = parentOf(node);
      if (parent === null) return;
      node = parent;
      visitor.leave(node);
    }
    if (node === root) return;
    node = nextSiblingOf(node) ?? root;
  }
}

/** The text below a node, its white space folded; at most about `limit` characters of it. @param skips - elements to pass over */
export function foldedText(
  root: Node,
  limit = Number.POSITIVE_INFINITY,
  skips: (element: Element) => boolean = () => false,
): string {
  const parts: string[] = [];
  let length = 0;
  walk(root, {
    enter(node) {
      if (length > limit) return false;
      if (isText(node)) {
        // One node may hold megabytes, of which the first words are wanted.
        const text = charactersOf(node).slice(0, Math.max(limit, 1_000));
        parts.push(text);
        length += text.length;
        return false;
      }
      return !isElement(node) || !(UNREAD.has(nameOf(node)) || skips(node));
    },
    leave(node) {
      if (isElement(node) && !INLINE.has(nameOf(node))) parts.push(' ');
    },
  });
  return parts.join('').replace(/\s+/gu, ' ').trim();
}

const UNREAD = new Set(['script', 'style', 'noscript', 'template', 'head']);
const INLINE = new Set(['a', 'abbr', 'b', 'bdi', 'bdo', 'cite', 'code', 'em', 'font', 'i', 'mark', 'q', 's', 'small']);
for (const name of ['span', 'strong', 'sub', 'sup', 'time', 'u', 'wbr', 'ins', 'del']) INLINE.add(name);
