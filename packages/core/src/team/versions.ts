import * as Y from 'yjs';
import { z } from 'zod';
import { STARTING_COLUMNS } from '../board/index.ts';
import { applyDifferences, Difference, differencesBetween, inverseOf } from '../kernel/differences.ts';
import { defineOperation } from '../kernel/operation.ts';
import { Refusal } from '../kernel/refusal.ts';
import { BLOBS_ROOT, type RoomKind } from '../protocol/index.ts';

/** The roots of each kind of document that a version brings back. The register is no part of the board’s: it follows the dossiers. */
const ROOTS = {
  board: ['columns', 'cards'],
  dossier: ['meta', 'pieces', 'notes', 'highlights', BLOBS_ROOT],
  meeting: ['meta', 'items'],
} as const satisfies Partial<Record<RoomKind, readonly string[]>>;

/** The kinds of documents that have versions people can bring back. */
export type VersionedKind = keyof typeof ROOTS;

/**
 * A version, in a document of its own, which whoever asked destroys.
 *
 * @param snapshot - a Yjs update, V2
 * @throws {Refusal} `invalid-input` when it is none
 */
export function versionDocument(snapshot: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  try {
    Y.applyUpdateV2(doc, snapshot);
    return doc;
  } catch {
    doc.destroy();
    throw new Refusal('invalid-input', { at: 'snapshot' });
  }
}

/**
 * What bringing a version back would change in the document as it is now. Whether the whole document is in the trash is no part of it,
 * nor are blobs that came since: pieces in the trash refer to them.
 */
export function versionDifferences(kind: VersionedKind, live: Y.Doc, version: Y.Doc): readonly Difference[] {
  const roots: readonly string[] = ROOTS[kind];
  return differencesBetween(live, version, { roots: (root) => roots.includes(root) }).filter(
    ({ path: [root, key], kind: how }) =>
      !(root === 'meta' && key === 'trashed') && !(root === BLOBS_ROOT && how !== 'added'),
  );
}

/**
 * Brings back what a version was, by new edits: fields are set back, records that came since go to the trash, texts are rewritten where they
 * differ. Undo takes it back, but for what someone changed since.
 *
 * @param input - `differences`: of `versionDifferences`, all or some
 * @throws {Refusal} `invalid-input`
 * @see SPEC.md P64
 */
export const restoreVersion = bringing('document.restoreVersion');

/**
 * Takes over what a draft holds that the server refused, by new edits. Undo takes it back as it does a version.
 *
 * @param input - `differences`: of `draftRecords`, all or some
 * @throws {Refusal} `invalid-input`
 * @see SPEC.md P46
 */
export const takeOverDraft = bringing('document.takeOverDraft');

function bringing(code: string) {
  return defineOperation(
    code,
    z.strictObject({ differences: z.array(Difference) }),
    (doc, { differences }, author) => applyDifferences(doc, differences, { author, derived }),
    {
      takeBack: (doc, { differences }, author) =>
        applyDifferences(doc, inverseOf(differences), { author, derived, onlyUnchanged: true }),
    },
  );
}

const STARTING: ReadonlySet<string> = new Set(Object.values(STARTING_COLUMNS));

const derived = (root: string, id: string): readonly string[] | null =>
  root === 'columns' && STARTING.has(id) ? [] : null;
