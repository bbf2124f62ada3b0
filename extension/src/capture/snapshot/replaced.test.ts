import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CaptureLimits } from '../limits.ts';
import { fixture } from '../testing.ts';
import { large, livePage, snapshotOf } from './testing.ts';

const site = 'https://evil.example';
afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
  document.documentElement.innerHTML = '';
});

describe('an image', () => {
  const properties = ['currentSrc', 'complete', 'naturalWidth'] as const;
  const real = properties.map((name) => Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, name));
  afterEach(() => {
    for (const [at, name] of properties.entries())
      Object.defineProperty(HTMLImageElement.prototype, name, real[at] as PropertyDescriptor);
  });

  /** A snapshot by a browser that has loaded images: jsdom shows none. Getters are taken once, hence the modules read anew. */
  async function shown(html: string, current: string) {
    const has = (name: (typeof properties)[number], value: unknown) =>
      Object.defineProperty(HTMLImageElement.prototype, name, { configurable: true, get: () => value });
    has('currentSrc', current);
    has('complete', true);
    has('naturalWidth', 640);
    vi.resetModules();
    const { snapshotOf: take } = await import('./testing.ts');
    const asked: string[] = [];
    const { copy, resources } = await take(html, {
      read: (url) => {
        asked.push(url);
        return large('image/png');
      },
    });
    return { asked, image: copy.querySelector('img'), token: resources[0]?.token };
  }

  test('[C8] is the candidate that the browser chose, at its density', async () => {
    const { asked, image, token } = await shown('<img src="1x.png" srcset="2x.png 2x, 3x.png 3x">', `${site}/x/2x.png`);
    expect(asked).toEqual([`${site}/x/2x.png`]);
    expect(image?.getAttribute('srcset')).toBe(`${token} 2x`);
    expect(image?.hasAttribute('src')).toBe(false);
  });

  test('[C8] is that of the picture around it', async () => {
    const { asked, image, token } = await shown(
      '<picture><source srcset="a.avif 640w, b.avif 1280w"><img src="c.png"></picture>',
      `${site}/x/b.avif`,
    );
    expect(asked).toEqual([`${site}/x/b.avif`]);
    expect(image?.getAttribute('srcset')).toBe(`${token} 1280w`);
  });
});

describe('what is drawn', () => {
  beforeEach(() => {
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ drawImage: () => {} } as never);
  });
  const drawn = (act: (done: BlobCallback) => void) =>
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(act);
  const video = (attributes: string) => {
    const page = livePage(`<video src="film.mp4" ${attributes}></video>`);
    const element = page.querySelector('video') as HTMLVideoElement;
    for (const [name, value] of Object.entries({ videoWidth: 640, videoHeight: 360, readyState: 4 }))
      Object.defineProperty(element, name, { value });
    return page;
  };

  test('[C9] a canvas is what was drawn on it, in its place and with its own style', async () => {
    drawn((done) => done(large('image/png')));
    const { copy, resources, missing } = await snapshotOf('<canvas style="color:red"></canvas>');
    const style = copy.querySelector('canvas')?.getAttribute('style') ?? '';
    expect(style).toMatch(/(?:^|;)color:red;background:url\("liasse-resource:\d+"\)/);
    expect(resources.map(({ token }) => style.includes(`"${token}"`))).toEqual([true]);
    expect(missing).toEqual([]);
  });

  test.each<[string, (done: BlobCallback) => void]>([
    [
      'may not be read',
      () => {
        throw new DOMException('tainted', 'SecurityError');
      },
    ],
    ['gives nothing', (done) => done(null)],
  ])('[C9] a canvas that %s is counted', async (_what, act) => {
    drawn(act);
    const { copy, missing } = await snapshotOf('<canvas></canvas>');
    expect(copy.querySelector('canvas')?.getAttribute('style')).not.toContain('background');
    expect(missing).toEqual([{ kind: 'canvas', origin: null, count: 1 }]);
  });

  test('[C9] a video is its poster, and its film is counted', async () => {
    const { copy, resources, missing } = await snapshotOf(video('poster="p.png"'), { read: () => large('image/png') });
    expect(copy.querySelector('video')?.getAttribute('poster')).toBe(resources[0]?.token);
    expect(missing).toEqual([{ kind: 'media', origin: site, count: 1 }]);
  });

  test('[C9] a video without a poster is the frame on screen, at its size', async () => {
    drawn((done) => done(large('image/png')));
    const { copy, resources } = await snapshotOf(video(''));
    const copied = copy.querySelector('video');
    expect(copied?.getAttribute('poster')).toBe(resources[0]?.token);
    expect([copied?.getAttribute('width'), copied?.getAttribute('height')]).toEqual(['640', '360']);
  });

  test('[C9] a frame on screen that may not be read leaves the video without one', async () => {
    drawn(() => {
      throw new DOMException('tainted', 'SecurityError');
    });
    const { copy, missing } = await snapshotOf(video(''));
    expect(copy.querySelector('video')?.hasAttribute('poster')).toBe(false);
    expect(missing).toEqual([{ kind: 'media', origin: site, count: 1 }]);
  });
});

describe('frames', () => {
  /** Puts a frame into a page, with a document that can be read. */
  function framed(page: Document, html: string): Document {
    const frame = page.createElement('iframe');
    page.body.append(frame);
    const inner = frame.contentDocument as Document;
    inner.body.innerHTML = html;
    return inner;
  }

  test('[C2][C12] one that can be read is a document of its own, within the same rules, and comes before what holds it', async () => {
    const inner = framed(
      livePage('<p>page</p>'),
      '<p onclick="steal()">cadre</p><input type="password" value="SECRET"><script>steal()</script>',
    );
    framed(inner, '<p>cadre du cadre</p>');
    const { copy, resources, missing } = await snapshotOf(document);
    expect(resources.map(({ type }) => type)).toEqual(['text/html', 'text/html']);
    const [innermost, middle] = await Promise.all(resources.map(({ bytes }) => bytes.text()));
    expect(innermost).toContain('<p>cadre du cadre</p>');
    expect(middle).toContain('<p>cadre</p>');
    expect(middle).toContain(`<iframe src="${resources[0]?.token}"`);
    expect(middle).not.toMatch(/SECRET|steal/);
    expect(copy.querySelector('iframe')?.getAttribute('src')).toBe(resources[1]?.token);
    expect(missing).toEqual([]);
  });

  test('[C12][C14] one that cannot leaves a frame of its size that names its site, and its place is listed', async () => {
    const { copy, missing, unreached } = await snapshotOf(
      `<iframe src="${site}/carte" width="300" class="carte" style="height:200px"></iframe>`,
    );
    const frame = copy.querySelector('iframe');
    expect(frame?.getAttribute('data-liasse-missing')).toBe('evil.example');
    expect(['width', 'class', 'style'].map((name) => frame?.getAttribute(name))).toEqual([
      '300',
      'carte',
      'height: 200px;',
    ]);
    expect(missing).toEqual([{ kind: 'frame', origin: site, count: 1 }]);
    expect(unreached).toEqual([
      { token: frame?.getAttribute('src'), url: `${site}/carte`, kind: 'frame', origin: site, uses: 1 },
    ]);
  });

  test('[C12] of a hostile page too', async () => {
    const { copy, missing } = await snapshotOf(fixture('hostile'));
    expect(missing).toContainEqual({ kind: 'frame', origin: site, count: 1 });
    expect(copy.querySelector('body > iframe')?.getAttribute('data-liasse-missing')).toBe('evil.example');
  });

  test('[C12] are waited for while they come, half a second at most', async () => {
    let now = 0;
    const clock = {
      now: () => now,
      waitMs: async (ms: number) => {
        now += ms;
      },
    };
    // jsdom never fills it.
    await snapshotOf(livePage('<iframe srcdoc="<p>x</p>"></iframe>'), { clock });
    expect(now).toBeGreaterThanOrEqual(CaptureLimits.framesMs);
    expect(now).toBeLessThanOrEqual(520);
    now = 0;
    await snapshotOf(livePage('<iframe loading="lazy" srcdoc="<p>x</p>"></iframe><iframe></iframe>'), { clock });
    expect(now).toBe(0);
  });
});
