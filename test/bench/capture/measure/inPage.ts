/**
 * What runs inside the documents that are measured, live or reopened. Functions that Playwright carries over stand alone: they
 * use nothing from around them, and meet in `window.bench`.
 */

/** In the order in which people read: the flat tree, slots and shadow roots in place. */
export type Seen =
  | { readonly kind: 'text'; readonly text: string }
  /** `at`: the place in `window.bench.nodes`. `key`: tag and own text. */
  | { readonly kind: 'node'; readonly at: number; readonly key: string }
  /** `at`: the place in `window.bench.frames`. */
  | { readonly kind: 'frame'; readonly at: number }
  | { readonly kind: 'field'; readonly key: string; readonly state: string };

interface Bench {
  nodes: Element[];
  frames: Element[];
  closedRoots?: WeakMap<Element, ShadowRoot>;
}

declare global {
  interface Window {
    bench?: Bench;
  }
}

/** Stops what moves: finite motion at its end, endless motion at its beginning, no caret, nothing focused. */
export function freeze(): void {
  const closed = window.bench?.closedRoots;
  const roots: (Document | ShadowRoot)[] = [document];
  for (let root = roots[0], at = 0; root !== undefined; at += 1, root = roots[at]) {
    for (const element of root.querySelectorAll('*')) {
      const inner = element.shadowRoot ?? closed?.get(element);
      if (inner) roots.push(inner);
    }
    for (const animation of root.getAnimations()) {
      try {
        if (animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY) {
          animation.currentTime = 0;
          animation.pause();
        } else animation.finish();
      } catch {
        // One without a duration yet stays as it is.
      }
    }
  }
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  document.getSelection()?.removeAllRanges();
  if (document.querySelector('style[data-bench]') !== null) return;
  const still = document.createElement('style');
  still.dataset.bench = '';
  still.textContent = '* { caret-color: transparent !important; scroll-behavior: auto !important }';
  document.documentElement.append(still);
}

/** Everything that is visible in this document, frames apart. */
export function look(): Seen[] {
  const bench: Bench = { ...window.bench, nodes: [], frames: [] };
  window.bench = bench;
  const seen: Seen[] = [];
  const UNSEEN = new Set([
    'SCRIPT',
    'STYLE',
    'TEMPLATE',
    'NOSCRIPT',
    'BR',
    'WBR',
    'HEAD',
    'META',
    'LINK',
    'TITLE',
    'OPTION',
    'OPTGROUP',
  ]);
  const SECRET = /^(?:cc-|one-time-code$|.*-password$)/;

  const isVisible = (element: Element): boolean => {
    const { width, height, right, bottom } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1 || right + scrollX <= 0 || bottom + scrollY <= 0) return false;
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const ownText = (element: Element): string => {
    let text = '';
    for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE) text += child.nodeValue;
    return text.replace(/\s+/g, ' ').trim().slice(0, 60);
  };
  const keyOf = (element: Element): string => {
    const name = element.localName.toLowerCase();
    if (element instanceof HTMLImageElement) return `${name}|${element.alt}`;
    if (element instanceof HTMLInputElement) return `${name}|${element.type}`;
    // What stands between its tags is what it held at first.
    if (element instanceof HTMLTextAreaElement) return name;
    return `${name}|${ownText(element)}`;
  };
  const field = (element: Element): void => {
    if (element instanceof HTMLInputElement) {
      if (
        /^(?:password|hidden|file|submit|button|reset|image)$/.test(element.type) ||
        SECRET.test(element.autocomplete)
      )
        return;
      const ticked = element.indeterminate ? 'mixed' : element.checked ? 'on' : 'off';
      const state = /^(?:checkbox|radio)$/.test(element.type) ? ticked : element.value;
      seen.push({ kind: 'field', key: `input:${element.type}`, state });
    } else if (element instanceof HTMLTextAreaElement) {
      seen.push({ kind: 'field', key: 'textarea', state: element.value });
    } else if (element instanceof HTMLSelectElement) {
      const chosen = [...element.selectedOptions].map((option) => option.text.trim());
      seen.push({ kind: 'field', key: `select:${element.multiple ? 'many' : 'one'}`, state: chosen.join('\n') });
    } else if (element instanceof HTMLDetailsElement) {
      seen.push({ kind: 'field', key: 'details', state: element.open ? 'open' : 'closed' });
    } else if (element.hasAttribute('contenteditable') && element.getAttribute('contenteditable') !== 'false') {
      seen.push({
        kind: 'field',
        key: 'editable',
        state: (element as HTMLElement).textContent.replace(/\s+/g, ' ').trim(),
      });
    }
  };
  const text = (node: Text, isShown: boolean): void => {
    if (!isShown || node.data.trim() === '') {
      seen.push({ kind: 'text', text: ' ' });
      return;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const { width, height } = range.getBoundingClientRect();
    seen.push({ kind: 'text', text: width > 1 && height > 1 ? node.data : ' ' });
  };
  // Iterative: a page may be nested deeper than the stack.
  const stack: { node: Node; isShown: boolean }[] = [{ node: document.documentElement, isShown: true }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, isShown } = next;
    if (node instanceof Text) text(node, isShown);
    if (!(node instanceof Element) || UNSEEN.has(node.tagName)) continue;
    const style = getComputedStyle(node);
    if (style.display === 'none') continue;
    const hasBox = style.display !== 'contents';
    const isSeen = hasBox ? isVisible(node) : isShown;
    if (!style.display.startsWith('inline')) seen.push({ kind: 'text', text: ' ' });
    if (hasBox && isSeen) {
      seen.push({ kind: 'node', at: bench.nodes.push(node) - 1, key: keyOf(node) });
      field(node);
    }
    if (node instanceof HTMLIFrameElement) {
      seen.push({ kind: 'frame', at: bench.frames.push(node) - 1 });
      continue;
    }
    // What was typed is a field's state; an SVG's text is text, its titles are not.
    if (node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement) continue;
    const root = node.shadowRoot ?? bench.closedRoots?.get(node);
    const assigned = node instanceof HTMLSlotElement ? node.assignedNodes({ flatten: true }) : [];
    const children = root ? [...root.childNodes] : assigned.length > 0 ? assigned : [...node.childNodes];
    for (const child of children.reverse()) stack.push({ node: child, isShown: isSeen });
    if (!style.display.startsWith('inline')) seen.push({ kind: 'text', text: ' ' });
  }
  return seen;
}

/** How some of the nodes that were seen are drawn, relative to their own document's top left corner. */
export function describe(options: {
  at: readonly number[];
  properties: readonly string[];
}): { box: [number, number, number, number]; properties: string[] }[] {
  return options.at.map((at) => {
    const node = window.bench?.nodes[at];
    if (node === undefined) return { box: [0, 0, 0, 0], properties: [] };
    const style = getComputedStyle(node);
    const { left, top, width, height } = node.getBoundingClientRect();
    return {
      box: [left + scrollX, top + scrollY, width, height],
      properties: options.properties.map((name) => style.getPropertyValue(name)),
    };
  });
}
