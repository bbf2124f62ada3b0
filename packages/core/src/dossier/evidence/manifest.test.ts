import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { AccountId, type FormStepId, type PieceId } from '../../kernel/ids.ts';
import type { Rank } from '../../kernel/rank.ts';
import { testBlob, testDraft, testId, testStep } from '../../testing/index.ts';
import { pieceText } from '../dossier.view.ts';
import { encodeStep } from '../form/index.ts';
import { addPiece } from '../piece.operations.ts';
import type { OriginalFile, TypedBlob } from '../piece.ts';
import { type BlobRef, decodeText, encodeText } from '../text.ts';
import { hashOfResource, type ManifestInput, makeManifest, readManifest } from './manifest.ts';
import { safeFileName } from './paths.ts';

const digest = async (text: string): Promise<BlobRef> => ({
  hash: createHash('sha256').update(text).digest('hex') as BlobRef['hash'],
  bytes: Buffer.byteLength(text),
});
const typed = (n: number, type: string): TypedBlob => ({ ...testBlob(n), type });
const original = (name: string): OriginalFile => ({
  ...typed(30, 'application/pdf'),
  name,
  reading: 'whole',
  pixels: null,
  pages: null,
});

const step = testStep(testId<FormStepId>(40));

const whole: ManifestInput = {
  draft: testDraft(),
  parts: {
    snapshot: testBlob(1),
    screenshot: {
      width: 800,
      height: 1200,
      ratio: 2,
      top: 0,
      tiles: [
        { ...typed(20, 'image/png'), top: 0, height: 600 },
        { ...typed(21, 'image/png'), top: 600, height: 600 },
      ],
    },
    original: original('Décret n° 2019-341.pdf'),
  },
  resources: [typed(12, 'image/png'), typed(11, 'font/woff2'), typed(12, 'image/png')],
  form: step,
  software: 'Liasse 0.1.0',
  digest,
};

async function manifestOf(input: Partial<ManifestInput> = {}) {
  const manifest = readManifest(await makeManifest({ ...whole, ...input }));
  if (manifest === null) throw new Error('no manifest');
  return manifest;
}

describe('a manifest', () => {
  test('[E2] names what was captured, and every part once with its size and hash', async () => {
    const manifest = await manifestOf();
    expect(manifest).toMatchObject({
      profile: 'data-package',
      title: 'Décret n° 2019-341 du 19 avril 2019',
      url: 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000038388445',
      capturedAt: '2023-11-14T22:13:20.000Z',
      capture: { kind: 'page', legal: { number: { value: '2019-341', from: 'title' } }, missing: [] },
    });
    expect(manifest.resources.map(({ role, path }) => `${role} ${path}`)).toEqual([
      'text text.json',
      'snapshot snapshot/recorded.html',
      `resource snapshot/files/${testBlob(11).hash}.woff2`,
      `resource snapshot/files/${testBlob(12).hash}.png`,
      'screenshot screenshot/1.png',
      'screenshot screenshot/2.png',
      'original original/Decret-n-2019-341.pdf',
      'form form.json',
    ]);
    expect(manifest.resources.map(hashOfResource).slice(1)).toEqual([
      ...[1, 11, 12, 20, 21, 30].map((n) => testBlob(n).hash),
      (await digest(encodeStep(step))).hash,
    ]);
    expect(manifest.resources[6]).toMatchObject({ title: 'Décret n° 2019-341.pdf', bytes: 1030 });
  });

  test('[E2] its bytes are the same from the same parts, in whatever order they come', async () => {
    const draft = Object.fromEntries(Object.entries(testDraft()).reverse()) as ManifestInput['draft'];
    const resources = [typed(11, 'font/woff2'), typed(12, 'image/png')];
    expect(await makeManifest({ ...whole, draft, resources })).toBe(await makeManifest(whole));
    expect(await makeManifest({ ...whole, resources: [] })).not.toBe(await makeManifest(whole));
  });

  test('[E2] a bookmark has no part, and says so', async () => {
    const draft = testDraft({ kind: 'bookmark', text: [] });
    expect((await manifestOf({ draft, parts: {}, resources: [], form: null })).resources).toEqual([]);
  });

  test('[E4] the text is hashed as the record gives it back, also from another device, and as its blob', async () => {
    const draft = testDraft({
      title: 'Moitié \ud83d de titre',
      text: [
        { kind: 'item', depth: 0, marker: null, text: 'demi \ude00' },
        { text: 'é', kind: 'paragraph' },
      ],
    });
    const [listed] = (await manifestOf({ draft })).resources;
    const here = new Y.Doc();
    const pieceId = testId<PieceId>(3);
    addPiece(here, { pieceId, rank: 'a0' as Rank, draft }, { by: AccountId.parse('account-1'), at: 5 });
    const there = new Y.Doc();
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
    for (const doc of [here, there]) {
      const text = pieceText(doc, pieceId);
      if (text?.kind !== 'inline') throw new Error('not inline');
      expect(`sha256:${(await digest(encodeText(text.blocks))).hash}`).toBe(listed?.hash);
      expect(encodeText(decodeText(encodeText(text.blocks)) ?? [])).toBe(encodeText(text.blocks));
    }
    const canonical = '[{"depth":0,"kind":"item","marker":null,"text":"demi \ufffd"},{"kind":"paragraph","text":"é"}]';
    expect(`sha256:${(await digest(canonical)).hash}`).toBe(listed?.hash);
    const [blob] = (await manifestOf({ draft, text: testBlob(50) })).resources;
    expect(blob).toMatchObject({ role: 'text', bytes: 1050, hash: `sha256:${testBlob(50).hash}` });
  });

  test.each([
    ['nothing', ''],
    ['another JSON', '[]'],
    ['another data package', '{"profile":"data-package","resources":[]}'],
  ])('[E5] %s is none', (_what, content) => expect(readManifest(content)).toBeNull());

  test('[E5] members of a later version are passed over', async () => {
    const later = { ...JSON.parse(await makeManifest(whole)), licence: 'etalab' };
    expect(readManifest(JSON.stringify(later))).toEqual(await manifestOf());
  });
});

describe('paths', () => {
  test('[E3] an original’s is safe whatever its name, and no two paths are one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }), async (name) => {
        const parts = { ...whole.parts, original: original(name) };
        const paths = (await manifestOf({ parts })).resources.map(({ path }) => path);
        expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
        for (const path of paths) {
          expect(path).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/);
          expect(path.split('/')).not.toContain('..');
        }
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\Users\\a\\note.docx', 'C-Users-a-note.docx'],
    ['.htaccess', 'htaccess'],
    ['CON.pdf', '_CON.pdf'],
    ['…', 'document'],
    ['arrêté préfectoral.PDF', 'arrete-prefectoral.PDF'],
    ['a\u202egpj.exe\n', 'a-gpj.exe'],
  ])('[E3] %j becomes %s', (name, safe) => expect(safeFileName(name)).toBe(safe));
});
