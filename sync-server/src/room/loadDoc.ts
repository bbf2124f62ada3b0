import * as Y from 'yjs';
import type { StoredRoom } from '../store/roomStore.ts';

/** A room's document, and the rows that could not be applied: they stay in the log, and out of the document. */
export interface LoadedDoc {
  readonly doc: Y.Doc;
  readonly quarantined: readonly number[];
}

/**
 * Rebuilds a document from its log. A row that throws is left out; so that half of it does not stay behind, the
 * document is then rebuilt without it.
 *
 * @throws when the snapshot itself cannot be applied: there is no document to speak of
 */
export function loadDoc(stored: Pick<StoredRoom, 'snapshot' | 'tail'>): LoadedDoc {
  const quarantined = new Set<number>();
  for (;;) {
    const doc = freshDoc();
    if (stored.snapshot) Y.applyUpdateV2(doc, stored.snapshot);
    const bad = applyTail(doc, stored.tail, quarantined);
    if (bad === null) return { doc, quarantined: [...quarantined] };
    quarantined.add(bad);
    doc.destroy();
  }
}

function applyTail(doc: Y.Doc, tail: StoredRoom['tail'], quarantined: ReadonlySet<number>): number | null {
  let current = 0;
  try {
    // One transaction: a hundred thousand rows load in a second or two instead of ten.
    doc.transact(() => {
      for (const { seq, update } of tail) {
        current = seq;
        if (!quarantined.has(seq)) Y.applyUpdate(doc, update);
      }
    }, 'load');
    return null;
  } catch {
    return current;
  }
}

/** A document that only ever holds what was written into it. */
export function freshDoc(): Y.Doc {
  const doc = new Y.Doc();
  // Yjs tidies formatting marks after a remote edit, by deleting on its own. Here that would put into the document, and
  // then on the wire, what nobody wrote and no disk has.
  doc.on('afterTransaction', (transaction) => {
    transaction._needFormattingCleanup = false;
  });
  return doc;
}
