import { firstChildOf, nextSiblingOf } from '../dom.ts';

/** What `walkComposed` calls. `enter`: the nodes to go through, in the order they are shown, or null for none. */
export interface ComposedVisitor {
  enter(node: Node): Iterator<Node> | null;
  leave(node: Node): void;
}

/** Visits what a page shows in the order it shows it, without recursion. @param limit - nodes; the rest is left out */
export function walkComposed(root: Node, visitor: ComposedVisitor, limit: number): { readonly complete: boolean } {
  const above: { readonly node: Node; readonly children: Iterator<Node> }[] = [];
  let visited = 0;
  const enter = (node: Node) => {
    visited += 1;
    const children = visitor.enter(node);
    if (children !== null) above.push({ node, children });
  };
  enter(root);
  for (let top = above.at(-1); top !== undefined; top = above.at(-1)) {
    const next = visited > limit ? null : top.children.next();
    if (next !== null && next.done !== true) {
      enter(next.value);
      continue;
    }
    above.pop();
    visitor.leave(top.node);
  }
  return { complete: visited <= limit };
}

export function* childrenOf(node: Node): Generator<Node, undefined> {
  for (let child = firstChildOf(node); child !== null; child = nextSiblingOf(child)) yield child;
}
