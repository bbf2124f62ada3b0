import { type Doc, makeUndo, type Undo } from '@liasse/core';
import type { OpenDoc } from '@liasse/core/replica';

/** What a person can take back in a document: its record maps, or an undo made of them. Each slice's core exports its own. */
export type UndoableOf = (doc: Doc) => Parameters<typeof makeUndo>[1] | Undo;

function undoFor(doc: Doc, undoableOf: UndoableOf): Undo {
  const undoable = undoableOf(doc);
  return 'undo' in undoable ? undoable : makeUndo(doc, undoable);
}

interface Held {
  readonly undo: Undo;
  readonly open: OpenDoc;
  holders: number;
  /** Grows with each operation run on screen: `Ctrl+Z` goes to the document that was last acted on. */
  lastRun: number;
}

// One undo a document: two rooms on one screen that hold the same document share it.
const held = new Map<Doc, Held>();
let runs = 0;

/** Makes the document's undo, or shares it; returns its release. */
export function holdUndo(open: OpenDoc, undoableOf: UndoableOf): () => void {
  const { doc } = open;
  const entry = held.get(doc) ?? { undo: undoFor(doc, undoableOf), open, holders: 0, lastRun: 0 };
  held.set(doc, entry);
  entry.holders += 1;
  return () => {
    entry.holders -= 1;
    if (entry.holders > 0) return;
    held.delete(doc);
    entry.undo.destroy();
  };
}

/** The undo of a document on screen, if its room has one. */
export function undoOf(doc: Doc): Undo | null {
  return held.get(doc)?.undo ?? null;
}

/** Notes that a document was just acted on. */
export function ranOn(doc: Doc): void {
  const entry = held.get(doc);
  runs += 1;
  if (entry) entry.lastRun = runs;
}

/** Takes back (or does again) the last thing done in what is on screen; false when there is nothing. */
export function stepBack(step: 'undo' | 'redo'): boolean {
  const able = step === 'undo' ? 'canUndo' : 'canRedo';
  const [entry] = [...held.values()]
    .filter(({ undo }) => undo.getSnapshot()[able])
    .sort((a, b) => b.lastRun - a.lastRun);
  return entry ? entry.undo[step](entry.open.author()) : false;
}
