import { isTyped } from '../controls.ts';
import {
  attribute,
  attributePairs,
  bodyOf,
  charactersOf,
  frameDocumentOf,
  inertDocument,
  isElement,
  isText,
  nameOf,
  namespaceOf,
  parentOf,
  shadowRootOf,
  slottedIn,
  titleOf,
} from '../dom.ts';
import { CaptureLimits } from '../limits.ts';
import { fieldOf } from '../privacy/index.ts';
import { childrenOf, walkComposed } from './composed.ts';
import { ReadingLimits } from './limits.ts';

/** How a page is looked at. */
export interface Sight {
  /** Whether an element is laid out; says yes where there is no layout. */
  readonly isShown: (element: Element) => boolean;
  /** The shadow root of an element, closed ones too where the browser lets an extension in. */
  readonly shadowOf?: ((element: Element) => ShadowRoot | null) | undefined;
  /** What of a text is looked at; all of it where nothing is said. */
  readonly textOf?: ((text: Text) => string) | undefined;
}

/** What a page shows. `dropped`: pieces of text past the limits. */
export interface FlatPage {
  /** Inert: nothing in it loads or runs. */
  readonly document: Document;
  readonly body: Element;
  /** What the page calls itself in its `title`. */
  readonly title: string;
  readonly elements: number;
  readonly characters: number;
  readonly dropped: number;
}

/**
 * Copies what a page shows into an inert document: shadow roots and reachable frames in their place, nothing hidden, no script, no
 * form control, nested no deeper than a parser would. Every reader reads this copy, so that none of them meets a page's traps:
 * names that stand in the way of properties, 100,000 levels, text without end.
 */
export function flatten(page: Document, { isShown, shadowOf = shadowRootOf, textOf = charactersOf }: Sight): FlatPage {
  const copy = new Copy(inertDocument(page), titleOf(page));
  const root = bodyOf(page);
  if (root === null) return copy.page(0);
  let frames = 0;
  const inner = (element: Element, name: string): Iterator<Node> | null => {
    if (FRAMES.has(name)) {
      const body = frames <= ReadingLimits.frames ? framedBody(element) : null;
      return body === null ? null : childrenOf(body);
    }
    const shadow = shadowOf(element);
    if (shadow !== null) return childrenOf(shadow);
    const slotted = name === 'slot' ? slottedIn(element) : [];
    return slotted.length > 0 ? slotted[Symbol.iterator]() : childrenOf(element);
  };
  const { complete } = walkComposed(
    root,
    {
      enter(node) {
        if (isText(node)) {
          copy.text(textOf(node as Text));
          return null;
        }
        if (!isElement(node)) return null;
        const name = nameOf(node);
        if (node === root) return inner(node, name);
        const isSkipped = SKIPPED.has(name) && !isFoldedHeading(node, name);
        if (isSkipped || isHidden(node) || !isShown(node) || isDenied(node)) return null;
        copy.open(node, name);
        if (FRAMES.has(name)) frames += 1;
        const children = inner(node, name);
        return children ?? [][Symbol.iterator]();
      },
      leave(node) {
        if (node === root) return;
        copy.close();
        if (FRAMES.has(nameOf(node as Element))) frames -= 1;
      },
    },
    ReadingLimits.nodes,
  );
  return copy.page(complete ? 0 : 1);
}

/** Null for another site's frame, and for the frames of a frameset, which are long gone. */
function framedBody(frame: Element): Element | null {
  if (nameOf(frame) !== 'iframe') return null;
  const framed = frameDocumentOf(frame as HTMLIFrameElement);
  return framed === null ? null : bodyOf(framed);
}

/** The copy while it is made. Levels and elements past the limits are not made; what is in them goes where they would stand. */
class Copy {
  readonly #document: Document;
  readonly #body: Element;
  /** The elements that are open, from the body. */
  readonly #open: Element[];
  /** Levels that are open without an element of their own. */
  #bare = 0;
  #elements = 0;
  #characters = 0;
  #dropped = 0;

  readonly #title: string;

  constructor(document: Document, title: string) {
    this.#document = document;
    this.#title = title;
    this.#body = document.body;
    this.#open = [this.#body];
  }

  text(characters: string): void {
    const room = CaptureLimits.textCharacters - this.#characters;
    if (characters.length > room) this.#dropped += 1;
    if (room <= 0) return;
    this.#characters += Math.min(characters.length, room);
    this.#top().append(characters.slice(0, room));
  }

  open(element: Element, name: string): void {
    const full = this.#open.length >= ReadingLimits.depth || this.#elements >= ReadingLimits.elements;
    if (full || this.#bare > 0) {
      // Without it, the words of two paragraphs would run together.
      if (this.#elements < ReadingLimits.elements * 2 && !INLINE.has(name)) this.#make('br');
      this.#bare += 1;
      return;
    }
    const made = this.#make(copiedName(element, name));
    for (const [key, value] of attributePairs(element).slice(0, ReadingLimits.attributes)) {
      if (COPIED.test(key) && value.length <= ReadingLimits.attributeCharacters) made.setAttribute(key, value);
    }
    this.#open.push(made);
  }

  close(): void {
    if (this.#bare > 0) this.#bare -= 1;
    else this.#open.pop();
  }

  page(droppedBefore: number): FlatPage {
    const dropped = this.#dropped + droppedBefore;
    return {
      document: this.#document,
      body: this.#body,
      title: this.#title,
      elements: this.#elements,
      characters: this.#characters,
      dropped,
    };
  }

  #make(name: string): Element {
    this.#elements += 1;
    const made = this.#document.createElement(name);
    this.#top().append(made);
    return made;
  }

  #top(): Element {
    return this.#open.at(-1) ?? this.#body;
  }
}

/** What an element is called in the copy: nothing there submits, loads, or gives its name to a property of its document. */
function copiedName(element: Element, name: string): string {
  if (namespaceOf(element) !== 'http://www.w3.org/1999/xhtml') return 'span';
  if (KNOWN.has(name)) return name;
  // An element of the page's own making is mostly a part of its layout; one without a dash is old or mistaken markup.
  return BLOCKS.has(name) || name.includes('-') ? 'div' : 'span';
}

/** A heading that opens and closes what is below it is a button to the page and a heading to its reader. */
const isFoldedHeading = (element: Element, name: string): boolean => {
  const parent = name === 'button' ? parentOf(element) : null;
  if (parent === null) return false;
  const opens = attribute(element, 'aria-expanded') !== null && attribute(element, 'aria-controls') !== null;
  return opens || (isElement(parent) && /^h[1-6]$/.test(nameOf(parent)));
};

/** What people write in without it being a form control: a text like another, unless its verdict denies it. */
const isDenied = (element: Element): boolean => isTyped(element) && fieldOf(element) !== 'keep';

function isHidden(element: Element): boolean {
  const get = (name: string) => Element.prototype.getAttribute.call(element, name);
  return get('hidden') !== null || get('aria-hidden') === 'true';
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const SKIPPED = words(
  'script style noscript template head link meta title button input select textarea option optgroup datalist object embed ' +
    'svg canvas audio video dialog img picture source map area progress meter annotation annotation-xml',
);
const FRAMES = words('iframe frame');
const BLOCKS = words('form fieldset iframe frame frameset center dir menu legend');
const INLINE = words(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike strong ' +
    'sub sup time tt u var wbr',
);
const KNOWN = new Set([
  ...words(
    'address article aside blockquote br caption col colgroup dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header ' +
      'hgroup hr li main nav ol p pre search section summary table tbody td tfoot th thead tr ul',
  ),
  ...INLINE,
]);

const COPIED =
  /^(?:id|class|role|lang|dir|href|rel|itemprop|itemtype|itemscope|typeof|property|about|resource|content|datetime|start|reversed|type|value|colspan|rowspan|aria-label|aria-level|data-[a-z-]+)$/;
