import * as Y from 'yjs';
import { isBirth } from './birth.ts';
import { leaveLine } from './history.ts';
import { type Author, OperationOrigin } from './operation.ts';
import { Listeners, type View } from './view.ts';

/** What can be undone now. */
export interface UndoState {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** Undo and redo of what this page did in one document, and of nobody else's changes. */
export interface Undo extends View<UndoState> {
  /** Takes back the last operation of this page; false when there was none. */
  undo(author: Author): boolean;
  redo(author: Author): boolean;
  destroy(): void;
}

/**
 * @param records - the record maps whose changes are undone. History is never among them: an undo is a line of its own.
 */
export function makeUndo(doc: Y.Doc, records: readonly Y.Map<unknown>[]): Undo {
  const manager = new Y.UndoManager([...records], {
    trackedOrigins: new Set([OperationOrigin]),
    captureTimeout: 0,
    deleteFilter: (item) => !isBirth(item.id),
  });
  const listeners = new Listeners();
  let snapshot: UndoState = { canUndo: false, canRedo: false };
  const refresh = () => {
    const next = { canUndo: manager.canUndo(), canRedo: manager.canRedo() };
    if (next.canUndo === snapshot.canUndo && next.canRedo === snapshot.canRedo) return;
    snapshot = next;
    listeners.notify();
  };
  for (const name of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) manager.on(name, refresh);

  const step = (code: 'document.undo' | 'document.redo', author: Author): boolean => {
    const done = code === 'document.undo' ? manager.undo() : manager.redo();
    if (done === null) return false;
    doc.transact(() => leaveLine(doc, { ...author, code, target: null }), new UndoLineOrigin());
    return true;
  };
  return {
    subscribe: listeners.subscribe,
    getSnapshot: () => snapshot,
    undo: (author) => step('document.undo', author),
    redo: (author) => step('document.redo', author),
    destroy: () => manager.destroy(),
  };
}

/** Not an `OperationOrigin`: the line about an undo must not clear the redo stack. */
class UndoLineOrigin {}
