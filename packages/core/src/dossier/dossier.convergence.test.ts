import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { HighlightId, NoteId, PieceId } from '../kernel/ids.ts';
import { rankAt } from '../kernel/rank.ts';
import { makeUndo, type Undo } from '../kernel/undo.ts';
import {
  histories,
  makeReplicas,
  play,
  type Step,
  settle,
  type TestReplica,
  testBlob,
  testDraft,
  testId,
} from '../testing/index.ts';
import { createDossier, renameDossier, restoreDossier, trashDossier } from './dossier.operations.ts';
import { dossierUndoable, notesOf, piecesOf } from './dossier.ts';
import { dossierView, noteBody, notesView, piecesView, trashedNotesView, trashedPiecesView } from './dossier.view.ts';
import { anchorText } from './highlight/anchorText.ts';
import { addHighlight, commentHighlight, restoreHighlight, trashHighlight } from './highlight/highlight.operations.ts';
import { highlightsView, trashedHighlightsView } from './highlight/highlight.view.ts';
import { targetAt } from './highlight/targetAt.ts';
import { addNote, moveNote, renameNote, restoreNote, trashNote } from './note.operations.ts';
import { addPiece, completePiece, movePiece, renamePiece, restorePiece, trashPiece } from './piece.operations.ts';
import { slipLines } from './slip.ts';

// Few ids, so that devices meet on the same records.
const pieceOf = (n: number) => testId<PieceId>(500 + n);
const noteOf = (n: number) => testId<NoteId>(600 + n);
const highlightOf = (n: number) => testId<HighlightId>(700 + n);
const target = targetAt(anchorText(testDraft().text), { start: 3, end: 19 });

type Action =
  | {
      readonly do: 'add' | 'rename' | 'move' | 'trash' | 'restore';
      readonly what: 'piece' | 'note' | 'highlight';
      n: number;
      at: number;
    }
  | { readonly do: 'write'; readonly n: number; readonly text: string }
  | { readonly do: 'undo' | 'redo' | 'rename-dossier' | 'trash-dossier' | 'restore-dossier' };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('add' as const, 'rename' as const, 'move' as const, 'trash' as const, 'restore' as const),
      what: fc.constantFrom('piece' as const, 'note' as const, 'highlight' as const),
      n: fc.nat({ max: 7 }),
      at: fc.nat({ max: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      n: fc.nat({ max: 7 }),
      text: fc.string({ minLength: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('rename-dossier' as const, 'trash-dossier' as const, 'restore-dossier' as const),
    }),
  },
);

/** What was added and written anywhere, to be found again everywhere. */
interface Ledger {
  readonly added: Set<string>;
  readonly undos: Map<TestReplica, Undo>;
}

// Each device adds ids of its own: fresh ids never meet (K1), and what they do to the other's ids does.
const own = (replica: TestReplica, n: number) => replica.doc.clientID * 10 + n;

function act(ledger: Ledger, replica: TestReplica, step: Action): void {
  const { doc, author, random } = replica;
  switch (step.do) {
    case 'add': {
      const n = own(replica, step.n);
      if (step.what === 'highlight') {
        if (target === null) throw new Error('no passage');
        // On any piece, also one that is not here, which is refused.
        const pieceId = pieceOf(10 * (1 + (step.at % 3)) + step.n);
        addHighlight(doc, { pieceId, highlightId: highlightOf(n), target, comment: replica.name }, author);
        ledger.added.add(highlightOf(n));
        return;
      }
      const id = step.what === 'piece' ? pieceOf(n) : noteOf(n);
      const rank = rankAt(
        (step.what === 'piece' ? piecesView(doc) : notesView(doc)).getSnapshot().items,
        step.at,
        random,
      );
      if (step.what === 'piece') {
        // Every other one is added as a later version of some piece, whether it is here or not.
        const versionOf = step.at % 2 === 0 ? null : pieceOf(10 * (1 + (step.at % 3)) + ((step.n + 1) % 8));
        addPiece(doc, { pieceId: pieceOf(n), rank, draft: testDraft(), versionOf }, author);
      } else {
        addNote(doc, { noteId: noteOf(n), rank, title: '' }, author);
      }
      ledger.added.add(id);
      return;
    }
    case 'undo':
      ledger.undos.get(replica)?.undo(author);
      return;
    case 'redo':
      ledger.undos.get(replica)?.redo(author);
      return;
    case 'rename-dossier':
      renameDossier(doc, { title: `by ${replica.name}` }, author);
      return;
    case 'trash-dossier':
      trashDossier(doc, {}, author);
      return;
    case 'restore-dossier':
      restoreDossier(doc, {}, author);
      return;
    case 'write':
      noteBody(doc, noteOf(10 + step.n))?.insert(0, [new Y.XmlText(step.text)]);
      return;
    default:
      change(replica, step);
  }
}

function change({ doc, author, random, name }: TestReplica, step: Extract<Action, { what: string }>): void {
  // Of either device's: 10–17 are the first's, 20–27 the second's.
  const n = 10 * (1 + (step.at % 3)) + step.n;
  if (step.what === 'piece') {
    const pieceId = pieceOf(n);
    const rank = rankAt(piecesView(doc).getSnapshot().items, step.at, random);
    if (step.do === 'rename') renamePiece(doc, { pieceId, title: `by ${name}` }, author);
    if (step.do === 'move') movePiece(doc, { pieceId, rank }, author);
    if (step.do === 'trash') trashPiece(doc, { pieceId }, author);
    if (step.do === 'restore') {
      restorePiece(doc, { pieceId }, author);
      completePiece(doc, { pieceId, completion: { snapshot: testBlob(step.at), missing: [] } }, author);
    }
  } else if (step.what === 'highlight') {
    const highlightId = highlightOf(n);
    if (step.do === 'rename') commentHighlight(doc, { highlightId, comment: `by ${name}` }, author);
    if (step.do === 'trash') trashHighlight(doc, { highlightId }, author);
    if (step.do === 'restore') restoreHighlight(doc, { highlightId }, author);
  } else {
    const noteId = noteOf(n);
    const rank = rankAt(notesView(doc).getSnapshot().items, step.at, random);
    if (step.do === 'rename') renameNote(doc, { noteId, title: `by ${name}` }, author);
    if (step.do === 'move') moveNote(doc, { noteId, rank }, author);
    if (step.do === 'trash') trashNote(doc, { noteId }, author);
    if (step.do === 'restore') restoreNote(doc, { noteId }, author);
  }
}

/** Everything a person can see of a dossier, with its notes' texts. */
function shown(doc: Y.Doc) {
  const lists = {
    pieces: piecesView(doc).getSnapshot(),
    trashedPieces: trashedPiecesView(doc).getSnapshot(),
    notes: notesView(doc).getSnapshot(),
    trashedNotes: trashedNotesView(doc).getSnapshot(),
    highlights: highlightsView(doc).getSnapshot(),
    trashedHighlights: trashedHighlightsView(doc).getSnapshot(),
  };
  const bodies = [...lists.notes.items, ...lists.trashedNotes.items].map((note) => noteBody(doc, note.id)?.toString());
  return { dossier: dossierView(doc).getSnapshot(), ...lists, bodies };
}

function run(history: readonly Step<Action>[]) {
  const replicas = makeReplicas(3);
  const [first] = replicas as [TestReplica];
  createDossier(first.doc, { dossierId: testId(1), title: 'Subventions 2026' }, first.author);
  const ledger: Ledger = {
    added: new Set(),
    undos: new Map(replicas.map((replica) => [replica, makeUndo(replica.doc, dossierUndoable(replica.doc))])),
  };
  play(replicas, history, (replica, step) => act(ledger, replica, step));
  settle(replicas);
  return { replicas, ledger };
}

describe('many devices', () => {
  test('[D4][D5][D23][H2] they show one dossier, and nothing that was added is lost, whatever was undone', () => {
    fc.assert(
      fc.property(histories(action, { replicas: 3 }), (history) => {
        const { replicas, ledger } = run(history);
        const [first, ...others] = replicas.map(({ doc }) => shown(doc));
        for (const other of others) expect(other).toEqual(first);

        const found = [
          first?.pieces,
          first?.trashedPieces,
          first?.notes,
          first?.trashedNotes,
          first?.highlights,
          first?.trashedHighlights,
        ];
        expect(new Set(found.flatMap((list) => [...(list?.byId.keys() ?? [])]))).toEqual(ledger.added);
        for (const list of found) expect(list?.unreadable).toBe(0);
        const lines = slipLines(first?.pieces.items ?? [], first?.trashedPieces.items);
        expect(lines.flatMap(({ versions }) => versions.map(({ id }) => id)).sort()).toEqual(
          [...(first?.pieces.byId.keys() ?? [])].sort(),
        );
        const ranks = first?.pieces.items.map((piece) => piece.rank) ?? [];
        expect(ranks).toEqual([...ranks].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
        return true;
      }),
      { numRuns: 200 },
    );
  });

  test('[D5] example: what a colleague wrote in a note survives its author taking the addition back', () => {
    const [amira, benoit] = makeReplicas(2) as [TestReplica, TestReplica];
    createDossier(amira.doc, { dossierId: testId(1), title: 'Subventions 2026' }, amira.author);
    const undo = makeUndo(amira.doc, dossierUndoable(amira.doc));
    addNote(amira.doc, { noteId: noteOf(1), rank: rankAt([], 0, amira.random), title: '' }, amira.author);
    settle([amira, benoit]);
    noteBody(benoit.doc, noteOf(1))?.insert(0, [new Y.XmlText('trois pages')]);
    undo.undo(amira.author);
    settle([amira, benoit]);

    for (const { doc } of [amira, benoit]) {
      expect(notesView(doc).getSnapshot().items).toEqual([]);
      expect(trashedNotesView(doc).getSnapshot().byId.has(noteOf(1))).toBe(true);
      expect(noteBody(doc, noteOf(1))?.toString()).toBe('trois pages');
    }
    restoreNote(benoit.doc, { noteId: noteOf(1) }, benoit.author);
    expect(notesView(benoit.doc).getSnapshot().items).toHaveLength(1);
  });

  test('[D4] an edit of the dossier leaves no trace outside its own records', () => {
    const { replicas } = run([]);
    const { doc } = replicas[0] as TestReplica;
    expect([...doc.share.keys()].sort()).toEqual(['highlights', 'history', 'meta', 'notes', 'pieces']);
    expect(piecesOf(doc).size + notesOf(doc).size).toBe(0);
  });
});
