import {
  attribute,
  attributePairs,
  bodyOf,
  charactersOf,
  isElement,
  isText,
  nameOf,
  namespaceOf,
  rootElementOf,
  shadowRootOf,
  walk,
} from '../dom.ts';
import { CaptureLimits } from '../limits.ts';
import {
  allowedAttribute,
  DROPPED,
  ELEMENTS,
  MATH_ELEMENTS,
  type Markup,
  SVG_ELEMENTS,
  SVG_SPELLING,
  VOID,
} from './allowed.ts';
import { inertCss } from './css.ts';
import { escapeAttribute, escapeText, openedAddress } from './markup.ts';
import type { SerializeOptions } from './options.ts';
import { placeholder } from './placeholder.ts';

/** The body as inert markup, by the allow-list. `whole`: whether it fitted the limit. */
export function serializeBody(document: Document, options: SerializeOptions): { html: string; whole: boolean } {
  const out: string[] = [];
  const open: (string | null)[] = [];
  let length = 0;
  let whole = true;
  const write = (text: string) => {
    out.push(text);
    length += text.length;
  };
  const body = bodyOf(document);
  if (body === null) return { html: '<body></body>', whole };

  walk(body, {
    enter(node) {
      if (length > options.limit) {
        whole = false;
        return false;
      }
      if (isText(node)) {
        write(escapeText(charactersOf(node)));
        return false;
      }
      if (!isElement(node)) return false;
      if (node === body) {
        write(`<body${attributesFor(node, 'html', 'body', options)}>`);
        open.push('body');
        return true;
      }
      return enterElement(node);
    },
    leave() {
      const name = open.pop();
      if (name !== null && name !== undefined) write(`</${name}>`);
    },
  });
  return { html: out.join(''), whole };

  function enterElement(element: Element): boolean {
    const name = nameOf(element);
    const stand = placeholder(element, name, options);
    if (stand !== null) write(stand);
    if (stand !== null || DROPPED.has(name)) return false;
    if (shadowRootOf(element) !== null) options.missing.add('shadow', null);
    const markup = markupOf(element, name);
    if (markup === null || open.length > CaptureLimits.depth) {
      // Unknown, or nested too deep: its text stays, its tag goes.
      open.push(null);
      return true;
    }
    if (name === 'input' && /^(?:hidden|password|file)$/i.test(attribute(element, 'type')?.trim() ?? ''))
      return input(element);
    const written = markup === 'svg' ? (SVG_SPELLING[name] ?? name) : name;
    write(`<${written}${attributesFor(element, markup, name, options)}>`);
    if (markup === 'html' && VOID.has(name)) return false;
    open.push(written);
    return true;
  }

  /** A hidden field leaves nothing; a password leaves an empty box, so that the form still looks like one. */
  function input(element: Element): false {
    const type = attribute(element, 'type')?.trim().toLowerCase();
    if (type !== 'hidden') write(`<input type="${type === 'file' ? 'file' : 'password'}" disabled>`);
    return false;
  }
}

const SVG = 'http://www.w3.org/2000/svg';
const MATH = 'http://www.w3.org/1998/Math/MathML';

function markupOf(element: Element, name: string): Markup | null {
  const namespace = namespaceOf(element);
  if (namespace === SVG) return SVG_ELEMENTS.has(name) ? 'svg' : null;
  if (namespace === MATH) return MATH_ELEMENTS.has(name) ? 'math' : null;
  // A custom element is inert where no script runs, and style sheets name it.
  return ELEMENTS.has(name) || /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(name) ? 'html' : null;
}

/** Buttons are named by their value. Any other value was typed by someone or put there for the server: it stays out. */
const VALUE_IS_A_LABEL = /^(?:submit|button|reset)$/i;

function attributesFor(element: Element, markup: Markup, name: string, options: SerializeOptions): string {
  let text = '';
  for (const [key, value] of attributePairs(element)) {
    if (key === 'style') {
      const { css, others } = inertCss(value);
      if (others > 0) options.missing.add('other', null, others);
      text += ` style="${escapeAttribute(css)}"`;
      continue;
    }
    if (key === 'value' && name === 'input' && !VALUE_IS_A_LABEL.test(attribute(element, 'type') ?? '')) continue;
    const allowed = allowedAttribute(markup, key);
    if (allowed === null) continue;
    const inert = markup === 'svg' && value.includes('(') ? inertCss(value).css : value;
    text += ` ${allowed}="${escapeAttribute(inert)}"`;
  }
  if (name === 'a') {
    const address = openedAddress(attribute(element, 'href') ?? attribute(element, 'xlink:href'), options.base);
    if (address !== null) text += ` data-href="${escapeAttribute(address)}"`;
  }
  if (name === 'use') {
    const fragment = attribute(element, 'href') ?? attribute(element, 'xlink:href');
    if (fragment !== null && /^#[\w.-]+$/.test(fragment)) text += ` href="${fragment}"`;
  }
  if (name === 'img') {
    const content = options.imageOf(element);
    if (content !== null) text += ` src="${escapeAttribute(content)}"`;
  }
  return text;
}

/** The attributes of the root element that style sheets and screen readers need. */
export function rootAttributes(document: Document): string {
  const root = rootElementOf(document);
  if (root === null) return '';
  return ['lang', 'dir', 'class', 'id']
    .map((name) => [name, attribute(root, name)] as const)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${escapeAttribute(value)}"`))
    .join('');
}
