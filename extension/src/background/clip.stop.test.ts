// @vitest-environment node
import 'fake-indexeddb/auto';
import type { DossierId } from '@liasse/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { PART_BYTES } from '../capture/handover.ts';
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
  request,
  snapshot,
  startWorker,
} from './testing.ts';

beforeEach(newDevice);

describe('bytes that come out of a page', () => {
  test('[J3] arrive whole, in parts that a message can carry', async () => {
    const html = `${'a'.repeat(PART_BYTES - 1)}été`;
    const { clips } = startWorker(
      open,
      pageOf(async () => ({ ...pageContent, snapshot: { html, resources: [], unreached: [] } })),
    );
    const { snapshots } = await held((await clips.start(request)).dossier.id as DossierId);
    expect(snapshots[0] === html).toBe(true);
  });

  test('[J5] that stop coming leave the text, and no half of a copy', async () => {
    const taker = pageOf(async () => ({ ...pageContent, snapshot }));
    const { clips } = startWorker(open, {
      ...taker,
      call: async (target, method, args) => (method === 'part' ? null : taker.call(target, method, args)),
    });
    const { pieces, texts } = await expectWhole((await clips.start(request)).dossier.id);
    expect(pieces[0]).toMatchObject({ kind: 'page', snapshot: null });
    expect(texts).toEqual([{ kind: 'inline', blocks: [{ kind: 'paragraph', text: 'Article 1er' }] }]);
  });
});

describe('a capture that is stopped', () => {
  /** A page that is read until it is told to stop. */
  function endless() {
    let begun = () => {};
    const began = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const taker = pageOf(
      (_order, { signal, report }) =>
        new Promise((resolve) => {
          report({ done: 3, of: 10 });
          begun();
          signal.addEventListener('abort', () => resolve({ ...pageContent, snapshot }));
        }),
    );
    return { taker, began };
  }

  test('[J4] while the page is read leaves neither piece nor dossier, and says so to who waits', async () => {
    const { taker, began } = endless();
    const { clips } = startWorker(open, taker);
    const end = clips.start(request).catch((error) => error.code);
    await began;
    await expect.poll(() => clips.progress(request.jobId)).toEqual({ done: 3, of: 10 });
    await clips.cancel(request.jobId);
    expect(await end).toBe('cancelled');
    expect(clips.progress(request.jobId)).toBeNull();
    expect(await jobs.unfinished()).toEqual([]);
    await expect(clips.start(request)).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('[J4] stays stopped when the worker is stopped right after', async () => {
    const { taker, began } = endless();
    const worker = startWorker(open, taker);
    void worker.clips.start(request).catch(() => {});
    await began;
    const job = await jobs.get(request.jobId);
    void worker.clips.cancel(request.jobId).catch(() => {});
    await expect.poll(async () => (await jobs.get(request.jobId))?.step).toBe('cancelled');
    worker.kill();
    const next = startWorker();
    await next.clips.resume();
    expect((await held(job?.dossier.id as DossierId)).pieces).toEqual([]);
  });

  test('[J4] stays stopped when neither the page answers any more nor the worker lives', async () => {
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const deaf = pageOf(() => {
      asked();
      return new Promise(() => {});
    });
    const worker = startWorker(open, deaf);
    void worker.clips.start(request).catch(() => {});
    await isAsked;
    void worker.clips.cancel(request.jobId).catch(() => {});
    await expect.poll(async () => (await jobs.get(request.jobId))?.step).toBe('cancelled');
    worker.kill();
    expect(await startWorker().clips.hasWork()).toBe(false);
  });

  test('[J4] too late, puts the piece in the trash', async () => {
    const { clips } = startWorker();
    const { dossier } = await clips.start(request);
    await clips.cancel(request.jobId);
    expect((await held(dossier.id as DossierId)).pieces).toEqual([]);
  });

  test('[J4] that was never begun is not found', async () => {
    await expect(startWorker().clips.cancel(request.jobId)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a worker stopped in the middle of a capture', () => {
  /** Runs a capture whose worker is stopped at its nth question to the world; says whether it came that far. */
  async function stopAt(nth: number): Promise<'stopped' | 'ended'> {
    let asked = 0;
    let stopped = () => {};
    const stop = new Promise<'stopped'>((resolve) => {
      stopped = () => resolve('stopped');
    });
    const worker = startWorker(async () => {
      asked += 1;
      if (asked !== nth) return;
      worker.kill();
      stopped();
      await new Promise(() => {});
    });
    return Promise.race([worker.clips.start(request).then(() => 'ended' as const), stop]);
  }

  test('[J1] needs the page no more once anything was added: what was taken of it is on the disk before', async () => {
    const gone: PageTaker = { ...page, addressOf: async () => undefined };
    for (let nth = 1; ; nth++) {
      newDevice();
      const outcome = await stopAt(nth);
      const left = await jobs.get(request.jobId);
      // Written before anything else is asked of the world.
      if (nth > 1) expect(left, `stopped at ${nth}`).not.toBeNull();
      if (left?.step === 'ordered') expect((await held(left.dossier.id)).pieces, `stopped at ${nth}`).toEqual([]);
      const next = startWorker(open, gone);
      await next.clips.resume();
      const { snapshots } = await expectWhole((await next.clips.start(request)).dossier.id);
      const wasTaken = left?.step === 'taken' || left?.step === 'done';
      expect(snapshots, `stopped at ${nth}`).toEqual([wasTaken ? copy : null]);
      if (outcome === 'ended') return;
    }
  });

  test('[J1] leaves, wherever it was stopped, a whole piece or a job that makes one: never two, never a dangling copy', async () => {
    for (let nth = 1; ; nth++) {
      newDevice();
      const outcome = await stopAt(nth);
      const next = startWorker();
      await next.clips.resume();
      const clipped = await next.clips.start(request);
      const { snapshots } = await expectWhole(clipped.dossier.id);
      expect(snapshots, `stopped at ${nth}`).toEqual([copy]);
      if (outcome === 'ended') {
        expect(nth).toBeGreaterThan(15);
        return;
      }
    }
  });
});
