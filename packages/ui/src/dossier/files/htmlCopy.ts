import type { Missing, TextBlock } from '@liasse/core';
import { inertHtml } from '../snapshot/inertHtml.ts';
import { BlockList } from './read/blockList.ts';

/** An HTML page that came as a file. */
export interface HtmlCopy {
  /** Inert: nothing in it runs, loads or leads anywhere. */
  readonly html: string;
  readonly title: string | null;
  readonly language: string | null;
  readonly blocks: readonly TextBlock[];
  readonly isCut: boolean;
  readonly missing: readonly Missing[];
}

/** Makes an inert copy of a page that came as a file, and reads its text. @see SPEC.md P35 */
export function copyHtml(source: string): HtmlCopy {
  const html = inertHtml(source);
  // An inert document: nothing in it runs or loads.
  const page = new DOMParser().parseFromString(html, 'text/html');
  const list = new BlockList();
  readBlocks(page.body, list);
  return {
    html,
    title: page.querySelector('title')?.textContent?.replace(/\s+/gu, ' ').trim() || null,
    language: page.documentElement.getAttribute('lang'),
    blocks: list.blocks,
    isCut: list.isCut,
    missing: missingFrom(source),
  };
}

const LEFT_OUT = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'head',
  'svg',
  'math',
  'select',
  'iframe',
  'title',
]);
const PARTS = new Set(
  'p div section article main header footer nav aside address blockquote pre figure figcaption dl dt dd form fieldset details summary ul ol hr br body'.split(
    ' ',
  ),
);

/** Walks without recursion: a page may nest deeper than the stack. */
function readBlocks(root: Element, list: BlockList): void {
  const page = root.ownerDocument;
  const walker = page.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && LEFT_OUT.has(node.localName) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  let text = '';
  let owner: Element = root;
  const end = () => {
    const heading = owner.closest('h1, h2, h3, h4, h5, h6');
    const item = owner.closest('li');
    if (heading !== null) list.heading(Number(heading.localName[1]), text);
    else if (item !== null) list.item(depthOf(item), null, text);
    else list.paragraph(text);
    text = '';
  };
  let node: Node | null = walker.nextNode();
  while (node !== null && !list.isFull) {
    if (node instanceof HTMLTableRowElement) {
      end();
      const cells = [...node.cells];
      const isHeader = cells.length > 0 && cells.every(({ localName }) => localName === 'th');
      list.row(
        cells.map(({ textContent }) => textContent ?? ''),
        isHeader ? 'header' : 'body',
      );
      node = afterAllOf(walker, node);
      continue;
    }
    if (node.nodeType === Node.TEXT_NODE) {
      const block = blockAround(node, root);
      if (block !== owner) {
        end();
        owner = block;
      }
      text += node.textContent ?? '';
    } else if (node instanceof Element && isBlock(node)) {
      end();
      owner = node;
    }
    node = walker.nextNode();
  }
  end();
}

const isBlock = ({ localName }: Element): boolean =>
  PARTS.has(localName) || /^(?:h[1-6]|li|t[dhr]|table)$/.test(localName);

function blockAround(node: Node, root: Element): Element {
  let element = node.parentElement;
  while (element !== null && element !== root && !isBlock(element)) element = element.parentElement;
  return element ?? root;
}

function depthOf(item: Element): number {
  let depth = -1;
  for (let at: Element | null = item; at !== null && depth < 8; at = at.parentElement?.closest('ul, ol') ?? null)
    depth += 1;
  return Math.max(depth - 1, 0);
}

/** The first node past everything inside an element. */
function afterAllOf(walker: TreeWalker, element: Element): Node | null {
  walker.currentNode = element;
  for (let at: Node | null = element; at !== null; at = walker.parentNode()) {
    const next = walker.nextSibling();
    if (next !== null) return next;
  }
  return null;
}

/** What the page names elsewhere, which is not fetched: an opened message would tell its sender. */
function missingFrom(source: string): readonly Missing[] {
  const page = new DOMParser().parseFromString(source, 'text/html');
  const counts = new Map<string, Missing>();
  const count = (kind: Missing['kind'], address: string | null) => {
    const url = address === null || !URL.canParse(address) ? null : new URL(address);
    if (address === null || address === '' || /^(?:data|blob|#)/i.test(address)) return;
    const origin = url !== null && /^https?:$/.test(url.protocol) ? url.origin : null;
    const known = counts.get(`${kind} ${origin}`);
    counts.set(`${kind} ${origin}`, { kind, origin, count: (known?.count ?? 0) + 1 });
  };
  for (const image of page.querySelectorAll('img')) count('image', image.getAttribute('src'));
  for (const frame of page.querySelectorAll('iframe, frame, object, embed')) {
    count('frame', frame.getAttribute('src') ?? frame.getAttribute('data'));
  }
  for (const sheet of page.querySelectorAll('link[rel~="stylesheet" i]')) count('style', sheet.getAttribute('href'));
  for (const media of page.querySelectorAll('video, audio, source')) count('media', media.getAttribute('src'));
  return [...counts.values()].slice(0, 200);
}
