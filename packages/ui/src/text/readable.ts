import type { XmlFragment } from '@liasse/core';
import type { Schema } from '@tiptap/pm/model';
import { readText, type TextNode } from './sharedText.ts';

/**
 * Whether this version knows every kind of node and mark in a shared text.
 *
 * The binding *deletes* from the document what the schema cannot hold, for everyone. So a text written by a newer
 * version is never handed to it: it is shown as plain text instead.
 */
export function isReadable(fragment: XmlFragment, schema: Schema): boolean {
  const known = (node: TextNode): boolean =>
    'words' in node
      ? node.marks.every((mark) => mark in schema.marks)
      : node.name in schema.nodes && node.children.every(known);
  return readText(fragment).every(known);
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
  const inside = (type: unknown): boolean => {
    for (let at = type; at; at = (at as { parent: unknown }).parent) if (at === fragment) return true;
    return false;
  };
  const check = (transaction: { local: boolean; changed: ReadonlyMap<unknown, unknown> }) => {
    if (transaction.local || ![...transaction.changed.keys()].some(inside)) return;
    if (!isReadable(fragment, schema)) onUnreadable();
  };
  doc.on('beforeObserverCalls', check);
  return () => doc.off('beforeObserverCalls', check);
}
