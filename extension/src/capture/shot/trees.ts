import { bodyOf, frameDocumentOf, isElement, nameOf, walk } from '../dom.ts';
import type { PageDoors } from '../forms/findControls.ts';

/** What of a page is looked at before an image is taken, apart from its fields. */
export interface SeenTrees {
  /** Frames of other sites: what they show cannot be judged. */
  readonly framesAway: readonly Element[];
  /** What stays in place while the page scrolls. */
  readonly pinned: readonly { readonly element: Element; readonly position: 'fixed' | 'sticky' }[];
}

/** Deeper, a page only plays with whoever looks at it. */
const MAX_TREES_DEEP = 8;
const MAX_NODES = 200_000;

/** Looks through a page, its shadow trees and the frames that can be read. */
export function seeTrees(document: Document, doors: PageDoors): SeenTrees {
  const framesAway: Element[] = [];
  const pinned: SeenTrees['pinned'][number][] = [];
  let nodes = 0;
  look(bodyOf(document), 0);
  return { framesAway, pinned };

  function look(root: Node | null, depth: number): void {
    if (root === null || depth > MAX_TREES_DEEP) return;
    walk(root, {
      enter(node) {
        nodes += 1;
        if (nodes > MAX_NODES) return false;
        if (!isElement(node)) return true;
        if (FRAMES.has(nameOf(node))) {
          const inner = documentIn(node);
          if (inner === null) framesAway.push(node);
          else look(bodyOf(inner), depth + 1);
          return false;
        }
        const { position } = getComputedStyle(node);
        // Within a frame nothing moves when the page does.
        if (depth === 0 && (position === 'fixed' || position === 'sticky')) pinned.push({ element: node, position });
        look(doors.shadowOf(node), depth + 1);
        return true;
      },
      leave() {},
    });
  }
}

const FRAMES = new Set(['iframe', 'frame', 'fencedframe']);

function documentIn(frame: Element): Document | null {
  try {
    return frameDocumentOf(frame as HTMLIFrameElement);
  } catch {
    // Another site's, or no frame that has one.
    return null;
  }
}
