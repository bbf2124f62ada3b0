import * as Y from 'yjs';
import { type ChangedRecord, changedRecords, refusedDifferences } from '../index.ts';
import type { RoomName } from '../protocol/index.ts';
import type { JournalRow } from './deviceStore.ts';

/**
 * Why a server would not take what was edited here. `read-only`: the right to write was taken away; `forbidden`: the right to read
 * too; `deleted`: the document is no longer there; `malformed`: the server holds it for damaged.
 */
export type DraftReason = 'read-only' | 'forbidden' | 'deleted' | 'malformed';

/** What a document was on this device when the server refused edits of it: kept until a person has done with it. */
export interface Draft {
  readonly draftId: string;
  readonly room: RoomName;
  readonly reason: DraftReason;
  /** When it was put aside (ms since the Unix epoch). */
  readonly at: number;
  /** How many edits were refused: what a person counts. */
  readonly edits: number;
  /** The whole document, refused edits included: a Yjs update, V1. */
  readonly update: Uint8Array;
  /** The refused edits alone: a Yjs update, V1. */
  readonly refused: Uint8Array;
}

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
