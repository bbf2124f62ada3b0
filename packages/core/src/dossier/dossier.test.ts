import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { metaOf } from '../kernel/document.ts';
import { historyView } from '../kernel/history.ts';
import { AccountId, type DossierId, type NoteId, type PieceId } from '../kernel/ids.ts';
import type { Author } from '../kernel/operation.ts';
import { type Rank, rankAt } from '../kernel/rank.ts';
import { Refusal } from '../kernel/refusal.ts';
import { seededRandomness, testBlob, testDraft, testId } from '../testing/index.ts';
import {
  createDossier,
  renameDossier,
  restoreDossier,
  setDossierDeadline,
  trashDossier,
} from './dossier.operations.ts';
import { blobsOf, notesOf, piecesOf } from './dossier.ts';
import { dossierView, noteBody, notesView, piecesView, pieceText, trashedPiecesView } from './dossier.view.ts';
import { addNote } from './note.operations.ts';
import { addPiece, movePiece, renamePiece, restorePiece, SNAPSHOT_TYPE, trashPiece } from './piece.operations.ts';
import { TEXT_BLOB_TYPE, type TextBlock, TextLimits } from './text.ts';

const author: Author = { by: AccountId.parse('account-1'), at: 5 };
const random = seededRandomness(7);
const dossierId = testId<DossierId>(1);

const pieceAt = (n: number) => testId<PieceId>(100 + n);
const noteId = testId<NoteId>(200);

/** A dossier of `count` pieces, in the order of their numbers. */
function dossierOf(count: number): Y.Doc {
  const doc = new Y.Doc();
  createDossier(doc, { dossierId, title: 'Subventions 2026' }, author);
  for (let n = 0; n < count; n++) add(doc, n);
  return doc;
}

function add(doc: Y.Doc, n: number): void {
  const rank = rankAt(piecesView(doc).getSnapshot().items, n, random);
  addPiece(doc, { pieceId: pieceAt(n), rank, draft: testDraft({ title: `Pièce ${n}` }) }, author);
}

const titles = (doc: Y.Doc) =>
  piecesView(doc)
    .getSnapshot()
    .items.map((piece) => piece.title);

function refusalOf(step: () => void): string {
  try {
    step();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('the dossier itself', () => {
  test('[D1] its meta says what it is', () => {
    const doc = dossierOf(0);
    setDossierDeadline(doc, { deadline: '2026-12-18' }, author);
    expect(dossierView(doc).getSnapshot()).toEqual({
      kind: 'readable',
      dossier: {
        kind: 'dossier',
        id: dossierId,
        title: 'Subventions 2026',
        createdAt: 5,
        createdBy: author.by,
        deadline: '2026-12-18',
        restricted: false,
        trashed: null,
      },
    });
    setDossierDeadline(doc, { deadline: null }, author);
    renameDossier(doc, { title: '  Subventions 2027 ' }, author);
    trashDossier(doc, {}, author);
    expect(dossierView(doc).getSnapshot()).toMatchObject({
      dossier: { title: 'Subventions 2027', deadline: null, trashed: { by: author.by, at: 5 } },
    });
    restoreDossier(doc, {}, author);
    expect(dossierView(doc).getSnapshot()).toMatchObject({ dossier: { trashed: null } });
    expect(
      historyView(doc)
        .getSnapshot()
        .map((line) => line.code),
    ).toEqual([
      'dossier.create',
      'dossier.setDeadline',
      'dossier.setDeadline',
      'dossier.rename',
      'dossier.trash',
      'dossier.restore',
    ]);
  });

  test('[D1] it is created once, and what is not here cannot be changed', () => {
    expect(refusalOf(() => createDossier(dossierOf(0), { dossierId, title: 'Encore' }, author))).toBe('already-exists');
    const nothing = new Y.Doc();
    expect(dossierView(nothing).getSnapshot()).toEqual({ kind: 'absent' });
    expect(refusalOf(() => renameDossier(nothing, { title: 'x' }, author))).toBe('not-found');
    expect(refusalOf(() => trashDossier(nothing, {}, author))).toBe('not-found');
    expect(refusalOf(() => setDossierDeadline(nothing, { deadline: null }, author))).toBe('not-found');
  });

  test('[D1] a meta that cannot be read is said to be so', () => {
    const doc = dossierOf(0);
    metaOf(doc).set('title', 12);
    expect(dossierView(doc).getSnapshot()).toEqual({ kind: 'unreadable' });
  });
});

describe('pieces', () => {
  test('[D2] numbers follow the order, moves included, and skip what is in the trash', () => {
    const doc = dossierOf(4);
    expect(titles(doc)).toEqual(['Pièce 0', 'Pièce 1', 'Pièce 2', 'Pièce 3']);

    const others = piecesView(doc)
      .getSnapshot()
      .items.filter((piece) => piece.id !== pieceAt(3));
    movePiece(doc, { pieceId: pieceAt(3), rank: rankAt(others, 1, random) }, author);
    expect(titles(doc)).toEqual(['Pièce 0', 'Pièce 3', 'Pièce 1', 'Pièce 2']);

    trashPiece(doc, { pieceId: pieceAt(0) }, author);
    expect(titles(doc)).toEqual(['Pièce 3', 'Pièce 1', 'Pièce 2']);
  });

  test('[D12] a trashed piece comes back with its title, place and text', () => {
    const doc = dossierOf(3);
    trashPiece(doc, { pieceId: pieceAt(1) }, author);
    expect(
      trashedPiecesView(doc)
        .getSnapshot()
        .items.map((piece) => [piece.title, piece.trashed]),
    ).toEqual([['Pièce 1', { by: author.by, at: 5 }]]);
    renamePiece(doc, { pieceId: pieceAt(1), title: 'Pièce une' }, author);
    restorePiece(doc, { pieceId: pieceAt(1) }, author);
    expect(titles(doc)).toEqual(['Pièce 0', 'Pièce une', 'Pièce 2']);
    expect(pieceText(doc, pieceAt(1))).toEqual({ kind: 'inline', blocks: testDraft().text });
  });

  test('[D3] a piece can be added where nothing has arrived yet, and meets the rest later', () => {
    const clipped = new Y.Doc();
    add(clipped, 9);
    const whole = dossierOf(2);
    Y.applyUpdate(whole, Y.encodeStateAsUpdate(clipped));
    Y.applyUpdate(clipped, Y.encodeStateAsUpdate(whole));
    expect(titles(whole)).toHaveLength(3);
    expect(titles(clipped)).toEqual(titles(whole));
    expect(dossierView(clipped).getSnapshot()).toMatchObject({ dossier: { title: 'Subventions 2026' } });
  });

  test('[D3] everything of the draft is kept, and who took it', () => {
    const doc = dossierOf(0);
    const draft = testDraft({ missing: [{ kind: 'image', origin: 'https://cdn.example', count: 4 }] });
    addPiece(doc, { pieceId: pieceAt(0), rank: 'a0' as Rank, draft, parts: { snapshot: testBlob(1) } }, author);
    const { text, ...identity } = draft;
    expect(piecesView(doc).getSnapshot().byId.get(pieceAt(0))).toEqual({
      ...identity,
      id: pieceAt(0),
      rank: 'a0',
      capturedBy: author.by,
      snapshot: testBlob(1),
      screenshot: null,
      original: null,
      manifest: null,
      versionOf: null,
      completion: null,
      hasForm: false,
      template: null,
      trashed: null,
    });
    expect(pieceText(doc, pieceAt(0))).toEqual({ kind: 'inline', blocks: text });
  });

  test('[D3] the same piece is not added twice', () => {
    const doc = dossierOf(1);
    expect(refusalOf(() => add(doc, 0))).toBe('already-exists');
    expect(refusalOf(() => trashPiece(doc, { pieceId: pieceAt(8) }, author))).toBe('not-found');
  });

  test('[D9][D10] a long text must come as a blob, and the document lists its blobs', () => {
    const doc = dossierOf(0);
    const long: TextBlock = { kind: 'paragraph', text: 'a'.repeat(TextLimits.inlineCharacters) };
    const input = {
      pieceId: pieceAt(0),
      rank: 'a0' as Rank,
      draft: testDraft({ text: [long] }),
      parts: { snapshot: testBlob(1) },
    };
    const before = Y.encodeStateAsUpdate(doc);
    expect(refusalOf(() => addPiece(doc, { ...input, text: null }, author))).toBe('too-large');
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);

    addPiece(doc, { ...input, text: testBlob(2) }, author);
    expect(pieceText(doc, pieceAt(0))).toEqual({ kind: 'blob', blob: testBlob(2) });
    expect(blobsOf(doc).toJSON()).toEqual({
      [testBlob(1).hash]: { type: SNAPSHOT_TYPE, bytes: 1001 },
      [testBlob(2).hash]: { type: TEXT_BLOB_TYPE, bytes: 1002 },
    });
    expect(Y.encodeStateAsUpdate(doc).byteLength).toBeLessThan(2000);
  });
});

describe('what cannot be read, and what is not read', () => {
  test('[D6] broken pieces and notes are counted, and their neighbours shown', () => {
    const doc = dossierOf(2);
    piecesOf(doc).set(pieceAt(7), 'not a record');
    (piecesOf(doc).get(pieceAt(0)) as Y.Map<unknown>).set('capturedAt', 'yesterday');
    notesOf(doc).set(noteId, new Y.Map([['title', 3]]));
    expect(piecesView(doc).getSnapshot()).toMatchObject({ unreadable: 2, items: [{ title: 'Pièce 1' }] });
    expect(notesView(doc).getSnapshot()).toMatchObject({ unreadable: 1, items: [] });
    (piecesOf(doc).get(pieceAt(1)) as Y.Map<unknown>).set('text', { kind: 'hologram' });
    expect(titles(doc)).toEqual(['Pièce 1']);
    expect(pieceText(doc, pieceAt(1))).toBeNull();
    expect(pieceText(doc, pieceAt(9))).toBeNull();
  });

  test('[D7][D8] a note is born with its body, and a keystroke in it notifies no list', () => {
    const doc = dossierOf(0);
    addNote(doc, { noteId, rank: 'a0' as Rank, title: '' }, author);
    const before = notesView(doc).getSnapshot();
    expect(before.items).toEqual([
      { id: noteId, rank: 'a0', title: '', createdAt: 5, createdBy: author.by, trashed: null },
    ]);
    let notified = 0;
    notesView(doc).subscribe(() => notified++);
    const body = noteBody(doc, noteId);
    body?.insert(0, [new Y.XmlText('Appeler la direction du budget')]);
    expect(body?.toString()).toBe('Appeler la direction du budget');
    expect(notified).toBe(0);
    expect(notesView(doc).getSnapshot()).toBe(before);
    expect(noteBody(doc, testId<NoteId>(999))).toBeNull();
  });
});
