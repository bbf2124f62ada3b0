import type { XmlFragment } from '@liasse/core';
import type { Schema } from '@tiptap/pm/model';

/** What the walk needs of a node of a shared text: an element has a name and children, a text has marks. */
interface SharedNode {
  readonly nodeName?: string;
  readonly parent?: unknown;
  toArray?(): unknown[];
  toDelta?(): readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/** y-tiptap tells overlapping marks apart by a hash after the name. */
const markName = (attribute: string): string => attribute.replace(/--[A-Za-z0-9+/=]{8}$/, '');

/**
 * Whether this version knows every kind of node and mark in a shared text.
 *
 * The binding *deletes* from the document what the schema cannot hold, for everyone. So a text written by a newer
 * version is never handed to it: it is shown as plain text instead.
 */
export function isReadable(fragment: XmlFragment, schema: Schema): boolean {
  const known = (node: SharedNode): boolean => {
    if (node.toArray && (node.nodeName === undefined || node.nodeName in schema.nodes))
      return (node.toArray() as SharedNode[]).every(known);
    if (node.nodeName !== undefined || !node.toDelta) return false;
    return node
      .toDelta()
      .every(({ attributes = {} }) => Object.keys(attributes).every((name) => markName(name) in schema.marks));
  };
  return (fragment.toArray() as SharedNode[]).every(known);
}

/**
 * Calls `onUnreadable` as soon as a colleague's edit brings something that this version does not know: after the edit is
 * in the document, before any observer (the binding is one) sees it.
 *
 * @returns unsubscribe
 */
export function watchReadable(fragment: XmlFragment, schema: Schema, onUnreadable: () => void): () => void {
  const { doc } = fragment;
  if (doc === null) return () => {};
  const inside = (type: SharedNode): boolean => {
    for (let at: unknown = type; at; at = (at as SharedNode).parent) if (at === fragment) return true;
    return false;
  };
  const check = (transaction: { local: boolean; changed: ReadonlyMap<unknown, unknown> }) => {
    if (transaction.local || ![...transaction.changed.keys()].some((type) => inside(type as SharedNode))) return;
    if (!isReadable(fragment, schema)) onUnreadable();
  };
  doc.on('beforeObserverCalls', check);
  return () => doc.off('beforeObserverCalls', check);
}

/** The words of a shared text, a line a paragraph: for what cannot be shown otherwise. */
export function plainText(fragment: XmlFragment): string {
  const lines: string[] = [];
  const read = (node: SharedNode): string => {
    if (node.toDelta && node.nodeName === undefined)
      return (node.toDelta() as readonly { insert?: unknown }[])
        .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
        .join('');
    const children = (node.toArray?.() ?? []) as SharedNode[];
    const own = children.map(read).join('');
    if (own !== '') lines.push(own);
    return '';
  };
  for (const node of fragment.toArray() as SharedNode[]) {
    const loose = read(node);
    if (loose !== '') lines.push(loose);
  }
  return lines.join('\n');
}
