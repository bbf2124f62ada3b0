import {
  AccountId,
  checkPiece,
  createDossier,
  type DossierId,
  type Piece,
  piecesView,
  pieceText,
  readManifest,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { hashOf } from '@liasse/core/replica';
import { seededRandomness, testId } from '@liasse/core/testing';
import { expect, test } from 'vitest';
import { TEST_TEAM } from '../../testing/memoryPlatform.ts';
import { makeMemoryReplica } from '../../testing/memoryReplica.ts';
import { addFile } from './addFile.ts';
import { copyHtml } from './htmlCopy.ts';
import { readFile } from './read/readFile.ts';
import { docxOf, messageOf } from './testing/madeFiles.ts';

const dossierId = testId<DossierId>(1);

async function opened() {
  const replica = makeMemoryReplica(
    { server: 'local', account: AccountId.parse('account-amira'), generation: 1 },
    { clock: { now: () => 5 } },
  );
  const open = replica.open(dossierRoom(TEST_TEAM, dossierId));
  await open.loaded;
  open.run(createDossier, { dossierId, title: 'Subventions' });
  const random = seededRandomness(3);
  const stop = new AbortController();
  const add = (file: File) =>
    addFile(
      file,
      {
        open,
        blobs: replica.blobs,
        read: async (blob, { signal }) => readFile(new Uint8Array(await blob.arrayBuffer()), { signal }),
        random,
        now: () => 1_900_000_000_000,
        software: 'Liasse',
      },
      { signal: stop.signal, report: () => {} },
    );
  /** What *Vérifier* finds. */
  const check = async (piece: Piece) =>
    checkPiece(open.doc, piece, {
      digestOf: async (hash) => {
        const blob = await replica.blobs.get(open.room, hash);
        return blob === null ? null : hashOf(blob);
      },
      textOf,
      digest: async (text) => ({ hash: await hashOf(new Blob([text])), bytes: new Blob([text]).size }),
      checkSignature: async () => 'unknown-key',
    });
  const pieces = () => piecesView(open.doc).getSnapshot().items;
  const textOf = async (hash: Parameters<typeof replica.blobs.get>[1]) =>
    (await (await replica.blobs.get(open.room, hash))?.text()) ?? null;
  return { replica, open, add, pieces, textOf, check, stop };
}

const bytesOf = (bytes: Uint8Array): BlobPart => bytes.slice().buffer;

test('[P30] [P31] [P37] a file becomes a piece: its bytes, its true type, its text, and a manifest that holds', async () => {
  const { open, add, pieces, textOf, check } = await opened();
  const bytes = docxOf(['<w:p><w:r><w:t>Le préfet instruit la demande.</w:t></w:r></w:p>'], { title: 'Circulaire' });
  const file = new File([bytesOf(bytes)], 'circulaire.pdf', { type: 'application/pdf' });
  const id = await add(file);
  const [piece] = pieces();
  expect(piece).toMatchObject({ id, kind: 'document', title: 'Circulaire', url: null });
  expect(piece?.original).toMatchObject({
    hash: await hashOf(file),
    bytes: bytes.length,
    name: 'circulaire.pdf',
    type: expect.stringMatching(/wordprocessingml/),
    reading: 'whole',
  });
  expect(pieceText(open.doc, id)).toMatchObject({ blocks: [{ text: 'Le préfet instruit la demande.' }] });
  if (piece?.manifest == null) throw new Error('no manifest');
  expect(readManifest((await textOf(piece.manifest.hash)) ?? '')?.resources.map(({ role }) => role)).toEqual([
    'text',
    'original',
  ]);
  expect(await check(piece)).toEqual({ kind: 'consistent', receipt: 'none' });
});

test('[P33] what cannot be read is kept, with why; what is empty or too large is refused, and nothing is added', async () => {
  const { add, pieces } = await opened();
  await add(new File(['%PDF-1.7 tronqué'], 'note.pdf'));
  await add(new File([Uint8Array.of(0, 1, 2)], 'données.bin'));
  expect(pieces().map(({ original }) => original?.reading)).toEqual(['broken', 'unknown']);
  await expect(add(new File([], 'vide.pdf'))).rejects.toMatchObject({ code: 'invalid-input' });
  const large = new File(['x'], 'film.avi');
  Object.defineProperty(large, 'size', { value: 101 * 1024 * 1024 });
  await expect(add(large)).rejects.toMatchObject({ code: 'too-large' });
  expect(pieces()).toHaveLength(2);
});

test('[P38] a file that is stopped leaves nothing in the dossier', async () => {
  const { add, pieces, stop } = await opened();
  stop.abort();
  await expect(add(new File(['texte'], 'note.txt'))).rejects.toMatchObject({ code: 'cancelled' });
  expect(pieces()).toEqual([]);
});

test('[P38] stopped at any moment before it is added, nothing of it is in the dossier', async () => {
  for (let nth = 1; ; nth++) {
    const { replica, add, pieces, stop } = await opened();
    const put = replica.blobs.put;
    let stored = 0;
    replica.blobs.put = async (...input) => {
      stored += 1;
      if (stored === nth) stop.abort();
      return put(...input);
    };
    const end = await add(new File([bytesOf(messageOf())], 'message.eml')).catch((error) => error.code);
    if (stored < nth) {
      // Its bytes, its copy and its manifest.
      expect([stored, pieces().length]).toEqual([3, 1]);
      return;
    }
    expect([end, pieces()], `stopped at ${nth}`).toEqual(['cancelled', []]);
  }
});

test('[P31] [P37] an HTML page from the disk has its text, its copy and a manifest over both', async () => {
  const { open, add, pieces, check } = await opened();
  const id = await add(new File(['<!doctype html><title>Avis</title><p>Un texte.</p>'], 'avis.html'));
  const [piece] = pieces();
  expect(piece).toMatchObject({ title: 'Avis', original: { type: 'text/html', reading: 'whole' } });
  expect(pieceText(open.doc, id)).toMatchObject({ blocks: [{ text: 'Un texte.' }] });
  expect(piece?.snapshot).not.toBeNull();
  expect(await check(piece as Piece)).toEqual({ kind: 'consistent', receipt: 'none' });
});

test('[P35] all that a page names elsewhere is counted, by kind and site', () => {
  const { missing } =
    copyHtml(`<link rel="stylesheet" href="https://cdn.example/a.css"><img src="https://cdn.example/a.png">
    <img src="https://cdn.example/b.png"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><iframe src="https://autre.example/"></iframe>
    <video src="film.mp4"></video><object data="https://autre.example/x.pdf"></object>`);
  expect(missing).toEqual([
    { kind: 'image', origin: 'https://cdn.example', count: 2 },
    { kind: 'frame', origin: 'https://autre.example', count: 2 },
    { kind: 'style', origin: 'https://cdn.example', count: 1 },
    { kind: 'media', origin: null, count: 1 },
  ]);
});

test('[P35] [P37] the HTML of a message has an inert copy; what it names elsewhere is counted, not fetched', async () => {
  const { add, pieces, textOf, check } = await opened();
  await add(new File([bytesOf(messageOf())], 'message.eml'));
  const [piece] = pieces();
  expect(piece).toMatchObject({ title: 'Réunion du 4' });
  expect(piece?.missing).toEqual([{ kind: 'image', origin: 'https://suivi.example', count: 1 }]);
  const copy = piece?.snapshot == null ? '' : ((await textOf(piece.snapshot.hash)) ?? '');
  expect(copy).toContain('<b>note</b>');
  expect(copy).not.toMatch(/script>|suivi\.example/);
  expect(await check(piece as Piece)).toEqual({ kind: 'consistent', receipt: 'none' });
});

test('[P31] [P35] an HTML page is read in its order, and its scripts are none of it', () => {
  const { blocks, title, language, html } = copyHtml(`<html lang="fr"><title>Avis</title><body onload="x()">
    <h2>Objet</h2><p>Un <b>texte</b> suivi.</p>brut<ul><li>un<ul><li>deux</li></ul></li></ul>
    <table><tr><th>A</th></tr><tr><td>B</td></tr></table><p>Fin.</p><script>non()</script></body></html>`);
  expect({ title, language }).toEqual({ title: 'Avis', language: 'fr' });
  expect(blocks).toEqual([
    { kind: 'heading', level: 2, text: 'Objet' },
    { kind: 'paragraph', text: 'Un texte suivi.' },
    { kind: 'paragraph', text: 'brut' },
    { kind: 'item', depth: 0, marker: null, text: 'un' },
    { kind: 'item', depth: 1, marker: null, text: 'deux' },
    { kind: 'row', header: true, cells: ['A'] },
    { kind: 'row', header: false, cells: ['B'] },
    { kind: 'paragraph', text: 'Fin.' },
  ]);
  expect(html).not.toMatch(/onload|non\(\)/);
});
