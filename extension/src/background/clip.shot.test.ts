// @vitest-environment node
import 'fake-indexeddb/auto';
import type { DossierId } from '@liasse/core';
import { hashOf } from '@liasse/core/replica';
import { beforeEach, expect, test } from 'vitest';
import type { ClipPorts } from './clip.ts';
import { expectWhole, held, jobs, newDevice, noShots, open, page, request, startWorker, url } from './testing.ts';

beforeEach(newDevice);

/** A page of 1,500 px behind a window of 600: each image says how many were taken before it. */
function window(): ClipPorts['shots'] {
  let top = 0;
  let taken = 0;
  return {
    ...noShots,
    tab: async () => ({ url, isFront: true, windowId: 1 }),
    image: async () => new Blob([`image ${taken++}`]),
    cut: async (image) => ({ bytes: new Blob([image], { type: 'image/webp' }), ratio: 2 }),
    call: async (_target, method, [at]) => {
      if (method === 'holds') return true;
      if (method !== 'prepare') return null;
      top = Math.min((at as number | null) ?? 0, 900);
      return { width: 800, height: 600, top, pageHeight: 1_500, frames: 0 };
    },
  };
}

test('[Z8] the images of a page are blobs of its piece, in their order, each a part of its manifest', async () => {
  const { clips } = startWorker(open, page, async () => null, window());
  const { dossier } = await clips.start({ ...request, take: 'full-page' });
  const { pieces, blobs, manifests } = await expectWhole(dossier.id);
  expect(pieces[0]).toMatchObject({ kind: 'screenshot', screenshot: { width: 800, height: 1_500, ratio: 2 } });
  const tiles = pieces[0]?.screenshot?.tiles ?? [];
  const images = await Promise.all([0, 1, 2].map((n) => hashOf(new Blob([`image ${n}`]))));
  expect(tiles.map(({ hash, top, height }) => [hash, top, height])).toEqual([
    [images[0], 0, 600],
    [images[1], 600, 600],
    [images[2], 1_200, 300],
  ]);
  for (const [n, hash] of images.entries())
    expect(blobs.get(hash)).toEqual({ type: 'image/webp', content: `image ${n}` });
  const listed = manifests[0]?.resources.filter(({ role }) => role === 'screenshot') ?? [];
  expect(listed.map(({ hash }) => hash)).toEqual(images.map((hash) => `sha256:${hash}`));
});

test('[Z7] stopped between two images, nothing of them stays', async () => {
  let stop = () => {};
  const shots = window();
  const worker = startWorker(open, page, async () => null, {
    ...shots,
    waitMs: async (ms) => {
      // The first image needs no wait.
      if (ms > 0) stop();
    },
  });
  let ended: Promise<void> | null = null;
  stop = () => {
    ended ??= worker.clips.cancel(request.jobId);
  };
  await expect(worker.clips.start({ ...request, take: 'full-page' })).rejects.toMatchObject({ code: 'cancelled' });
  await ended;
  const job = await jobs.get(request.jobId);
  expect(job?.step).toBe('cancelled');
  const { pieces, blobs } = await held(job?.dossier.id as DossierId);
  expect([pieces, blobs.size]).toEqual([[], 0]);
});
