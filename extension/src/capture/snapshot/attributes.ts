import { attribute, attributePairs, nameOf } from '../dom.ts';
import { allowedAttribute, type Markup } from './allowed.ts';
import type { PageContext } from './context.ts';
import { type CssPart, readCss, writeCss } from './css.ts';
import { isInState } from './engine.ts';
import { escapeMarkup, escapeText, openedAddress } from './markup.ts';
import { MARKS } from './selectors.ts';
import { type Resource, writtenAs } from './shelf.ts';
import type { Written } from './types.ts';

/** Longer ones are data, not words that a style sheet looks for. */
const MOST_STYLED = 200;

/** The attributes of an element that go out, all but those of its own kind (`src`, `value` …). */
export function commonAttributes(element: Element, markup: Markup, page: PageContext): Written[] {
  const out: Written[] = [];
  let text = '';
  for (const [name, value] of attributePairs(element)) {
    // A canvas has what was drawn on it for a style as well.
    if (name === 'style' && nameOf(element) === 'canvas') continue;
    if (name === 'style') {
      out.push(text, styleAttribute(element, value, page));
      text = '';
      continue;
    }
    if (name === 'popover' && isInState(element, ':popover-open')) {
      text += ` ${MARKS.popover}`;
      page.usesMarks = true;
      continue;
    }
    // An element with a `name` is one that `document` is known by; style sheets and fragments look for those of anchors.
    if (name === 'name' && nameOf(element) === 'a' && value.length <= MOST_STYLED) {
      text += ` ${MARKS.anchor}="${escapeText(value)}"`;
      continue;
    }
    const allowed = allowedAttribute(markup, name, page.styled);
    if (allowed === null || (value.length > MOST_STYLED && name.startsWith('data-'))) continue;
    if (name === 'class') page.noteClasses(value);
    else if (name === 'id') page.names.ids.add(value);
    if (markup === 'svg' && value.includes('(')) {
      out.push(text, styled(` ${allowed}`, value, page));
      text = '';
    } else text += value === '' ? ` ${allowed}` : ` ${allowed}="${escapeText(value)}"`;
  }
  out.push(text);
  return out;
}

/** Where a link leads, for the app to open. */
export function linkAttribute(element: Element, base: string): string {
  const address = openedAddress(attribute(element, 'href') ?? attribute(element, 'xlink:href'), base);
  return address === null ? '' : ` data-href="${escapeText(address)}"`;
}

/** Declarations without anything that could be an address stand as they are. */
const MAY_LOAD = /url|image|src|cross-fade|[\\"'@<&]|sha256:|liasse-resource:/i;

function styleAttribute(element: Element, value: string, page: PageContext): Written {
  // Of a page in quirks mode, what the browser understood: `width: 100` is a length there, and nowhere else.
  const declarations = page.isQuirky ? ((element as HTMLElement).style?.cssText ?? value) : value;
  if (declarations.trim() === '') return '';
  return MAY_LOAD.test(declarations) ? styled(' style', declarations, page) : ` style="${declarations}"`;
}

/** An attribute that holds CSS. */
function styled(name: string, css: string, page: PageContext): Written {
  const declarations = inertDeclarations(css, page);
  const write = () => `${name}="${escapeMarkup(declarations.write())}"`;
  return declarations.isSettled ? write() : write;
}

/** Declarations that load nothing but resources of the snapshot. `isSettled`: whether they wait for none. */
export function inertDeclarations(
  css: string,
  page: PageContext,
): { readonly isSettled: boolean; readonly write: () => string } {
  const parts = readCss(css);
  const resources = new Map<CssPart, Resource | null>();
  for (const part of parts) if (typeof part !== 'string') resources.set(part, page.wantAt('image', part.address));
  const write = () =>
    writeCss(parts, (part) => {
      const resource = resources.get(part) ?? null;
      return resource === null ? null : writtenAs(resource);
    });
  return { isSettled: resources.size === 0, write };
}
