import type { TextBlock } from '@liasse/core';
import { bodyOf, charactersOf, foldedText, isElement, isText, nameOf, query, queryAll, walk } from './dom.ts';
import { CaptureLimits } from './limits.ts';
import { itemContext, type ListContext, listContext } from './lists.ts';
import { rowBlock } from './rows.ts';

/** A page's readable text. `dropped`: blocks past the limits, which are not in it. */
export interface Reading {
  readonly blocks: TextBlock[];
  readonly dropped: number;
}

/** What the text inside a block-level element becomes. */
type Context =
  | { readonly kind: 'paragraph' | 'quote' | 'preformatted' }
  | { readonly kind: 'heading'; readonly level: number }
  | { readonly kind: 'item'; readonly depth: number; readonly marker: string | null; begun: boolean };

/**
 * The text people came to read, in blocks: the page's `main`, else its only large `article`, else its body, without
 * navigation, forms and what is not shown.
 *
 * @param isShown - whether an element is laid out; says yes where there is no layout
 */
export function readBlocks(document: Document, isShown: (element: Element) => boolean): Reading {
  const root = readingRoot(document);
  const writer = new BlockWriter();
  if (root === null) return writer.reading();
  const contexts: Context[] = [{ kind: 'paragraph' }];
  const lists: ListContext[] = [];

  walk(root, {
    enter(node) {
      const context = contexts.at(-1) as Context;
      if (isText(node)) {
        writer.text(charactersOf(node), context.kind === 'preformatted');
        return false;
      }
      if (!isElement(node)) return false;
      const name = nameOf(node);
      if (name === 'br') writer.newLine();
      if (node !== root && (SKIPPED.has(name) || !isRead(node) || !isShown(node))) return false;
      if (!BLOCK.has(name)) return true;
      writer.flush(context);
      if (name === 'tr' && query(node, 'table') === null) {
        const row = rowBlock(node, isShown);
        if (row !== null) writer.push(row);
        return false;
      }
      if (LIST.has(name)) lists.push(listContext(node));
      contexts.push(contextOf(node, name, context, lists));
      return true;
    },
    leave(node) {
      if (!isElement(node) || !BLOCK.has(nameOf(node))) return;
      writer.flush(contexts.pop() as Context);
      if (LIST.has(nameOf(node))) lists.pop();
    },
  });
  writer.flush({ kind: 'paragraph' });
  return writer.reading();
}

function contextOf(element: Element, name: string, around: Context, lists: readonly ListContext[]): Context {
  const heading = /^h([1-6])$/.exec(name);
  if (heading !== null) return { kind: 'heading', level: Number(heading[1]) };
  if (name === 'li') return { kind: 'item', ...itemContext(element, lists), begun: false };
  if (name === 'blockquote') return { kind: 'quote' };
  if (name === 'pre') return { kind: 'preformatted' };
  return around;
}

/** Gathers inline text into blocks, within the limits. */
class BlockWriter {
  readonly #blocks: TextBlock[] = [];
  #inline: string[] = [];
  #characters = 0;
  #dropped = 0;

  text(characters: string, preformatted: boolean): void {
    this.#inline.push(preformatted ? characters : characters.replace(/[\t\n\f\r ]+/g, ' '));
  }

  newLine(): void {
    this.#inline.push('\n');
  }

  /** Ends the block that is being gathered. */
  flush(context: Context): void {
    if (this.#inline.length === 0) return;
    const joined = this.#inline.join('');
    this.#inline = [];
    const text =
      context.kind === 'preformatted'
        ? joined.replace(/^\n+|\s+$/g, '')
        : joined
            .replace(/ {2,}/g, ' ')
            .replace(/ ?\n ?/g, '\n')
            .trim();
    if (text === '') return;
    if (context.kind !== 'item') this.push({ ...context, text });
    else if (context.begun) this.push({ kind: 'paragraph', text });
    else {
      context.begun = true;
      this.push({ kind: 'item', depth: context.depth, marker: context.marker, text });
    }
  }

  push(block: TextBlock): void {
    const length = block.kind === 'row' ? block.cells.join('').length : block.text.length;
    const fits =
      this.#blocks.length < CaptureLimits.blocks &&
      length <= CaptureLimits.blockCharacters &&
      this.#characters + length <= CaptureLimits.textCharacters;
    if (!fits) {
      this.#dropped += 1;
      return;
    }
    this.#characters += length;
    this.#blocks.push(block);
  }

  reading(): Reading {
    return { blocks: this.#blocks, dropped: this.#dropped };
  }
}

/** A quarter of the page's text in `main`, or half of it in one `article`, makes it the text of the page. */
function readingRoot(document: Document): Element | null {
  const body = bodyOf(document);
  if (body === null) return null;
  const whole = foldedText(body).length;
  const main = longest(queryAll(document, 'main, [role="main"]'));
  if (main !== null && main.length >= whole / 4) return main.element;
  const article = longest(queryAll(document, 'article, [role="article"]'));
  if (article !== null && article.length >= whole / 2) return article.element;
  return body;
}

function longest(elements: readonly Element[]): { element: Element; length: number } | null {
  let best: { element: Element; length: number } | null = null;
  for (const element of elements.slice(0, 50)) {
    const { length } = foldedText(element);
    if (best === null || length > best.length) best = { element, length };
  }
  return best;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const SKIPPED = words(
  'script style noscript template head nav aside button input select textarea option datalist iframe object embed ' +
    'svg math canvas audio video dialog menu',
);

const BLOCK = words(
  'address article blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul',
);

const LIST = words('ol ul dir');

const UNREAD_ROLES = words(
  'navigation search banner contentinfo complementary menu menubar toolbar dialog alertdialog',
);

/** Not hidden by its own attributes, and no part of the page's furniture. */
function isRead(element: Element): boolean {
  const get = (name: string) => Element.prototype.getAttribute.call(element, name);
  return get('hidden') === null && get('aria-hidden') !== 'true' && !UNREAD_ROLES.has(get('role') ?? '');
}
