import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { HighlightId, PieceId } from '../../kernel/ids.ts';
import { rankAt } from '../../kernel/rank.ts';
import { makeUndo } from '../../kernel/undo.ts';
import { makeReplicas, settle, type TestReplica, testDraft, testId, tolerateRefusal } from '../../testing/index.ts';
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

test('[H1] a passage is told by 32 characters either side, and by no half of one', () => {
  const text = `${'avant '.repeat(9)}passage${' après'.repeat(9)}`;
  const at = (blocks: string) => {
    const whole = anchorText([{ kind: 'paragraph', text: blocks }]);
    const start = whole.text.indexOf('passage');
    return HighlightTarget.parse(targetAt(whole, { start, end: start + 'passage'.length }));
  };
  const { quote } = at(text);
  const [prefix, suffix] = ['t avant avant avant avant avant ', ' après après après après après a'];
  expect(quote).toEqual({ exact: 'passage', prefix, suffix });
  const halved = at(`${'x'.repeat(3)}\u{1f600}${'x'.repeat(31)}passage${'x'.repeat(31)}\u{1f600}`).quote;
  expect([halved.prefix, halved.suffix]).toEqual(['x'.repeat(31), 'x'.repeat(31)]);
});

test('[H2] highlights of one passage, made at the same moment on two devices, are in one order on both', () => {
  const [here, there] = makeReplicas(2) as [TestReplica, TestReplica];
  addPiece(here.doc, { pieceId, rank: rankAt([], 0, here.random), draft: testDraft() }, here.author);
  settle([here, there]);
  const ids = ({ doc }: TestReplica) =>
    highlightsView(doc)
      .getSnapshot()
      .items.map(({ id }) => id);
  expect([ids(here), ids(there)]).toEqual([[], []]);
  const add = ({ doc, author }: TestReplica, n: number, start: number) =>
    addHighlight(
      doc,
      { pieceId, highlightId: testId<HighlightId>(n), target: passage(start, 19) },
      { ...author, at: 5 },
    );
  for (const n of [20, 22, 24]) add(here, n, 3);
  for (const n of [21, 23, 25]) add(there, n, 3);
  add(there, 26, 0);
  settle([here, there]);
  expect(ids(there)).toEqual(ids(here));
  expect(ids(here)[0]).toBe(testId(26));
  expect(ids(here)).toHaveLength(7);
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
  const long = { ...target, quote: { ...target.quote, exact: 'a'.repeat(20_001) } };
  expect(refused(() => addHighlight(doc, { pieceId, highlightId, target: long }, author))).toBe('invalid-input');
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
