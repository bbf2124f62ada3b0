import { attribute, charactersOf, isElement, isText, nameOf, query, walk } from '../dom.ts';
import { itemContext, type ListContext, listContext } from './lists.ts';
import { readRow } from './rows.ts';
import { BlockWriter, type Context, type Reading } from './writer.ts';

/**
 * The text below an element of a flat page, in blocks. Whatever read a page, its text goes through here: readers’ markup ends here.
 *
 * @param isLeftOut - whether an element and what is in it are not wanted
 */
export function readBlocks(root: Element, isLeftOut: (element: Element) => boolean = () => false): Reading {
  const writer = new BlockWriter();
  const contexts: Context[] = [{ kind: 'paragraph' }];
  const lists: ListContext[] = [];
  /** Tables that make indents, one in another: how deep their items are. */
  let indents = 0;
  const indented = new Set<Element>();
  const markerCells = new Set<Element>();

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
      if (markerCells.has(node) || (node !== root && (UNREAD.has(name) || isLeftOut(node)))) return false;
      if (!BLOCK.has(name)) return true;
      writer.flush(context);
      if (name === 'tr') {
        const row = readRow(node, query(node, 'table') !== null);
        if (row?.kind === 'row') writer.push(row.block);
        if (row === null || row.kind === 'row') return false;
        if (row.kind === 'item') {
          const depth = Math.min(indents + lists.length, 8);
          markerCells.add(row.first);
          indented.add(node);
          indents += 1;
          contexts.push({ kind: 'item', depth, marker: row.marker, begun: false });
          return true;
        }
      }
      if (LIST.has(name)) lists.push(listContext(node));
      contexts.push(contextOf(node, name, context, lists));
      return true;
    },
    leave(node) {
      if (!isElement(node) || !BLOCK.has(nameOf(node))) return;
      writer.flush(contexts.pop() as Context);
      if (LIST.has(nameOf(node))) lists.pop();
      if (indented.has(node)) indents -= 1;
    },
  });
  writer.flush({ kind: 'paragraph' });
  return writer.reading();
}

function contextOf(element: Element, name: string, around: Context, lists: readonly ListContext[]): Context {
  const heading = /^h([1-6])$/.exec(name);
  if (heading !== null) return { kind: 'heading', level: Number(heading[1]) };
  if (attribute(element, 'role') === 'heading') return { kind: 'heading', level: ariaLevel(element) };
  if (name === 'li') return { kind: 'item', ...itemContext(element, lists), begun: false };
  if (name === 'blockquote') return { kind: 'quote' };
  if (name === 'pre') return { kind: 'preformatted' };
  return around;
}

function ariaLevel(element: Element): number {
  const level = Number(attribute(element, 'aria-level'));
  return Number.isInteger(level) && level >= 1 && level <= 6 ? level : 2;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** What readers may have left in, and no one reads. */
const UNREAD = words('script style noscript template head button input select textarea svg iframe object embed');

const BLOCK = words(
  'address article aside blockquote body caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr ' +
    'li main nav ol p pre search section summary table tbody td tfoot th thead tr ul',
);

const LIST = words('ol ul');
