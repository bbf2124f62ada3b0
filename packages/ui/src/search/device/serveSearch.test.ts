// @vitest-environment node
// A worker has no page either; and jsdom’s Uint8Array is not the one that structured clones are made of.
import {
  addNote,
  addPiece,
  adoptPiece,
  type BlobHash,
  createDossier,
  type DossierId,
  encodeText,
  leavingPiece,
  type NoteId,
  renamePiece,
  type TeamId,
  trashDossier,
  trashPiece,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { testDraft, testId } from '@liasse/core/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { TEAM } from '../testing/searchDevice.ts';
import { addText, dossierId, keyAt, makeDossier, paragraph, pieceAt, rank, room } from '../testing/searchDossier.ts';

describe('the search of a team on a device', () => {
  test('[X15] everything that is held is found, with the words marked and where it is', async () => {
    const device = await makeDossier(['Le décret fixe le plafond.', 'Une circulaire.']);
    const search = device.search();
    await search.ready();
    expect(await search.find('decr')).toEqual([keyAt(0)]);
    expect(await search.find('subventions')).toEqual([`dossier/${dossierId}`]);
    await search.find('plafond');
    await device.settle();
    expect(search.snippet(keyAt(0))).toBe('Le décret fixe le [plafond].');
    const all = search.said.findLast((message) => message.kind === 'all');
    expect(all?.kind === 'all' && all.hits[0]).toMatchObject({
      title: [{ text: 'Pièce 0', isMarked: false }],
      within: { kind: 'dossier', id: dossierId, title: 'Subventions 2026' },
    });
  });

  test('[X15] a change is found once it is durable, and only what changed is read again', async () => {
    const device = await makeDossier(['Un texte.', 'Un autre.']);
    const search = device.search();
    await search.ready();
    device.shelf.stored.clear();
    await device.run(room, renamePiece, { pieceId: pieceAt(1), title: 'Arrêté' });
    await device.settle();
    expect(await search.find('arrete')).toEqual([keyAt(1)]);
    expect([...device.shelf.stored.keys()]).toEqual([keyAt(1)]);
  });

  test('[X15] a long text is read from its blob, of this device alone, as soon as it is there', async () => {
    const device = await makeDossier([]);
    const blob = { hash: 'ab'.repeat(32) as BlobHash, bytes: 9 };
    await device.run(room, addPiece, { pieceId: pieceAt(0), rank, draft: testDraft({ text: [] }), text: blob });
    const search = device.search();
    await search.ready();
    expect(await search.find('liasse')).toEqual([]);
    await device.page.store.putBlob(blob.hash, new Blob([encodeText(paragraph('Une liasse.'))]), null);
    await device.run(room, addNote, { noteId: testId<NoteId>(9), rank, title: 'Note' });
    await device.settle();
    expect(await search.find('liasse')).toEqual([keyAt(0)]);
  });

  test('[X13] what is in the trash is found there and nowhere else', async () => {
    const device = await makeDossier(['Un décret.', 'Un décret.']);
    const search = device.search();
    await search.ready();
    await device.run(room, trashPiece, { pieceId: pieceAt(0) });
    await device.settle();
    const inTrash = { filters: { kind: null, group: null, year: null, trashed: true } };
    expect(await search.find('décret')).toEqual([keyAt(1)]);
    expect(await search.find('décret', inTrash)).toEqual([keyAt(0)]);
    await device.run(room, trashDossier, {});
    await device.settle();
    expect(await search.find('décret')).toEqual([]);
    expect(await search.find('décret', inTrash)).toHaveLength(2);
  });

  test('[X13] a piece that was moved is found where it is, and not in the trash of where it was', async () => {
    const device = await makeDossier(['Un décret.']);
    const other = testId<DossierId>(3);
    await device.run(dossierRoom(TEAM, other), createDossier, { dossierId: other, title: 'Autre dossier' });
    const search = device.search();
    await search.ready();
    const { fields } = leavingPiece(device.doc(room) as Y.Doc, pieceAt(0));
    await device.run(dossierRoom(TEAM, other), adoptPiece, {
      pieceId: pieceAt(0),
      rank,
      fields,
      receipts: [],
      highlights: [],
      blobs: [],
    });
    await device.run(room, trashPiece, { pieceId: pieceAt(0) });
    await device.settle();
    expect(await search.find('décret')).toEqual([keyAt(0)]);
    search.kill();
    const next = device.search();
    await next.ready();
    expect(await next.find('décret')).toEqual([keyAt(0)]);
    const all = next.said.findLast((message) => message.kind === 'all');
    expect(all?.kind === 'all' && all.hits[0]?.within?.id).toBe(other);
  });

  test('[X14] of another team nothing is found', async () => {
    const device = await makeDossier(['Un décret.']);
    const other = dossierRoom(testId<TeamId>(7), testId<DossierId>(8));
    await device.run(other, addPiece, {
      pieceId: pieceAt(5),
      rank,
      draft: testDraft({ text: paragraph('Un décret secret.') }),
    });
    const search = device.search();
    await search.ready();
    expect(await search.find('secret')).toEqual([]);
    expect([...device.shelf.stored.keys()]).not.toContain(keyAt(5));
  });

  test('[X14] once the scope is being erased nothing more is written', async () => {
    const device = await makeDossier(['Un décret.']);
    const search = device.search();
    await search.ready();
    device.channel.post({ kind: 'erased' });
    device.shelf.stored.clear();
    device.shelf.kept = [];
    await addText(device, 3, 'Un autre.');
    await device.settle();
    expect([device.shelf.kept, device.shelf.stored.size]).toEqual([[], 0]);
  });
});

describe('what is kept', () => {
  test('[X16] a context that dies at any moment costs nothing but time', async () => {
    const texts = Array.from({ length: 12 }, (_, n) => `Texte numéro${n} du décret.`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 3 }), async (deaths) => {
        const device = await makeDossier(texts);
        for (const dieAfterRests of deaths) {
          const search = device.search({ dieAfterRests });
          await search.ready();
          search.kill();
        }
        const search = device.search();
        await search.ready();
        expect(await search.find('décret')).toHaveLength(12);
        expect(await search.find('numero7')).toEqual([keyAt(7)]);
        await device.settle();
        expect(search.snippet(keyAt(7))).toBe('Texte [numéro7] du décret.');
        search.kill();
      }),
      { numRuns: 15 },
    );
  });

  test('[X16] the next start reads nothing again that was kept', async () => {
    const device = await makeDossier(['Un décret.', 'Un autre.']);
    const first = device.search();
    await first.ready();
    first.kill();
    device.shelf.stored.clear();
    const second = device.search();
    await second.ready();
    expect(await second.find('decret')).toEqual([keyAt(0)]);
    expect(device.shelf.stored.size).toBe(0);
  });

  test('[X9] a broken segment is refused, and what it held is indexed again', async () => {
    const device = await makeDossier(['Un décret.', 'Un autre.']);
    const first = device.search();
    await first.ready();
    first.kill();
    device.shelf.kept = device.shelf.kept.map((segment) => ({ ...segment, bytes: segment.bytes.slice(0, -1) }));
    const second = device.search();
    await second.ready();
    expect(await second.find('decret')).toEqual([keyAt(0)]);
    second.kill();
    const third = device.search();
    await third.ready();
    expect(await third.find('autre')).toEqual([keyAt(1)]);
  });

  test('[X16] a context that dies before its texts are kept has kept no index either: all is indexed again', async () => {
    const device = await makeDossier(['Le décret fixe le plafond.']);
    const { putTexts } = device.shelf;
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    device.shelf.putTexts = () => {
      isAsked();
      return new Promise(() => {});
    };
    const first = device.search();
    await asked;
    first.kill();
    device.shelf.putTexts = putTexts;
    const second = device.search();
    await second.ready();
    await second.find('plafond');
    await device.settle();
    expect(second.snippet(keyAt(0))).toBe('Le décret fixe le [plafond].');
  });

  test('[X16] of two contexts the one that reads writes nothing of the index, until the other is gone', async () => {
    const device = await makeDossier(['Un décret.']);
    const [writer, reader] = [device.search(), device.search()];
    await Promise.all([writer.ready(), reader.ready()]);
    const { keep } = device.shelf;
    let written = 0;
    device.shelf.keep = async (segments) => {
      written += 1;
      await keep.call(device.shelf, segments);
    };
    await addText(device, 1, 'Un arrêté.');
    await device.settle();
    expect([await writer.find('arrete'), await reader.find('arrete'), written]).toEqual([[keyAt(1)], [keyAt(1)], 1]);
    // What the one that wrote left behind goes with the rest of it.
    device.shelf.stored.set('piece/gone', 'Un texte que personne ne cherche.');
    writer.kill();
    await addText(device, 2, 'Un avis.');
    await device.settle();
    expect([written, device.shelf.stored.has('piece/gone')]).toEqual([2, false]);
  });

  test('[X16] of two contexts one writes; the other finds as much, and takes over', async () => {
    const device = await makeDossier(['Un décret.']);
    const [writer, reader] = [device.search(), device.search()];
    await Promise.all([writer.ready(), reader.ready()]);
    const before = device.shelf.kept;
    await addText(device, 1, 'Un arrêté.');
    writer.kill();
    await device.settle();
    expect(await reader.find('arrete')).toEqual([keyAt(1)]);
    expect(device.shelf.kept).not.toEqual(before);
    reader.kill();
    const next = device.search();
    await next.ready();
    expect(await next.find('arrete')).toEqual([keyAt(1)]);
    expect(await next.find('decret')).toEqual([keyAt(0)]);
  });
});
