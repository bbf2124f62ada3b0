import * as Y from 'yjs';
import { type ChangedRecord, changedRecords, refusedDifferences } from '../index.ts';
import type { Draft, JournalRow } from './deviceStore.ts';

/** The draft with one more row: its maker did not know yet that the document had been put aside. */
export function withLateRow(draft: Draft, row: JournalRow): Draft {
  return {
    ...draft,
    edits: draft.edits + row.edits,
    update: Y.mergeUpdates([draft.update, row.update]),
    refused: Y.mergeUpdates([draft.refused, row.update]),
  };
}

/** The draft with what was written since it was made, of which it does not know. */
export function withLateRows(draft: Draft, rows: readonly JournalRow[], holds: readonly string[]): Draft {
  const known = new Set(holds);
  return rows.filter((row) => row.recordedSeq === null && !known.has(row.rowId)).reduce(withLateRow, draft);
}

/** The draft as a document of its own, which whoever asked destroys. */
export function documentOf({ update }: Draft): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
}

/**
 * What the refused edits would change, record by record.
 *
 * @param present - the document as it is, or null where it is not to be had: then all that they touched is new
 */
export function draftRecords(draft: Draft, present: Y.Doc | null): ChangedRecord[] {
  const doc = documentOf(draft);
  const against = present ?? new Y.Doc();
  const records = changedRecords(refusedDifferences(against, doc, draft.refused), [against, doc]);
  doc.destroy();
  if (present === null) against.destroy();
  return records;
}
