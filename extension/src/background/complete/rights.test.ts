// @vitest-environment node
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  cdn,
  forms,
  grant,
  granted,
  held,
  job,
  NOW,
  newDevice,
  pieceId,
  press,
  startWorker,
  team,
  unreached,
} from './testing.ts';

const other = 'https://other.example';
const DAY_MS = 24 * 3600_000;
beforeEach(newDevice);

const originsOf = async ({ completions }: ReturnType<typeof startWorker>) =>
  (await completions.offer(team, pieceId)).origins;

describe('what a capture could not read', () => {
  test('[C30] is known to the account that took it, and to no other of the machine', async () => {
    const worker = startWorker();
    await worker.completions.remember(job, unreached);
    const stranger = startWorker({ account: 'other' });
    expect(await originsOf(stranger)).toEqual([]);
    await expect(stranger.completions.start(team, pieceId)).rejects.toMatchObject({ code: 'not-found' });
    expect(await originsOf(worker)).toHaveLength(3);
  });

  test('[C30] is forgotten after thirty days, and not before', async () => {
    await startWorker().completions.remember(job, unreached);
    const after = async (days: number) => {
      const worker = startWorker({ now: job.at + days * DAY_MS });
      await worker.completions.resume();
      return originsOf(worker);
    };
    expect(await after(29)).toHaveLength(3);
    expect(await after(31)).toEqual([]);
  });

  test('[C30] is forgotten once everything was asked for, and what nobody answered for is kept', async () => {
    const worker = startWorker({ answers: { [`${cdn}/a.css`]: () => new Response('', { status: 503 }) } });
    await worker.completions.remember(job, unreached);
    await press(worker, [forms, other]);
    expect(await originsOf(worker)).toEqual([cdn]);
    await press(worker, [cdn]);
    expect(await originsOf(worker)).toEqual([cdn]);
    await press(startWorker(), [cdn]);
    await expect(worker.completions.start(team, pieceId)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the sites that may be asked', () => {
  test('[C31] are those that were named, also for what a style sheet of theirs loads, whatever else is granted', async () => {
    const css = `p{background:url(a.png)}b{background:url(${other}/seen.png)}`;
    const worker = startWorker({
      answers: { [`${cdn}/a.css`]: () => new Response(css, { headers: { 'content-type': 'text/css' } }) },
    });
    await worker.completions.remember(job, unreached);
    grant(other, 'https://unasked.example');
    await press(worker, [cdn]);
    expect(worker.asked.filter((url) => !url.startsWith(cdn))).toEqual([]);
    expect((await held()).piece?.completion?.missing).toContainEqual({ kind: 'image', origin: other, count: 2 });
  });

  test('[C31] are those that something is missing from: another origin in the question is none', async () => {
    const worker = startWorker();
    await worker.completions.remember(job, unreached);
    await worker.completions.ask(team, pieceId, { origins: ['https://unasked.example'], held: [] });
    grant('https://unasked.example');
    await expect(worker.completions.start(team, pieceId)).rejects.toMatchObject({ code: 'page-not-granted' });
    expect(granted).toEqual(new Set(['https://unasked.example']));
  });

  test('[C31] a question that nobody answered is not answered by a later yes to another', async () => {
    const asking = startWorker();
    await asking.completions.remember(job, unreached);
    await asking.completions.ask(team, pieceId, { origins: [cdn], held: [] });
    grant(cdn);
    const later = startWorker({ now: NOW + 11 * 60_000 });
    await later.completions.resume();
    expect(later.asked).toEqual([]);
    expect((await held()).piece?.completion ?? null).toBeNull();
  });
});

describe('a frame of another site', () => {
  test.each([
    [
      'the page was loaded anew',
      [
        { documentId: 'doc-2', url: job.tab.url },
        { documentId: 'framed', url: `${forms}/f` },
      ],
    ],
    [
      'the frame was sent on elsewhere',
      [
        { documentId: 'doc', url: job.tab.url },
        { documentId: 'framed', url: `${forms}/bye` },
      ],
    ],
  ])('[C35] is left out where %s, and that is said', async (_what, frames) => {
    const worker = startWorker({ frames });
    await worker.completions.remember(job, unreached);
    expect(await press(worker)).toEqual({ found: 2, left: 1, framesLeft: 1 });
    expect((await held()).piece?.completion?.missing).toContainEqual({ kind: 'frame', origin: forms, count: 1 });
  });
});

test('[C34] asked for again with nothing new, it changes nothing', async () => {
  const worker = startWorker();
  await worker.completions.remember(job, unreached);
  await press(worker);
  const first = (await held()).piece?.completion;
  await worker.completions.remember(job, unreached);
  await press(startWorker({ now: NOW + DAY_MS }));
  expect((await held()).piece?.completion).toEqual(first);
});
