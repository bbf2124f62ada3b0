import { attribute } from '../dom.ts';

/** What an element’s own style said of the properties that are set. */
interface Before {
  readonly properties: readonly string[];
  readonly declared: readonly (readonly [property: string, value: string, priority: string])[];
}

/** Elements made invisible for the time of an image, and put back as they were. */
export class Hidden {
  readonly #before = new Map<Element, Before>();

  /** In its place nothing is drawn, and nothing moves: not by a style of the page, nor by a transition of it. */
  hide(element: Element): void {
    const isPartOfNothing = getComputedStyle(element).display === 'contents';
    this.set(element, {
      opacity: '0',
      transition: 'none',
      animation: 'none',
      // What has no box of its own cannot be made transparent.
      ...(isPartOfNothing && { display: 'none' }),
    });
  }

  /** Sets properties above whatever the page says. */
  set(element: Element, properties: Readonly<Record<string, string>>): void {
    const style = styleOf(element);
    if (style === null) return;
    if (!this.#before.has(element)) {
      const names = Object.keys({ ...properties, display: '' });
      this.#before.set(element, { properties: names, declared: declaredIn(style, names) });
    }
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value, 'important');
  }

  has(element: Element): boolean {
    return this.#before.has(element);
  }

  /** Whether it is still so: a page may take its style back. */
  isHidden(element: Element): boolean {
    if (!this.#before.has(element)) return false;
    const { opacity, display } = getComputedStyle(element);
    return opacity === '0' || display === 'none';
  }

  restore(): void {
    for (const [element, { properties, declared }] of this.#before) {
      const style = styleOf(element);
      for (const name of properties) style?.removeProperty(name);
      for (const one of declared) style?.setProperty(...one);
      // An attribute that was not there is not left behind. Chromium writes it late: unread, it would come back empty.
      if (attribute(element, 'style') === '') Element.prototype.removeAttribute.call(element, 'style');
    }
    this.#before.clear();
  }
}

const SIDES = new Set(['top', 'right', 'bottom', 'left']);

/** What a style declares of some properties, part by part: of a shorthand that is declared in parts it says nothing itself. */
function declaredIn(style: CSSStyleDeclaration, properties: readonly string[]): Before['declared'] {
  const isOf = (name: string) => (property: string) =>
    name === property || name.startsWith(`${property}-`) || (property === 'inset' && SIDES.has(name));
  return Array.from({ length: style.length }, (_, at) => style.item(at))
    .filter((name) => properties.some(isOf(name)))
    .map((name) => [name, style.getPropertyValue(name), style.getPropertyPriority(name)] as const);
}

const styleOf = (element: Element): CSSStyleDeclaration | null =>
  'style' in element ? (element.style as CSSStyleDeclaration) : null;
