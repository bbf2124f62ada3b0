import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { HighlightId, PieceId } from '../../kernel/ids.ts';
import { rankAt } from '../../kernel/rank.ts';
import { makeUndo } from '../../kernel/undo.ts';
import { makeReplicas, type TestReplica, testDraft, testId, tolerateRefusal } from '../../testing/index.ts';
import { createDossier } from '../dossier.operations.ts';
import { dossierUndoable, highlightsOf } from '../dossier.ts';
import { addPiece } from '../piece.operations.ts';
import { anchorText } from './anchorText.ts';
import { addHighlight, commentHighlight, restoreHighlight, trashHighlight } from './highlight.operations.ts';
import { highlightsView, trashedHighlightsView } from './highlight.view.ts';
import { HighlightTarget } from './target.ts';
import { targetAt } from './targetAt.ts';

const pieceId = testId<PieceId>(1);
const highlightId = testId<HighlightId>(2);

function passage(start: number, end: number): HighlightTarget {
  const target = targetAt(anchorText(testDraft().text), { start, end });
  return HighlightTarget.parse(target);
}

function dossier(): TestReplica {
  const [replica] = makeReplicas(1) as [TestReplica];
  createDossier(replica.doc, { dossierId: testId(3), title: 'Subventions 2026' }, replica.author);
  const rank = rankAt([], 0, replica.random);
  addPiece(replica.doc, { pieceId, rank, draft: testDraft() }, replica.author);
  return replica;
}

test('[H1][H2] a highlight is kept with its words, commented, trashed and restored', () => {
  const { doc, author } = dossier();
  addHighlight(doc, { pieceId, highlightId, target: passage(3, 19) }, author);
  const [highlight] = highlightsView(doc).getSnapshot().items;
  expect(highlight).toMatchObject({ pieceId, comment: '', by: author.by, at: author.at });
  expect(highlight?.target).toMatchObject({
    quote: { exact: 'Premier ministre', prefix: 'Le ', suffix: ' décrète :' },
    position: { start: 3, end: 19 },
    path: null,
  });
  commentHighlight(doc, { highlightId, comment: ' À vérifier. ' }, author);
  expect(highlightsView(doc).getSnapshot().items[0]?.comment).toBe('À vérifier.');
  trashHighlight(doc, { highlightId }, author);
  expect(highlightsView(doc).getSnapshot().items).toEqual([]);
  expect(trashedHighlightsView(doc).getSnapshot().items).toHaveLength(1);
  restoreHighlight(doc, { highlightId }, author);
  expect(highlightsView(doc).getSnapshot().items[0]?.comment).toBe('À vérifier.');
});

test('[H2] taking an addition back puts it in the trash, and doing it again takes it out', () => {
  const { doc, author } = dossier();
  const undo = makeUndo(doc, dossierUndoable(doc));
  addHighlight(doc, { pieceId, highlightId, target: passage(0, 2) }, author);
  commentHighlight(doc, { highlightId, comment: 'oui' }, author);
  undo.undo(author);
  expect(highlightsView(doc).getSnapshot().items[0]?.comment).toBe('');
  undo.undo(author);
  expect(trashedHighlightsView(doc).getSnapshot().items).toHaveLength(1);
  undo.redo(author);
  expect(highlightsView(doc).getSnapshot().items).toHaveLength(1);
});

test('[H3] a piece that is not here, no words and too long a comment are refused', () => {
  const { doc, author } = dossier();
  const refused = (step: () => void) => tolerateRefusal(step)?.code;
  const target = passage(0, 2);
  expect(refused(() => addHighlight(doc, { pieceId: testId(9), highlightId, target }, author))).toBe('not-found');
  const wordless = { ...target, quote: { ...target.quote, exact: '' } };
  expect(refused(() => addHighlight(doc, { pieceId, highlightId, target: wordless }, author))).toBe('invalid-input');
  const comment = 'a'.repeat(5_001);
  expect(refused(() => addHighlight(doc, { pieceId, highlightId, target, comment }, author))).toBe('invalid-input');
  expect(refused(() => commentHighlight(doc, { highlightId, comment: '' }, author))).toBe('not-found');
  expect(highlightsOf(doc).size).toBe(0);
});

test('[H3] an unreadable highlight is counted, and those beside it are shown', () => {
  const { doc, author } = dossier();
  addHighlight(doc, { pieceId, highlightId, target: passage(0, 2) }, author);
  highlightsOf(doc).set(testId(8), new Y.Map([['comment', 'sans cible']]));
  const { items, unreadable } = highlightsView(doc).getSnapshot();
  expect([items.length, unreadable]).toEqual([1, 1]);
});
