import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { AccountId, type PieceId } from '../kernel/ids.ts';
import type { Author } from '../kernel/operation.ts';
import { type Rank, rankBetween } from '../kernel/rank.ts';
import { Refusal } from '../kernel/refusal.ts';
import { seededRandomness, testBlob, testDraft, testId } from '../testing/index.ts';
import { blobsOf, piecesOf } from './dossier.ts';
import { piecesView } from './dossier.view.ts';
import { LegalReference } from './legal.ts';
import { addPiece, completePiece, movePiece, trashPiece } from './piece.operations.ts';
import { type Piece, shownSnapshot } from './piece.ts';
import { slipLines, slipNumbers } from './slip.ts';
import { workKeyOf } from './workKey.ts';

const author: Author = { by: AccountId.parse('account-1'), at: 5 };
const random = seededRandomness(3);
const pieceAt = (n: number) => testId<PieceId>(100 + n);

function add(doc: Y.Doc, n: number, more: { versionOf?: PieceId; capturedAt?: number } = {}): void {
  const last = piecesView(doc).getSnapshot().items.at(-1)?.rank ?? null;
  const draft = testDraft({ title: `Pièce ${n}`, capturedAt: more.capturedAt ?? n });
  const versionOf = more.versionOf ?? null;
  addPiece(doc, { pieceId: pieceAt(n), rank: rankBetween(last, null, random), draft, versionOf }, author);
}

const piecesIn = (doc: Y.Doc) => piecesView(doc).getSnapshot();
const pieceIn = (doc: Y.Doc, n: number) => piecesIn(doc).byId.get(pieceAt(n)) as Piece;

describe('parts', () => {
  test('[D20] every part is listed among the blobs, with its type', () => {
    const doc = new Y.Doc();
    const typed = (n: number, type: string) => ({ ...testBlob(n), type });
    const parts = {
      snapshot: testBlob(1),
      screenshot: {
        width: 1280,
        height: 800,
        ratio: 2,
        top: 0,
        tiles: [{ ...typed(2, 'image/png'), top: 0, height: 800 }],
      },
      original: { ...typed(3, 'application/pdf'), name: 'circulaire.pdf' },
      manifest: testBlob(4),
    };
    const resources = [typed(5, 'image/webp'), typed(6, 'text/css')];
    addPiece(doc, { pieceId: pieceAt(0), rank: 'a0' as Rank, draft: testDraft(), parts, resources }, author);
    expect(pieceIn(doc, 0)).toMatchObject(parts);
    const types = [1, 2, 3, 4, 5, 6].map((n) => (blobsOf(doc).get(testBlob(n).hash) as { type: string }).type);
    expect(types).toEqual(['text/html', 'image/png', 'application/pdf', 'application/json', 'image/webp', 'text/css']);
  });

  test('[D20] a record of an older version reads as a page, and a file from the disk has no address', () => {
    const doc = new Y.Doc();
    const { kind, canonical, work, coverage, text, ...older } = testDraft();
    const record = new Y.Map(Object.entries({ ...older, rank: 'a0', capturedBy: author.by, snapshot: null }));
    piecesOf(doc).set(pieceAt(0), record);
    const draft = testDraft({ kind: 'document', url: null, site: '' });
    addPiece(doc, { pieceId: pieceAt(1), rank: 'a1' as Rank, draft }, author);
    expect(pieceIn(doc, 0)).toMatchObject({ kind: 'page', canonical: null, work: null, versionOf: null });
    expect(pieceIn(doc, 1)).toMatchObject({ kind: 'document', url: null });
    expect(piecesIn(doc).unreadable).toBe(0);
  });

  test('[D22] a completed snapshot is shown, and the first one stays', () => {
    const doc = new Y.Doc();
    const missing = [{ kind: 'image' as const, origin: 'https://cdn.example', count: 3 }];
    const parts = { snapshot: testBlob(1) };
    addPiece(doc, { pieceId: pieceAt(0), rank: 'a0' as Rank, draft: testDraft({ missing }), parts }, author);
    expect(shownSnapshot(pieceIn(doc, 0))).toEqual({ snapshot: testBlob(1), missing });
    completePiece(doc, { pieceId: pieceAt(0), completion: { snapshot: testBlob(2), missing: [] } }, author);
    expect(shownSnapshot(pieceIn(doc, 0))).toEqual({ snapshot: testBlob(2), missing: [] });
    expect(pieceIn(doc, 0)).toMatchObject({ snapshot: testBlob(1), missing, completion: { by: author.by, at: 5 } });
    expect(blobsOf(doc).has(testBlob(2).hash)).toBe(true);
  });
});

describe('versions', () => {
  test('[D23] a later version names the first, whichever version it was added to', () => {
    const doc = new Y.Doc();
    add(doc, 0);
    add(doc, 1, { versionOf: pieceAt(0) });
    add(doc, 2, { versionOf: pieceAt(1) });
    expect(pieceIn(doc, 2).versionOf).toBe(pieceAt(0));
    expect(() => add(doc, 3, { versionOf: pieceAt(3) })).toThrow(Refusal);
  });

  test('[D23] one line a work, its latest capture first to read, in the order of capture', () => {
    const doc = new Y.Doc();
    add(doc, 0, { capturedAt: 10 });
    add(doc, 1);
    add(doc, 2, { versionOf: pieceAt(0), capturedAt: 30 });
    add(doc, 3, { versionOf: pieceAt(0), capturedAt: 20 });
    const lines = slipLines(piecesIn(doc).items);
    expect(lines.map(({ number, latest, versions }) => [number, latest.id, versions.map(({ id }) => id)])).toEqual([
      [1, pieceAt(2), [pieceAt(0), pieceAt(3), pieceAt(2)]],
      [2, pieceAt(1), [pieceAt(1)]],
    ]);
    expect(slipNumbers(lines).get(pieceAt(3))).toEqual({ number: 1, version: 2 });
    expect(slipNumbers(lines).get(pieceAt(1))).toEqual({ number: 2, version: null });
  });

  test('[D23] versions added where the first was not known, and links in a ring, still make one line each', () => {
    const doc = new Y.Doc();
    add(doc, 1, { versionOf: pieceAt(0) });
    const apart = new Y.Doc();
    add(apart, 2, { versionOf: pieceAt(1) });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(apart));
    expect(slipLines(piecesIn(doc).items)).toHaveLength(1);
    const ring = [1, 2, 3].map((n) => ({ ...pieceIn(doc, 1), id: pieceAt(n), versionOf: pieceAt((n % 3) + 1) }));
    expect(slipLines(ring)).toHaveLength(1);
  });

  test('[D23] a line is where its oldest version is, wherever a later one was put', () => {
    const doc = new Y.Doc();
    for (const n of [0, 1]) add(doc, n, { capturedAt: 10 + n });
    add(doc, 2, { versionOf: pieceAt(0), capturedAt: 30 });
    movePiece(
      doc,
      { pieceId: pieceAt(0), rank: rankBetween(piecesIn(doc).items.at(-1)?.rank ?? null, null, random) },
      author,
    );
    expect(slipLines(piecesIn(doc).items).map(({ latest }) => latest.id)).toEqual([pieceAt(1), pieceAt(2)]);
  });

  test('[D23] with its first version in the trash, the others keep their line', () => {
    const doc = new Y.Doc();
    for (const n of [0, 1]) add(doc, n);
    add(doc, 2, { versionOf: pieceAt(0) });
    add(doc, 3, { versionOf: pieceAt(2) });
    trashPiece(doc, { pieceId: pieceAt(0) }, author);
    expect(slipLines(piecesIn(doc).items).map(({ versions }) => versions.map(({ id }) => id))).toEqual([
      [pieceAt(1)],
      [pieceAt(2), pieceAt(3)],
    ]);
  });
});

describe('works', () => {
  const legal = (parts: LegalReference) => LegalReference.parse(parts);
  const read = <T>(value: T) => ({ value, from: 'url' as const });
  const law = (name: string) => legal({ kind: read('code'), legifrance: [read(name)] });
  const article = (number: string, version: string) =>
    legal({
      kind: read('article'),
      number: read(number),
      legifrance: [read('LEGITEXT000031366350'), read(version)],
    });

  test('[D21] a consolidated text and its base act are one work', () => {
    const base = workKeyOf({ url: 'https://a.example', legal: legal({ celex: read('32016R0679') }) });
    expect(base).toBe('celex:32016R0679');
    expect(workKeyOf({ url: null, legal: legal({ celex: read('02016R0679-20160504') }) })).toBe(base);
    expect(workKeyOf({ url: null, legal: legal({ celex: read('32016R0680') }) })).not.toBe(base);
  });

  test('[D21] two versions of an article are one work, two articles never', () => {
    const first = workKeyOf({ url: null, legal: article('L. 212-3', 'LEGIARTI000031367722') });
    expect(workKeyOf({ url: null, legal: article('L212-3', 'LEGIARTI000049999999') })).toBe(first);
    expect(workKeyOf({ url: null, legal: article('L. 212-4', 'LEGIARTI000031367722') })).not.toBe(first);
    expect(workKeyOf({ url: null, legal: law('LEGITEXT000031366350') })).not.toBe(first);
  });

  test('[D21] an address without what only tracks, scrolls or signs in', () => {
    const of = (url: string) => workKeyOf({ url, legal: null });
    const plain = of('https://intranet.example/note?id=4&page=2');
    expect(of('https://a:b@intranet.example/note?page=2&utm_source=x&id=4&fbclid=y#part')).toBe(plain);
    expect(of('https://intranet.example/note?id=5&page=2')).not.toBe(plain);
    expect(workKeyOf({ url: null, legal: null })).toBeNull();
  });
});
