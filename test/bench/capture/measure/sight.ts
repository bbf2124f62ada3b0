import type { Frame, Page } from '@playwright/test';
import { type DrawnNode, PROPERTIES } from './agreement.ts';
import type { FieldState } from './formState.ts';
import { describe, freeze, look, type Seen } from './inPage.ts';
import { FRAME_EDGE } from './shingles.ts';

/** For a document of a page that is still there, on a busy machine. */
const PATIENCE_MS = 60_000;

/** A node that was seen, to be described later. */
export interface SeenNode {
  readonly key: string;
  readonly frame: Frame;
  readonly at: number;
  readonly offset: Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a person sees of a page, its frames in place. */
export interface Sight {
  readonly text: string;
  readonly nodes: readonly SeenNode[];
  readonly fields: readonly FieldState[];
}

/** Looks at a frame and all frames in it, motion frozen. */
export async function see(frame: Frame): Promise<Sight> {
  const text: string[] = [];
  const nodes: SeenNode[] = [];
  const fields: FieldState[] = [];
  await reachClosedRoots(frame.page());
  await visit(frame, { x: 0, y: 0 });
  return { text: text.join(''), nodes, fields };

  async function visit(frame: Frame, offset: Point): Promise<void> {
    await inTime(frame.evaluate(freeze));
    const seen = await inTime(frame.evaluate(look));
    const children = await childrenOf(frame);
    for (const item of seen) await take(item, frame, offset, children);
  }

  async function take(item: Seen, frame: Frame, offset: Point, children: ReadonlyMap<number, Child>): Promise<void> {
    if (item.kind === 'text') text.push(item.text);
    else if (item.kind === 'node') nodes.push({ key: item.key, frame, at: item.at, offset });
    else if (item.kind === 'field') fields.push({ key: item.key, state: item.state });
    else {
      text.push(FRAME_EDGE);
      const child = children.get(item.at);
      if (child === undefined) return;
      await visit(child.frame, { x: offset.x + child.corner.x, y: offset.y + child.corner.y });
      text.push(FRAME_EDGE);
    }
  }
}

/** How nodes are drawn, in their order; boxes are relative to the whole page. */
export async function draw(nodes: readonly SeenNode[]): Promise<DrawnNode[]> {
  const drawn: DrawnNode[] = [];
  for (let from = 0; from < nodes.length; ) {
    const { frame, offset } = nodes[from] as SeenNode;
    let to = from;
    while (to < nodes.length && nodes[to]?.frame === frame) to += 1;
    const at = nodes.slice(from, to).map((node) => node.at);
    for (const { box, properties } of await frame.evaluate(describe, { at, properties: PROPERTIES })) {
      drawn.push({ box: [box[0] + offset.x, box[1] + offset.y, box[2], box[3]], properties });
    }
    from = to;
  }
  return drawn;
}

interface Child {
  readonly frame: Frame;
  /** Where its document begins, on the document around it. */
  readonly corner: Point;
}

async function childrenOf(frame: Frame): Promise<ReadonlyMap<number, Child>> {
  const children = new Map<number, Child>();
  for (const child of frame.childFrames()) {
    const element = await child.frameElement().catch(() => null);
    const place = element && (await inTime(element.evaluate(placeOf)));
    // A frame whose server never answers has no document to ask, and the question would wait as long as it does.
    const waits = place?.isElsewhere === true && /^(?:about:blank)?$/.test(child.url());
    if (place && !waits) children.set(place.at, { frame: child, corner: place.corner });
  }
  return children;
}

function placeOf(element: Node): { at: number; corner: { x: number; y: number }; isElsewhere: boolean } | null {
  const frame = element as HTMLIFrameElement;
  const { left, top } = frame.getBoundingClientRect();
  const style = getComputedStyle(frame);
  const side = (name: string) => Number.parseFloat(style.getPropertyValue(name)) || 0;
  const corner = {
    x: left + scrollX + frame.clientLeft + side('padding-left'),
    y: top + scrollY + frame.clientTop + side('padding-top'),
  };
  const at = window.bench?.frames.indexOf(frame) ?? -1;
  return at < 0 ? null : { at, corner, isElsewhere: /^https?:/.test(frame.src) && !frame.hasAttribute('srcdoc') };
}

interface TreeNode {
  readonly backendNodeId: number;
  readonly children?: readonly TreeNode[];
  readonly shadowRoots?: readonly (TreeNode & { readonly shadowRootType?: string })[];
  readonly contentDocument?: TreeNode;
}

/** Closed roots hide from the page, and from what looks at it; the debugger hands them over. */
async function reachClosedRoots(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  try {
    const { root } = (await session.send('DOM.getDocument', { depth: -1, pierce: true })) as { root: TreeNode };
    for (const backendNodeId of closedRootsIn(root)) {
      const { object } = await session.send('DOM.resolveNode', { backendNodeId });
      if (object.objectId === undefined) continue;
      await session.send('Runtime.callFunctionOn', {
        objectId: object.objectId,
        functionDeclaration: `function () {
          const bench = window.bench ??= { nodes: [], frames: [] };
          (bench.closedRoots ??= new WeakMap()).set(this.host, this);
        }`,
      });
    }
  } finally {
    await session.detach();
  }
}

function closedRootsIn(root: TreeNode): number[] {
  const found: number[] = [];
  const waiting: TreeNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const shadow of node.shadowRoots ?? []) {
      if (shadow.shadowRootType === 'closed') found.push(shadow.backendNodeId);
      waiting.push(shadow);
    }
    waiting.push(...(node.children ?? []));
    if (node.contentDocument) waiting.push(node.contentDocument);
  }
  return found;
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`a document did not answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
