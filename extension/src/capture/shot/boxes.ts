import { rootElementOf } from '../dom.ts';

/** Boxes painted where something was made invisible: people see that it was there. */
export class Boxes {
  readonly #document: Document;
  #host: HTMLElement | null = null;

  constructor(document: Document) {
    this.#document = document;
  }

  paint(elements: Iterable<Element>): void {
    this.remove();
    const host = Document.prototype.createElement.call(this.#document, 'div') as HTMLElement;
    host.style.cssText = 'all:initial;position:fixed;inset:0;z-index:2147483647;pointer-events:none';
    const shadow = host.attachShadow({ mode: 'closed' });
    for (const element of elements) {
      const place = placeOf(element, this.#document);
      if (place === null) continue;
      const box = Document.prototype.createElement.call(this.#document, 'div') as HTMLElement;
      box.style.cssText = `position:absolute;background:repeating-linear-gradient(45deg,#515c57 0 6px,#76827c 6px 12px);left:${place.left}px;top:${place.top}px;width:${place.width}px;height:${place.height}px`;
      shadow.append(box);
    }
    rootElementOf(this.#document)?.append(host);
    this.#host = host;
  }

  remove(): void {
    this.#host?.remove();
    this.#host = null;
  }
}

/** Where an element is in the window, whichever frame it stands in; null where it has no size. */
function placeOf(
  element: Element,
  page: Document,
): { left: number; top: number; width: number; height: number } | null {
  const { width, height, left, top } = element.getBoundingClientRect();
  if (width === 0 || height === 0) return null;
  let [x, y] = [left, top];
  for (let inner = element.ownerDocument; inner !== page; ) {
    const frame = inner.defaultView?.frameElement ?? null;
    if (frame === null) break;
    const place = frame.getBoundingClientRect();
    x += place.left + frame.clientLeft;
    y += place.top + frame.clientTop;
    inner = frame.ownerDocument;
  }
  return { left: x, top: y, width, height };
}
