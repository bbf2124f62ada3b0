import { attribute, firstChildOf, liveProperty, nameOf, namespaceOf } from '../dom.ts';
import type { FieldRule } from '../privacy/index.ts';
import {
  DROPPED,
  ELEMENTS,
  isCustomName,
  MATH_ELEMENTS,
  MATH_TEXT,
  type Markup,
  SVG_ELEMENTS,
  SVG_HTML,
  svgSpelling,
  VOID,
} from './allowed.ts';
import { commonAttributes, linkAttribute } from './attributes.ts';
import type { PageContext } from './context.ts';
import { isInState } from './engine.ts';
import { areaText, conservativeRule, inputState, isOn, MASK, typeOf } from './fields.ts';
import { escapeText } from './markup.ts';
import {
  attributeAddress,
  canvasStyle,
  embeddedMarkup,
  frameMarkup,
  imageAttributes,
  mediaAttributes,
} from './replaced.ts';
import { MARKS } from './selectors.ts';
import type { Written } from './types.ts';

/** What is written of an element. `close` is empty where its tag is left out. */
export interface Opened {
  readonly open: readonly Written[];
  readonly close: string;
  /** Whether its children are written; text that is no markup is in `open` already. */
  readonly isEntered: boolean;
  /** How a parser reads what stands inside. */
  readonly within: Markup;
}

const SVG = 'http://www.w3.org/2000/svg';
const MATH = 'http://www.w3.org/1998/Math/MathML';
const XLINK = 'xlink:href';

const whole = (...open: readonly Written[]): Opened => ({ open, close: '', isEntered: false, within: 'html' });
const NOTHING = whole();
/** Hidden, empty, and counted by style sheets as the element it stands for. */
const STAND_IN = whole('<template></template>');
/** Its text stays, its tag goes. */
const untagged = (within: Markup): Opened => ({ open: [], close: '', isEntered: true, within });

/**
 * Writes an element by the list.
 *
 * @param within - how a parser reads where it stands. HTML in a drawing, outside the places made for it, would be read
 *   differently the second time: there its tag goes.
 */
export function openElement(element: Element, parent: Element | null, within: Markup, page: PageContext): Opened {
  const name = nameOf(element);
  const namespace = namespaceOf(element);
  if (namespace === SVG) return drawingElement(element, name, within, page);
  if (namespace === MATH) return formulaElement(element, name, within, page);
  page.names.elements.add(name);
  if (DROPPED.has(name)) return within !== 'html' || name === 'source' || name === 'track' ? NOTHING : STAND_IN;
  if (within !== 'html') return FIELDS.has(name) ? NOTHING : untagged(within);
  return htmlElement(element, name, parent, page);
}

const FIELDS = new Set(['input', 'textarea', 'select', 'iframe', 'object', 'embed']);

function htmlElement(element: Element, name: string, parent: Element | null, page: PageContext): Opened {
  if (name === 'input' && typeOf(element) === 'hidden') return STAND_IN;
  const isCustom = isCustomName(name);
  if (!ELEMENTS.has(name) && !isCustom && !EMBEDDING.has(name)) return untagged('html');
  const attributes = commonAttributes(element, 'html', page);
  if (name === 'iframe') return whole(...frameMarkup(element, attributes, page));
  if (name === 'object' || name === 'embed') return whole(...embeddedMarkup(element, attributes, page));

  const own = isCustom ? customAttributes(element) : ownAttributes(element, name, parent, page);
  const open: Written[] = [`<${name}`, ...attributes, own, '>'];
  const close = `</${name}>`;
  if (VOID.has(name)) return whole(...open);
  if (name === 'textarea') return whole(...open, '\n', escapeText(areaText(element, ruleOf(element, page))), close);
  // A parser drops the first line's end in it.
  if (name === 'pre') open.push('\n');
  const isEditable = isCustom ? false : (attribute(element, 'contenteditable') ?? 'false') !== 'false';
  const rule = isEditable && page.capture.options.fieldOf !== undefined ? ruleOf(element, page) : 'keep';
  if (rule !== 'keep') return whole(...open, rule === 'mask' ? MASK : '', close);
  return { open, close, isEntered: true, within: 'html' };
}

const EMBEDDING = new Set(['iframe', 'object', 'embed']);

const customAttributes = (element: Element): string => (isInState(element, ':defined') ? '' : ` ${MARKS.undefined}`);

/** A field that cannot be judged keeps what it holds to itself. */
function ruleOf(field: Element, page: PageContext): FieldRule {
  try {
    return (page.capture.options.fieldOf ?? conservativeRule)(field);
  } catch {
    return 'drop';
  }
}

/** The attributes of an element's own kind: what it shows, where it leads, what it holds. */
function ownAttributes(element: Element, name: string, parent: Element | null, page: PageContext): Written {
  switch (name) {
    case 'a':
    case 'area':
      return linkAttribute(element, page.base);
    case 'img':
      return imageAttributes(element, parent, page);
    case 'canvas':
      return canvasStyle(element, page);
    case 'video':
    case 'audio':
      return mediaAttributes(element, name, page);
    case 'input':
      return typeOf(element) === 'image' ? '' : inputState(element, ruleOf(element, page));
    case 'select':
      page.selectRule = ruleOf(element, page);
      return '';
    case 'option':
      return page.selectRule === 'keep' && isOn(element, 'selected') ? ' selected' : '';
    case 'map':
    case 'slot':
      return namedBy(element);
    case 'li':
    case 'meter':
    case 'progress':
      return numberOf(element, name);
    case 'dialog':
      if (!isInState(element, ':modal')) return '';
      page.usesMarks = true;
      return ` ${MARKS.modal}`;
    case 'body':
    case 'table':
    case 'td':
    case 'th':
    case 'tr':
      return background(element, page);
    default:
      return '';
  }
}

function namedBy(element: Element): string {
  const name = attribute(element, 'name');
  return name === null ? '' : ` name="${escapeText(name)}"`;
}

function numberOf(element: Element, name: string): string {
  const value =
    name === 'li'
      ? attribute(element, 'value')
      : attribute(element, 'value') === null
        ? null
        : liveProperty(element, 'value');
  return value === null || value === undefined ? '' : ` value="${escapeText(String(value))}"`;
}

export function background(element: Element, page: PageContext): Written {
  const address = attribute(element, 'background');
  const resource = address === null ? null : page.wantAt('image', address);
  return resource === null ? '' : () => ` background="${attributeAddress(resource)}"`;
}

function drawingElement(element: Element, name: string, within: Markup, page: PageContext): Opened {
  // Elsewhere than in a drawing, only a whole drawing is read as one.
  const isRead = within === 'svg' || (within === 'html' && name === 'svg');
  page.names.elements.add(name);
  if (!isRead || !SVG_ELEMENTS.has(name)) return DROPPED.has(name) || ANIMATED.has(name) ? NOTHING : untagged(within);
  const written = svgSpelling(name);
  const own = drawingAttributes(element, name, page);
  return {
    open: [`<${written}`, ...commonAttributes(element, 'svg', page), own, '>'],
    close: `</${written}>`,
    isEntered: true,
    within: SVG_HTML.has(name) ? 'html' : 'svg',
  };
}

const ANIMATED = new Set(['animate', 'animatemotion', 'animatetransform', 'set', 'discard', 'metadata']);

function drawingAttributes(element: Element, name: string, page: PageContext): Written {
  const href = attribute(element, 'href') ?? attribute(element, XLINK);
  if (href === null) return '';
  if (name === 'a') return linkAttribute(element, page.base);
  if (/^#[\w.:-]+$/.test(href)) return ` href="${escapeText(href)}"`;
  if (name === 'use') return page.sprites.reference(href, page.base);
  if (name !== 'image' && name !== 'feimage') return '';
  const resource = page.wantAt('image', href);
  return resource === null ? '' : () => ` href="${attributeAddress(resource)}"`;
}

function formulaElement(element: Element, name: string, within: Markup, page: PageContext): Opened {
  const isRead = within === 'math' || (within === 'html' && name === 'math');
  page.names.elements.add(name);
  if (name === 'annotation' || name === 'annotation-xml') return NOTHING;
  if (!isRead || !MATH_ELEMENTS.has(name)) return DROPPED.has(name) ? NOTHING : untagged(within);
  return {
    open: [`<${name}`, ...commonAttributes(element, 'math', page), '>'],
    close: `</${name}>`,
    isEntered: firstChildOf(element) !== null,
    within: MATH_TEXT.has(name) ? 'html' : 'math',
  };
}
