import {
  AccountId,
  checkPiece,
  createDossier,
  type DossierId,
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
  const pieces = () => piecesView(open.doc).getSnapshot().items;
  const textOf = async (hash: Parameters<typeof replica.blobs.get>[1]) =>
    (await (await replica.blobs.get(open.room, hash))?.text()) ?? null;
  return { replica, open, add, pieces, textOf, stop };
}

const bytesOf = (bytes: Uint8Array): BlobPart => bytes.slice().buffer;

test('[P30] [P31] [P37] a file becomes a piece: its bytes, its true type, its text, and a manifest that holds', async () => {
  const { replica, open, add, pieces, textOf } = await opened();
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
  const digest = async (text: string) => ({ hash: await hashOf(new Blob([text])), bytes: new Blob([text]).size });
  const verdict = await checkPiece(open.doc, piece, {
    digestOf: async (hash) => {
      const blob = await replica.blobs.get(open.room, hash);
      return blob === null ? null : hashOf(blob);
    },
    textOf,
    digest,
    checkSignature: async () => 'unknown-key',
  });
  expect(verdict).toEqual({ kind: 'consistent', receipt: 'none' });
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

test('[P35] the HTML of a message has an inert copy; what it names elsewhere is counted, not fetched', async () => {
  const { add, pieces, textOf } = await opened();
  await add(new File([bytesOf(messageOf())], 'message.eml'));
  const [piece] = pieces();
  expect(piece).toMatchObject({ title: 'Réunion du 4' });
  expect(piece?.missing).toEqual([{ kind: 'image', origin: 'https://suivi.example', count: 1 }]);
  const copy = piece?.snapshot == null ? '' : ((await textOf(piece.snapshot.hash)) ?? '');
  expect(copy).toContain('<b>note</b>');
  expect(copy).not.toMatch(/script>|suivi\.example/);
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
