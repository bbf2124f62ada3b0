// @vitest-environment node
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  cdn,
  entry,
  expectCompleted,
  forms,
  grant,
  granted,
  held,
  job,
  newDevice,
  pieceId,
  press,
  startWorker,
  team,
  unreached,
} from './testing.ts';

beforeEach(newDevice);

describe('completing', () => {
  test('[C31][C34][C35] fetches from the sites that were granted, reads the frame in the tab, and gives the right back', async () => {
    const worker = startWorker();
    await worker.completions.remember(job, unreached);
    expect(await worker.completions.offer(team, pieceId)).toEqual({
      origins: [cdn, 'https://other.example', forms],
      held: [],
    });
    expect(await press(worker)).toEqual({ found: 3, left: 0, framesLeft: 0 });
    await expectCompleted();
    expect(new Set(worker.asked)).toEqual(new Set([`${cdn}/a.css`, `${cdn}/a.png`]));
    expect(granted).toEqual(new Set());
    expect((await worker.completions.offer(team, pieceId)).origins).toEqual(['https://other.example']);
  });

  test('[C31] a site that was granted before is not given back; without a yes nothing is asked of anyone', async () => {
    const worker = startWorker();
    await worker.completions.remember(job, unreached);
    await worker.completions.ask(team, pieceId, { origins: [cdn, 'https://evil.example'], held: [] });
    await expect(worker.completions.start(team, pieceId)).rejects.toMatchObject({ code: 'page-not-granted' });
    expect(worker.asked).toEqual([]);
    grant(cdn);
    await press(worker, [cdn]);
    expect(granted).toEqual(new Set([cdn]));
  });

  test('[C35] a frame whose page is gone stays missing', async () => {
    const worker = startWorker({ tabUrl: 'https://site.example/autre' });
    await worker.completions.remember(job, unreached);
    expect(await press(worker)).toEqual({ found: 2, left: 1, framesLeft: 1 });
    expect((await held()).piece?.completion?.missing).toContainEqual({ kind: 'frame', origin: forms, count: 1 });
  });

  test('[C30][C32] of what a page says it lacks, only addresses that may be asked for are remembered', async () => {
    const { completions } = startWorker();
    const lies = [
      entry(1, 'image', 'http://10.0.0.1/reboot'),
      { ...entry(2, 'image', `${cdn}/a.png`), origin: 'https://bank.example' },
      { ...entry(3, 'image', `${cdn}/a.png`), token: 'sha256:7' },
      { ...entry(4, 'image', `${cdn}/a.png`), url: 'file:///etc/passwd' },
      'nonsense',
    ];
    await completions.remember(job, lies);
    expect((await completions.offer(team, pieceId)).origins).toEqual([]);
  });

  test('[C34] stopped anywhere it goes on to the same end, and nothing dangles', async () => {
    let steps = 0;
    await startWorker().completions.remember(job, unreached);
    const counted = startWorker({
      gate: async () => {
        steps += 1;
      },
    });
    await press(counted);
    expect(steps).toBeGreaterThan(15);
    for (let at = 1; at <= steps; at++) {
      await newDevice();
      await startWorker().completions.remember(job, unreached);
      let asked = 0;
      let stopped = () => {};
      const isStopped = new Promise<void>((resolve) => (stopped = resolve));
      const dying = startWorker({
        gate: () => {
          asked += 1;
          if (asked < at) return Promise.resolve();
          stopped();
          return new Promise(() => {});
        },
      });
      await Promise.race([press(dying), isStopped]);
      dying.kill();
      const next = startWorker();
      await next.completions.resume();
      // Stopped before the question was noted, or once everything was done: the person presses again, or need not.
      if ((await next.completions.offer(team, pieceId)).origins.includes(cdn)) await press(next);
      await expectCompleted();
    }
  });
});
