import { attribute } from '../dom.ts';

/** Elements made invisible for the time of an image, and put back as they were. */
export class Hidden {
  /** What each had in its own style before. */
  readonly #before = new Map<Element, readonly (readonly [property: string, value: string, priority: string])[]>();

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
      this.#before.set(
        element,
        Object.keys({ ...properties, display: '' }).map(
          (name) => [name, style.getPropertyValue(name), style.getPropertyPriority(name)] as const,
        ),
      );
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
    for (const [element, properties] of this.#before) {
      const style = styleOf(element);
      for (const [name, value, priority] of properties) {
        if (value === '') style?.removeProperty(name);
        else style?.setProperty(name, value, priority);
      }
      // An attribute that was not there is not left behind. Chromium writes it late: unread, it would come back empty.
      if (attribute(element, 'style') === '') Element.prototype.removeAttribute.call(element, 'style');
    }
    this.#before.clear();
  }
}

const styleOf = (element: Element): CSSStyleDeclaration | null =>
  'style' in element ? (element.style as CSSStyleDeclaration) : null;
