import type { View, XmlFragment } from '@liasse/core';

/** A part of a shared text as plain data: a node with its children, or a run of words with its marks. */
export type TextNode =
  | { readonly name: string; readonly level: number; readonly children: readonly TextNode[] }
  | { readonly words: string; readonly marks: readonly string[]; readonly href: string | null };

/** What the walk needs of a shared type: an element has a name and children, a text has marked words. */
interface SharedType {
  readonly nodeName?: string;
  toArray?(): unknown[];
  getAttribute?(name: string): unknown;
  toDelta?(): readonly { readonly insert?: unknown; readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/** y-tiptap tells overlapping marks apart by a hash after the name. */
const markName = (attribute: string): string => attribute.replace(/--[A-Za-z0-9+/=]{8}$/, '');

/** What is neither element nor text: no version of ours puts such a thing there. */
const FOREIGN: TextNode = { name: 'foreign', level: 1, children: [] };

/** Reads a shared text. It never fails: what a newer or broken peer wrote is there under whatever name it has. */
export function readText(fragment: XmlFragment): readonly TextNode[] {
  return (fragment.toArray() as SharedType[]).flatMap(readNode);
}

function readNode(type: SharedType): readonly TextNode[] {
  if (type.nodeName !== undefined && type.toArray) {
    const children = (type.toArray() as SharedType[]).flatMap(readNode);
    return [{ name: type.nodeName, level: Number(type.getAttribute?.('level') ?? 1), children }];
  }
  if (!type.toDelta) return [FOREIGN];
  return type.toDelta().map(({ insert, attributes = {} }): TextNode => {
    if (typeof insert !== 'string') return FOREIGN;
    const link = Object.entries(attributes).find(([name]) => markName(name) === 'link')?.[1];
    const href = typeof link === 'object' && link !== null && 'href' in link ? String(link.href) : null;
    return { words: insert, marks: Object.keys(attributes).map(markName), href };
  });
}

/** Whether a text says anything. */
export const isBlank = (nodes: readonly TextNode[]): boolean =>
  nodes.every((node) => ('words' in node ? node.words.trim() === '' : isBlank(node.children)));

const views = new WeakMap<XmlFragment, View<readonly TextNode[]>>();

/** A shared text as plain data, kept up to date: for what shows it without editing it. */
export function textView(fragment: XmlFragment): View<readonly TextNode[]> {
  const made = views.get(fragment) ?? makeView(fragment);
  views.set(fragment, made);
  return made;
}

function makeView(fragment: XmlFragment): View<readonly TextNode[]> {
  let snapshot: readonly TextNode[] | null = null;
  const listeners = new Set<() => void>();
  const change = () => {
    snapshot = null;
    for (const listener of [...listeners]) listener();
  };
  return {
    // Observed only while something shows it: an agenda that is closed costs nothing.
    subscribe: (listener) => {
      const own = () => listener();
      if (listeners.size === 0) {
        snapshot = null;
        fragment.observeDeep(change);
      }
      listeners.add(own);
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) fragment.unobserveDeep(change);
      };
    },
    getSnapshot: () => {
      snapshot ??= readText(fragment);
      return snapshot;
    },
  };
}
