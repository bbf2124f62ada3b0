// @vitest-environment node
import 'fake-indexeddb/auto';
import { type BlobHash, type DossierId, resourcesOf, type TextBlock, WorkKey } from '@liasse/core';
import { hashOf } from '@liasse/core/replica';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ClipPorts } from './clip.ts';
import { refusalOf } from './guard.ts';
import type { PageTaker } from './take/pageTaker.ts';

import {
  copy,
  expectWhole,
  held,
  jobs,
  newDevice,
  open,
  page,
  pageContent,
  pageOf,
  pages,
  request,
  startWorker,
  team,
  url,
} from './testing.ts';

beforeEach(newDevice);

describe('a capture', () => {
  test('[J1] makes the dossier, lists it, and adds the piece with its copy, its text and what is missing', async () => {
    const worker = startWorker();
    const clipped = await worker.clips.start(request);
    const { texts, snapshots, pieces } = await expectWhole(clipped.dossier.id);
    expect(clipped).toMatchObject({ team, kept: 'page', pieceId: pieces[0]?.id, snapshot: pieces[0]?.snapshot?.hash });
    expect(texts).toEqual([{ kind: 'inline', blocks: [{ kind: 'paragraph', text: 'Article 1er' }] }]);
    expect(snapshots).toEqual([copy]);
    expect(pieces[0]).toMatchObject({ kind: 'page', work: `url:${url}`, coverage: pageContent.coverage });
    expect(pieces[0]?.missing).toEqual(pageContent.missing);
    expect(worker.recent.get(`dossiers/${team}`)).toContain('Subventions');
  });

  test('[C30] hands over what the page could not read, beside the piece and in none of its bytes', async () => {
    const unreached = [
      {
        token: 'liasse-resource:1',
        url: 'https://cdn.example/a.png',
        kind: 'image' as const,
        origin: 'https://cdn.example',
        uses: 1,
      },
    ];
    const worker = startWorker(
      open,
      pageOf(async () => ({ ...pageContent, snapshot: { html: copy, resources: [], unreached } })),
    );
    const { dossier } = await worker.clips.start(request);
    expect(worker.left).toEqual(unreached);
    const { blobs } = await held(dossier.id as DossierId);
    for (const { content } of blobs.values()) expect(content).not.toContain('cdn.example/a.png');
    expect(JSON.stringify(await jobs.get(request.jobId))).not.toContain('a.png');
  });

  test('keeps of a legal reference the parts that are of the right shape', async () => {
    const { clips } = startWorker();
    const { pieces } = await held((await clips.start(request)).dossier.id as DossierId);
    expect(pieces[0]?.legal).toEqual({ nor: { value: 'PRMX3108931D', from: 'text' } });
  });

  test('[J1] asked for twice, at once or later, makes one piece', async () => {
    const { clips } = startWorker();
    const [first, second] = await Promise.all([clips.start(request), clips.start(request)]);
    const third = await clips.start(request);
    expect([second, third]).toEqual([first, first]);
    await expectWhole(first.dossier.id);
  });

  test('[J1] asked for again while the first is being judged, it makes one piece, however long the second is judged', async () => {
    let asked = 0;
    let letSecondPass = () => {};
    const second = new Promise<void>((resolve) => {
      letSecondPass = resolve;
    });
    const { clips } = startWorker(open, page, async () => {
      asked += 1;
      if (asked === 2) await second;
      return null;
    });
    const both = [clips.start(request), clips.start(request)] as const;
    const first = await both[0];
    letSecondPass();
    expect(await both[1]).toEqual(first);
    await expectWhole(first.dossier.id);
  });

  test('a long text goes to a blob', async () => {
    const text = Array.from({ length: 2_000 }, (_, n) => ({ kind: 'paragraph', text: `Article ${n}, premier alinéa` }));
    const { clips } = startWorker(
      open,
      pageOf(async () => ({ ...pageContent, text: text as TextBlock[], snapshot: null })),
    );
    const { texts } = await held((await clips.start(request)).dossier.id as DossierId);
    expect(texts[0]?.kind).toBe('blob');
  });

  test.each<[string, PageTaker]>([
    ['the tab shows another page', { ...page, addressOf: async () => 'https://site.example/autre' }],
    ['the tab was closed', { ...page, addressOf: async () => undefined }],
    ['the page admits no script', { ...page, call: async () => null }],
    ['the page answers nonsense', { ...page, call: async () => 'nonsense' }],
  ])('[J2] keeps the address with what the popup had read when %s', async (_, taker) => {
    const { clips } = startWorker(open, taker);
    const { pieces } = await expectWhole((await clips.start(request)).dossier.id);
    expect(pieces[0]).toMatchObject({
      kind: 'bookmark',
      snapshot: null,
      legal: { nor: { value: 'PRMX3108931D', from: 'text' } },
    });
  });

  test('an address that could never be opened again is refused, and stays refused', async () => {
    const { clips } = startWorker();
    const bad = { ...request, take: 'address' as const, tab: { ...request.tab, url: 'chrome://settings' } };
    await expect(clips.start(bad)).rejects.toMatchObject({ code: 'unsupported-page' });
    await expect(clips.wait(bad.jobId)).rejects.toMatchObject({ code: 'unsupported-page' });
    expect(await jobs.unfinished()).toEqual([]);
  });

  test('that was never begun is not found', async () => {
    await expect(startWorker().clips.wait(request.jobId)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('[J7] names each resource by its hash, in the copy, in the list of the document and in the manifest', async () => {
    const image = new Blob(['image'], { type: 'image/png' });
    const sheet = new Blob(['a{background:url("liasse-resource:0")}'], { type: 'text/css' });
    const resources = [
      { token: 'liasse-resource:0', type: 'image/png', bytes: image },
      { token: 'liasse-resource:1', type: 'text/css', bytes: sheet },
    ];
    const html = '<link rel="stylesheet" href="liasse-resource:1"><img src="liasse-resource:0">';
    const taker = pageOf(async () => ({ ...pageContent, snapshot: { html, resources, unreached: [] } }));
    const { clips } = startWorker(open, taker);
    const { dossier } = await clips.start(request);
    const { snapshots, blobs, manifests } = await held(dossier.id as DossierId);
    const [sheetHash, imageHash] = resourcesOf(snapshots[0] ?? '');
    expect(imageHash).toBe(await hashOf(image));
    expect(blobs.get(imageHash as BlobHash)).toMatchObject({ type: 'image/png', content: 'image' });
    expect(blobs.get(sheetHash as BlobHash)?.content).toBe(`a{background:url("sha256:${imageHash}")}`);
    expect(manifests[0]?.resources.map(({ role, hash }) => `${role} ${hash}`)).toEqual(
      expect.arrayContaining([`resource sha256:${imageHash}`, `resource sha256:${sheetHash}`]),
    );
    for (const { content } of blobs.values()) expect(content).not.toBe('dangling');
  });

  test('[J6] makes its page known, in which version', async () => {
    const { clips } = startWorker();
    const { dossier, pieceId } = await clips.start(request);
    const again = { ...request, jobId: crypto.randomUUID(), dossier: { id: dossier.id, title: dossier.title } };
    await clips.start({ ...again, versionOf: pieceId });
    const work = WorkKey.parse(`url:${url}`);
    expect(await pages.find(`local/agent/${team}`, work)).toMatchObject([{ dossier, version: 2 }]);
    expect((await held(dossier.id as DossierId)).pieces).toMatchObject([{ versionOf: null }, { versionOf: pieceId }]);
  });

  test('taken back puts the piece in the trash', async () => {
    const { clips } = startWorker();
    const { dossier } = await clips.start(request);
    await clips.undo(request.jobId);
    expect((await held(dossier.id as DossierId)).pieces).toEqual([]);
  });
});

describe('a text of which the readers lost too much', () => {
  const lost = { ...pageContent, coverage: { by: 'whole' as const, kept: 0.4, gate: 0.98 }, snapshot: null };
  const second = (coverage: unknown): PageTaker => ({
    ...pageOf(async () => lost),
    run: async (script) =>
      script === '/page-second-reader.js'
        ? { blocks: [{ kind: 'paragraph', text: 'Article 1er, en entier' }], coverage, dropped: 0 }
        : null,
  });
  const clippedBy = async (taker: PageTaker) =>
    held((await startWorker(open, taker).clips.start(request)).dossier.id as DossierId);

  test('[J8] is read again by one more reader, which is heard only where it found enough', async () => {
    const found = await clippedBy(second({ by: 'defuddle', kept: 0.99, gate: 0.98 }));
    expect(found.texts).toEqual([{ kind: 'inline', blocks: [{ kind: 'paragraph', text: 'Article 1er, en entier' }] }]);
    expect(found.pieces[0]?.coverage).toMatchObject({ by: 'defuddle' });
  });

  test.each([{ by: 'whole', kept: 0.5, gate: 0.98 }, null, 'x'])(
    '[J8] stays whole and flagged otherwise: %j',
    async (coverage) => {
      const { texts, pieces } = await clippedBy(second(coverage));
      expect(texts).toEqual([{ kind: 'inline', blocks: [{ kind: 'paragraph', text: 'Article 1er' }] }]);
      expect(pieces[0]?.coverage).toEqual(lost.coverage);
    },
  );
});

describe('a page that may not be kept', () => {
  const policy = { server: null, allowedSites: ['site.example'], retentionDays: null };
  const guarded =
    (isPrivate: boolean): ClipPorts['guard'] =>
    async (asked) =>
      refusalOf(policy, asked, isPrivate);

  test('[J9] in a private window it is refused and leaves no job, until the person says that it is to be kept', async () => {
    const worker = startWorker(open, page, guarded(true));
    await expect(worker.clips.start(request)).rejects.toMatchObject({ code: 'private-window' });
    expect(await jobs.get(request.jobId)).toBeNull();
    expect(await worker.clips.start({ ...request, fromPrivate: 'keep' })).toMatchObject({ kept: 'page' });
  });

  test('[J10] of a site that is not allowed it is refused, whatever the person says, and leaves no job', async () => {
    const worker = startWorker(open, page, guarded(false));
    const elsewhere = {
      ...request,
      tab: { ...request.tab, url: 'https://other.example/' },
      fromPrivate: 'keep' as const,
    };
    await expect(worker.clips.start(elsewhere)).rejects.toMatchObject({ code: 'site-not-allowed' });
    const behind = { ...request, take: 'file' as const, link: 'https://other.example/a.pdf' };
    await expect(worker.clips.start(behind)).rejects.toMatchObject({ code: 'site-not-allowed' });
    expect(await jobs.get(request.jobId)).toBeNull();
    expect(await worker.clips.start(request)).toMatchObject({ kept: 'page' });
  });
});
