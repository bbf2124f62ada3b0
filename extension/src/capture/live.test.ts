import { describe, expect, test } from 'vitest';
import { pageReader } from './live.ts';

const page = 'https://site.example';

/** A network on which some servers never answer, and a clock whose time passes when it is told to. */
function world(answers: (url: string) => Promise<Response>) {
  const asked: string[] = [];
  const waits: { readonly ms: number; readonly pass: () => void }[] = [];
  const read = pageReader({
    origin: page,
    clock: { waitMs: (ms) => new Promise((pass) => waits.push({ ms, pass })) },
    fetch: (url, { signal }) => {
      asked.push(url);
      return Promise.race([
        answers(url),
        new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
      ]);
    },
  });
  /** Lets all the time pass that anyone waits for, and everyone hear of it. */
  const pass = async () => {
    for (const wait of waits) wait.pass();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { asked, waits, pass, read: (url: string) => read(url, new AbortController().signal) };
}

const never = new Promise<never>(() => {});

describe('what a page can read', () => {
  test('[C25] a server that says nothing is waited for once, whatever the page wants from it', async () => {
    const { asked, waits, pass, read } = world(async () => never);
    const first = read('https://dead.example/a.png');
    await pass();
    expect(await first).toBeNull();
    for (const { ms } of waits) expect(ms).toBeLessThan(1_000);
    expect(await read('https://dead.example/b.png')).toBeNull();
    expect(asked).toEqual(['https://dead.example/a.png']);
  });

  test('[C25] one that has answered before is given its time', async () => {
    let answer = (_: Response) => {};
    const { pass, read } = world((url) =>
      url.endsWith('slow.png') ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(new Response('quick')),
    );
    const slow = read(`${page}/slow.png`);
    expect(await (await read(`${page}/quick.png`))?.text()).toBe('quick');
    await pass();
    answer(new Response('slow'));
    expect(await (await slow)?.text()).toBe('slow');
  });
});
