import {
  attribute,
  bodyOf,
  charactersOf,
  doctypeOf,
  firstChildOf,
  isElement,
  isText,
  nameOf,
  namespaceOf,
  nextSiblingOf,
  rootElementOf,
  titleOf,
} from '../dom.ts';
import { CaptureLimits } from '../limits.ts';
import type { Markup } from './allowed.ts';
import { commonAttributes } from './attributes.ts';
import type { PageContext } from './context.ts';
import { background, openElement } from './elements.ts';
import { shadowTreeOf } from './engine.ts';
import { framesetMarkup } from './frameset.ts';
import { escapeText } from './markup.ts';
import { OWN_STYLE, POLICY } from './ownStyle.ts';
import type { SpritePart } from './sprites.ts';
import type { Sheet } from './styles.ts';
import type { Written } from './types.ts';

/** An element that is open: what comes next in it, and what closes it. */
interface Open {
  readonly element: Element | null;
  next: Node | null;
  readonly close: readonly Written[];
  readonly within: Markup;
  /** Of the tree around, for when a shadow tree ends. */
  readonly usedMarks: boolean | null;
}

/** How often the clock is looked at, in nodes. */
const LOOK_EVERY = 512;

/** Writes the markup of a document at one moment, without a pause: whatever the page does, the copy is of one state. */
export class DocumentWriter {
  readonly #page: PageContext;
  /** The sheets of a tree as markup, once they were read. */
  readonly #sheetsMarkup: (sheets: readonly Sheet[]) => string;
  readonly #out: Written[];
  #open: Open[] = [];
  #depth = 0;
  #nodes = 0;
  #isWhole = true;

  constructor(page: PageContext, sheetsMarkup: (sheets: readonly Sheet[]) => string) {
    this.#page = page;
    this.#sheetsMarkup = sheetsMarkup;
    this.#out = page.body;
  }

  /** Writes everything but what waits for resources. */
  write(): void {
    const page = this.#page;
    page.headSheets = page.sheetsOf(page.document);
    const root = rootElementOf(page.document);
    const body = bodyOf(page.document);
    this.#write(doctype(page), '<html');
    if (root !== null) {
      page.names.elements.add(nameOf(root));
      this.#write(...commonAttributes(root, 'html', page));
    }
    this.#write(`><head><meta charset="utf-8">${POLICY}<title>${escapeText(titleOf(page.document))}</title>`);
    this.#write(`<style>${OWN_STYLE}${schemeOf(page.document)}</style>`, () => this.#sheetsMarkup(page.headSheets));
    this.#write('</head><body');
    if (body !== null && nameOf(body) === 'frameset') this.#write('>', ...framesetMarkup(body, page));
    else {
      if (body !== null) {
        page.names.elements.add('body');
        this.#write(...commonAttributes(body, 'html', page), background(body, page));
      }
      this.#write('>');
      // A drawing or a formula opened by itself has no body.
      if (body !== null) this.#tree(firstChildOf(body), body);
      else if (root !== null) this.#tree(root, null);
    }
    page.usesMarks = false;
    if (!this.#isWhole) page.capture.options.missing.add('text', null);
  }

  /** Ends the document, with the parts of other files that its drawings use. */
  end(parts: readonly SpritePart[]): void {
    if (parts.length > 0) {
      this.#write('<svg aria-hidden="true" style="position:absolute;width:0;height:0;overflow:hidden">');
      for (const { element, id } of parts) {
        if (id !== null) element.setAttribute('id', id);
        this.#tree(element, element, 'svg');
      }
      this.#write('</svg>');
    }
    this.#write('</body></html>');
  }

  /** Writes the nodes from `first` on, and all that is in them; `only` one of them where it is its own parent. */
  #tree(first: Node | null, parent: Element | null, within: Markup = 'html'): void {
    const alone = parent === null || first === parent;
    this.#open = [{ element: parent, next: first, close: [], within, usedMarks: null }];
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      const node = top.next;
      if (node === null) {
        this.#leave(top);
        continue;
      }
      const isRoot = this.#open.length === 1;
      top.next = alone && isRoot ? null : nextSiblingOf(node);
      this.#nodes += 1;
      if (this.#nodes % LOOK_EVERY === 0 && this.#page.capture.isSpent()) this.#isWhole = false;
      if (this.#isWhole) this.#visit(node, top);
      else top.next = null;
    }
  }

  #visit(node: Node, top: Open): void {
    if (isText(node)) this.#text(charactersOf(node));
    else if (isElement(node)) this.#element(node, top);
  }

  #text(text: string): void {
    const left = this.#page.capture.charactersLeft;
    if (text.length > left) this.#isWhole = false;
    this.#write(escapeText(text.length > left ? text.slice(0, left) : text));
  }

  #element(element: Element, top: Open): void {
    const page = this.#page;
    const name = nameOf(element);
    const shadow = top.within === 'html' && namespaceOf(element) === HTML ? shadowTreeOf(element, name) : null;
    // Before the element is written: a sheet of the tree may look at its host's attributes.
    const sheets = shadow === null ? [] : page.sheetsOf(shadow);
    const opened = openElement(element, top.element, top.within, page);
    if (!opened.isEntered && opened.close === '') {
      this.#write(...opened.open);
      return;
    }
    // Parsers stop nesting at 512: deeper elements keep their text.
    const isTagged = opened.close !== '' && this.#depth < CaptureLimits.depth;
    if (isTagged) {
      this.#write(...opened.open);
      this.#depth += 1;
    }
    this.#open.push({
      element,
      next: opened.isEntered ? firstChildOf(element) : null,
      close: isTagged ? [opened.close] : [],
      within: isTagged || opened.close === '' ? opened.within : top.within,
      usedMarks: null,
    });
    if (shadow !== null && isTagged) this.#shadow(element, shadow, sheets);
  }

  #shadow(host: Element, shadow: ShadowRoot, sheets: readonly Sheet[]): void {
    const page = this.#page;
    const { usesMarks } = page;
    page.usesMarks = false;
    this.#write('<template shadowrootmode="open">', () => this.#sheetsMarkup(sheets));
    this.#depth += 1;
    const first = firstChildOf(shadow);
    this.#open.push({ element: host, next: first, close: ['</template>'], within: 'html', usedMarks: usesMarks });
  }

  #leave(top: Open): void {
    this.#open.pop();
    if (top.usedMarks !== null) {
      // What the copy's own style sheet says does not reach into shadow trees.
      if (this.#page.usesMarks) this.#write(`<style>${OWN_STYLE}</style>`);
      this.#page.usesMarks = top.usedMarks;
    }
    if (top.close.length > 0) this.#depth -= 1;
    this.#write(...top.close);
  }

  #write(...parts: readonly Written[]): void {
    const { capture } = this.#page;
    for (const part of parts) {
      if (part === '') continue;
      this.#out.push(part);
      if (typeof part === 'string') capture.charactersLeft -= part.length;
    }
  }
}

const HTML = 'http://www.w3.org/1999/xhtml';

/** Of the kind that gives the same mode: quirks without one, and the older ones that lay images in tables out differently. */
function doctype({ isQuirky, document }: PageContext): string {
  if (isQuirky) return '';
  const publicId = doctypeOf(document)?.publicId ?? '';
  const isOlder = /^-\/\/W3C\/\/DTD (?:XHTML 1\.0|HTML 4\.01) (?:Transitional|Frameset)\/\/EN$/i.test(publicId);
  return isOlder ? `<!DOCTYPE html PUBLIC "${publicId}" "http://www.w3.org/TR/html4/loose.dtd">` : '<!DOCTYPE html>';
}

/** The colours that the page says it can bear, which browsers read from a `<meta>` that no copy holds. */
function schemeOf(document: Document): string {
  const meta = Document.prototype.querySelector.call(document, 'meta[name="color-scheme" i][content]');
  const scheme = meta === null ? '' : (attribute(meta, 'content') ?? '').trim().toLowerCase();
  return /^[a-z ]{1,40}$/.test(scheme) ? `@layer liasse{:root{color-scheme:${scheme}}}` : '';
}
