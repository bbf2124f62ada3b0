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
    deleteFilter: (item) => !isBirth(item.id) && !(step !== null && leavesAGap(item, step)),
  });
  let step: Step | null = null;
  const listeners = new Listeners();
  let snapshot: UndoState = { canUndo: false, canRedo: false };
  const refresh = () => {
    const next = { canUndo: manager.canUndo(), canRedo: manager.canRedo() };
    if (next.canUndo === snapshot.canUndo && next.canRedo === snapshot.canRedo) return;
    snapshot = next;
    listeners.notify();
  };
  for (const name of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) manager.on(name, refresh);

  manager.on('stack-item-added', ({ stackItem, origin }) => {
    if (origin instanceof OperationOrigin && origin.takeBack !== null) stackItem.meta.set(TAKE_BACK, origin.takeBack);
  });

  /** Undoes the last operation that still has something to take back, by its own way where it has one. */
  const undoLast = (author: Author): boolean => {
    for (let last = manager.undoStack.pop(); last !== undefined; last = manager.undoStack.pop()) {
      const takeBack: unknown = last.meta.get(TAKE_BACK);
      const undone = typeof takeBack === 'function' ? undoBy(() => takeBack(author)) : alone('undoStack', last);
      refresh();
      if (undone) return true;
    }
    return false;
  };

  /** As the manager's own undo does: what is written now can be redone. */
  const undoBy = (takeBack: () => void): boolean => {
    const redoable = manager.redoStack.length;
    manager.undoing = true;
    try {
      doc.transact(takeBack, manager);
    } finally {
      manager.undoing = false;
    }
    return manager.redoStack.length > redoable;
  };

  /**
   * Where a step has nothing left to take back (a colleague wrote over it), the manager goes on to the one before by
   * itself, which may be one with its own way: so it sees one step at a time.
   */
  const alone = (stack: 'undoStack' | 'redoStack', only: Step): boolean => {
    const before = manager[stack];
    manager[stack] = [only];
    step = only;
    try {
      return (stack === 'undoStack' ? manager.undo() : manager.redo()) !== null;
    } finally {
      step = null;
      manager[stack] = before;
    }
  };

  const redoLast = (): boolean => {
    for (let last = manager.redoStack.pop(); last !== undefined; last = manager.redoStack.pop()) {
      const redone = alone('redoStack', last);
      refresh();
      if (redone) return true;
    }
    return false;
  };

  const leavingLine = (code: 'document.undo' | 'document.redo', done: boolean, author: Author): boolean => {
    if (done) doc.transact(() => leaveLine(doc, { ...author, code, target: null }), new UndoLineOrigin());
    return done;
  };
  return {
    subscribe: listeners.subscribe,
    getSnapshot: () => snapshot,
    undo: (author) => leavingLine('document.undo', undoLast(author), author),
    redo: (author) => leavingLine('document.redo', redoLast(), author),
    destroy: () => manager.destroy(),
  };
}

const TAKE_BACK = 'takeBack';

type Step = Y.UndoManager['undoStack'][number];

/**
 * Whether deleting this value would leave its field empty though it held something before the step: a colleague's value
 * stands between the two, Yjs rightly does not write over it, and its content is gone. Then the value stays.
 */
function leavesAGap(item: Y.Item, step: Step): boolean {
  if (item.parentSub === null) return false;
  for (let { left } = item; left !== null; left = left.left) if (Y.isDeleted(step.deletions, left.id)) return true;
  return false;
}

/** Not an `OperationOrigin`: the line about an undo must not clear the redo stack. */
class UndoLineOrigin {}
