import * as Y from 'yjs';
import type { Id, UpdateShape } from './gate.ts';

/**
 * Types within types at most. Yjs deletes them by recursion, and so does whoever reads a document as one value: some thousand of
 * them overflow the stack of every device that holds them. A page of rich text has a dozen.
 */
const MAX_NESTED = 200;

/** Whether an update would nest types too deep in a document, once what waits to be committed is there. */
export function nestsTooDeep(
  doc: Y.Doc,
  update: { bytes: Uint8Array; shape: UpdateShape },
  queued: readonly { update: Uint8Array; types: number }[],
): boolean {
  const { types } = update.shape;
  // At worst, each that leans on something new stands within the one before.
  const fresh = types.filter((anchor) => anchor !== null && !isThere(doc, anchor)).length;
  const waiting = queued.reduce((sum, one) => sum + one.types, 0);
  const deepest = types.reduce((most, anchor) => Math.max(most, depthAt(doc, anchor)), 0);
  if (deepest + 1 + fresh + waiting <= MAX_NESTED) return false;
  const scratch = new Y.Doc();
  Y.applyUpdate(scratch, Y.encodeStateAsUpdate(doc));
  for (const one of [...queued.map((each) => each.update), update.bytes]) Y.applyUpdate(scratch, one);
  return deepestOf(scratch) > MAX_NESTED;
}

/** How deep a type is that stands in or beside an item of the document; 0 for what is not there, or stands at the top. */
function depthAt(doc: Y.Doc, anchor: Id | null): number {
  if (anchor === null || !isThere(doc, anchor)) return 0;
  const item = Y.getItem(doc.store, Y.createID(anchor.client, anchor.clock));
  return item instanceof Y.Item ? depthOf(item) : 0;
}

const isThere = (doc: Y.Doc, { client, clock }: Id): boolean => clock < Y.getState(doc.store, client);

/** 1 for an item at the top; counted no farther than it takes. */
function depthOf(item: Y.Item): number {
  let depth = 0;
  for (let at: Y.Item | null = item; at !== null && depth <= MAX_NESTED; depth += 1) {
    at = at.parent instanceof Y.AbstractType ? at.parent._item : null;
  }
  return depth;
}

function deepestOf(doc: Y.Doc): number {
  let deepest = 0;
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentType)
        deepest = Math.max(deepest, depthOf(struct));
    }
  }
  return deepest;
}
