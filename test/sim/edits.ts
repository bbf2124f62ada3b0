import type { Operation } from '@liasse/core';
import type * as Y from 'yjs';

export interface EditInput {
  readonly id: string;
  /** Where in the text, as a part of its length. */
  readonly place: number;
  readonly deletes: number;
  /** A key that others write too. */
  readonly key: string;
  /** An edit whose mark is taken away. */
  readonly removes: string | null;
}

export const marksOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('marks');

/** Leaves a mark of its own, and does what makes documents hard to merge: text, a contested key, a deletion. */
export const makeEdit: Operation<EditInput, void> = Object.assign(
  (doc: Y.Doc, { id, place, deletes, key, removes }: EditInput) => {
    doc.transact(() => {
      marksOf(doc).set(id, 1);
      if (removes !== null) marksOf(doc).delete(removes);
      const text = doc.getText('text');
      const at = Math.floor(place * text.length);
      text.delete(at, Math.min(deletes, text.length - at));
      text.insert(at, `${id} `);
      doc.getMap('contested').set(key, id);
    }, 'simulation');
  },
  { code: 'simulation.edit' },
);
