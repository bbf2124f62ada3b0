// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { ReadyView } from '../../capture/shot/shotSide.ts';
import type { ShotPorts } from './shotPorts.ts';
import { takeShot } from './takeShot.ts';

const url = 'https://site.example/';
const target = { tabId: 7, documentId: null };

/** A page of some height behind a window of 600 px, with a clock of its own. */
function world({
  pageHeight = 1_500,
  holds = (): unknown => true,
  tab = (): string => url,
  isFront = (): boolean => true,
  scrolls = true,
} = {}) {
  let now = 0;
  let top = 0;
  const shots: number[] = [];
  const calls: string[] = [];
  const cuts: { readonly top: number; readonly height: number }[] = [];
  const reports: number[] = [];
  const stop = new AbortController();
  const ports: ShotPorts = {
    now: () => now,
    waitMs: async (ms) => {
      now += ms;
    },
    tab: async () => ({ url: tab(), isFront: isFront(), windowId: 1 }),
    image: async () => {
      shots.push(now);
      return new Blob(['x']);
    },
    cut: async (_image, { top: from, height }) => {
      cuts.push({ top: from, height });
      return { bytes: new Blob(['y'], { type: 'image/webp' }), ratio: 2 };
    },
    call: async (_target, method, [at]) => {
      calls.push(method);
      if (method === 'holds') return holds();
      if (method !== 'prepare') return null;
      if (scrolls) top = Math.min((at as number | null) ?? top, pageHeight - 600);
      return { width: 800, height: 600, top, pageHeight, frames: 1 } satisfies ReadyView;
    },
  };
  const take = (extent: 'visible' | 'full-page') =>
    takeShot({ target, url, extent }, ports, { signal: stop.signal, report: ({ done }) => void reports.push(done) });
  return { take, shots, calls, cuts, reports, stop };
}

describe('a whole page', () => {
  test('[Z1] [Z4] [Z7] is images without gap or repetition, never faster than browsers allow, and says how far it is', async () => {
    const { take, shots, cuts, reports } = world();
    const taken = await take('full-page');
    expect(taken?.images).toMatchObject({ width: 800, height: 1_500, top: 0, ratio: 2 });
    expect(taken?.images.tiles.map(({ top, height }) => [top, height])).toEqual([
      [0, 600],
      [600, 600],
      [1_200, 300],
    ]);
    // The last view begins higher than what is still wanted of it.
    expect(cuts.at(-1)).toEqual({ top: 300, height: 300 });
    for (const [at, shot] of shots.entries())
      if (at > 0) expect(shot - (shots[at - 1] ?? 0)).toBeGreaterThanOrEqual(550);
    expect(reports).toEqual([1, 2, 3]);
    expect(taken?.missing).toEqual([{ kind: 'frame', origin: null, count: 1 }]);
  });

  test('[Z1] past thirty views the rest is counted', async () => {
    const taken = await world({ pageHeight: 600 * 33 }).take('full-page');
    expect(taken?.images.tiles).toHaveLength(30);
    expect(taken?.missing).toContainEqual({ kind: 'view', origin: null, count: 3 });
  });

  test('[Z1] a page that does not scroll ends, and says what it lacks', async () => {
    const taken = await world({ scrolls: false }).take('full-page');
    expect(taken?.images.tiles).toHaveLength(1);
    expect(taken?.missing).toContainEqual({ kind: 'view', origin: null, count: 2 });
  });
});

test('[Z2] [Z3] [Z4] an image that may show a secret is thrown away; after three the page is put back and none is kept', async () => {
  let asked = 0;
  const once = world({ holds: () => ++asked > 1 });
  expect((await once.take('visible'))?.images.tiles).toHaveLength(1);
  expect(once.shots).toHaveLength(2);
  const [first = 0, second = 0] = once.shots;
  expect(second - first).toBeGreaterThanOrEqual(550);
  // One that does not answer says nothing of what was in the image.
  const silent = world({ holds: () => null });
  await expect(silent.take('visible')).rejects.toMatchObject({ code: 'secret' });
  expect(silent.cuts).toEqual([]);
  const never = world({ holds: () => false });
  await expect(never.take('visible')).rejects.toMatchObject({ code: 'secret' });
  expect([never.shots.length, never.cuts.length, never.calls.at(-1)]).toEqual([3, 0, 'leave']);
});

test('[Z5] [Z3] an image of another page is thrown away, and the page is put back', async () => {
  let asked = 0;
  const { take, cuts, calls } = world({ tab: () => (++asked > 1 ? 'https://autre.example/' : url) });
  expect(await take('full-page')).toBeNull();
  expect([cuts.length, calls.at(-1)]).toEqual([0, 'leave']);
});

test.each([
  ['before', [false, true], 0],
  ['after', [true, false], 1],
])(
  '[Z5] [Z3] with another tab in front %s the image none is kept, and the page is put back',
  async (_when, front, taken) => {
    let asked = 0;
    const { take, shots, cuts, calls } = world({ isFront: () => front[asked++] ?? true });
    expect(await take('visible')).toBeNull();
    expect([shots.length, cuts.length, calls.at(-1)]).toEqual([taken, 0, 'leave']);
  },
);

test('[Z7] [Z3] stopped, it takes no more and puts the page back', async () => {
  const { take, stop, shots, calls } = world();
  stop.abort();
  expect(await take('full-page')).toBeNull();
  expect([shots.length, calls.at(-1)]).toEqual([0, 'leave']);
});
