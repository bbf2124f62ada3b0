import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BlobHash } from '../kernel/ids.ts';
import {
  completeSnapshot,
  inlineResources,
  nameResources,
  nameSnapshot,
  nestedResourcesOf,
  resourceName,
  resourcesOf,
  resourceToken,
  tokensOf,
} from './snapshotFormat.ts';

const hashOf = (content: string): BlobHash => createHash('sha256').update(content).digest('hex') as BlobHash;

/** A shelf of blobs in memory; blobs are strings here. */
function shelf() {
  const blobs = new Map<BlobHash, string>();
  return {
    blobs,
    text: async (bytes: string) => bytes,
    read: async (hash: BlobHash) => blobs.get(hash) ?? null,
    store: async (content: string) => {
      blobs.set(hashOf(content), content);
      return hashOf(content);
    },
  };
}

const image = { token: resourceToken(1), type: 'image/png', bytes: 'png' };
const sheet = { token: resourceToken(2), type: 'text/css', bytes: 'p{background:url("liasse-resource:1")}' };
const frame = {
  token: resourceToken(3),
  type: 'text/html',
  bytes: '<link rel="stylesheet" href="liasse-resource:2"><img src="liasse-resource:1"><img src="liasse-resource:9">',
};
const page = '<link rel="stylesheet" href="liasse-resource:2"><iframe src="liasse-resource:3"></iframe>';

describe('naming', () => {
  test('[C2] leaves first: whatever refers to others finds their names', async () => {
    const { blobs, ...ports } = shelf();
    const { html, hashes } = await nameSnapshot({ html: page, resources: [image, sheet, frame] }, ports);
    const namedSheet = `p{background:url("${resourceName(hashOf('png'))}")}`;
    const namedFrame = blobs.get(hashes[2] as BlobHash) as string;
    expect(blobs.get(hashes[1] as BlobHash)).toBe(namedSheet);
    expect(resourcesOf(namedFrame)).toEqual([hashOf(namedSheet), hashOf('png')]);
    expect(resourcesOf(html)).toEqual([hashOf(namedSheet), hashOf(namedFrame)]);
    expect(tokensOf(html)).toEqual([]);
  });

  test('[C14] a token without a name stays, and is listed', () => {
    const named = nameResources('liasse-resource:1 liasse-resource:11', new Map([['liasse-resource:1', hashOf('a')]]));
    expect(named).toBe(`sha256:${hashOf('a')} liasse-resource:11`);
    expect(tokensOf(named)).toEqual(['liasse-resource:11']);
  });

  test('[C4] two resources of the same bytes are one', async () => {
    const twin = { ...image, token: resourceToken(5) };
    const { hashes } = await nameSnapshot({ html: '', resources: [image, twin] }, shelf());
    expect(hashes).toEqual([hashOf('png')]);
  });

  test('what is nested is known by its place', () => {
    const html = `<link rel="stylesheet" href="sha256:${hashOf('a')}"><iframe src="sha256:${hashOf('b')}"><img src="sha256:${hashOf('c')}">`;
    expect([...nestedResourcesOf(html)]).toEqual([
      [hashOf('a'), 'text/css'],
      [hashOf('b'), 'text/html'],
    ]);
  });
});

describe('completing', () => {
  const filled = new Map([[resourceToken(9), hashOf('late')]]);

  test('[C15] a frame that gains an image is another blob, and the page names that one', async () => {
    const { blobs, ...ports } = shelf();
    const { html } = await nameSnapshot({ html: page, resources: [image, sheet, frame] }, ports);
    const completed = await completeSnapshot(html, filled, ports);
    const [sameSheet, newFrame] = resourcesOf(completed);
    expect(sameSheet).toBe(resourcesOf(html)[0]);
    expect(newFrame).not.toBe(resourcesOf(html)[1]);
    expect(resourcesOf(blobs.get(newFrame as BlobHash) as string)).toContain(hashOf('late'));
  });

  test('[C15] a style sheet that gains an image is completed before the frame that holds it, and the frame before the page', async () => {
    const { blobs, ...ports } = shelf();
    const late = { ...sheet, bytes: 'p{background:url("liasse-resource:9")}' };
    const { html } = await nameSnapshot({ html: page, resources: [image, late, frame] }, ports);
    const [newSheet, newFrame] = resourcesOf(await completeSnapshot(html, filled, ports));
    expect(blobs.get(newSheet as BlobHash)).toBe(`p{background:url("${resourceName(hashOf('late'))}")}`);
    expect(resourcesOf(blobs.get(newFrame as BlobHash) as string)).toContain(newSheet);
  });

  test('[C15] what was not fetched changes no byte', async () => {
    const { blobs, ...ports } = shelf();
    const { html } = await nameSnapshot({ html: `${page}\n \n`, resources: [image, sheet, frame] }, ports);
    const before = blobs.size;
    expect(await completeSnapshot(html, new Map([[resourceToken(77), hashOf('x')]]), ports)).toBe(html);
    expect(blobs.size).toBe(before);
  });

  test('[C15] where a nested text is not here, the rest is completed', async () => {
    const html = `<iframe src="sha256:${hashOf('away')}"></iframe><img src="liasse-resource:9">`;
    expect(await completeSnapshot(html, filled, shelf())).toBe(
      `<iframe src="sha256:${hashOf('away')}"></iframe><img src="sha256:${hashOf('late')}">`,
    );
  });
});

describe('reading with the resources inside', () => {
  const a = resourceName(hashOf('a'));

  test('[C19] addresses, style sheets and framed documents come to their places, the rest stays named', () => {
    const html = `<link rel="stylesheet" href="${a}" media="print"><iframe src="liasse-resource:3"></iframe><img src="liasse-resource:4"><img src="liasse-resource:5">`;
    const shown = inlineResources(
      html,
      new Map([
        [a, { kind: 'text', text: 'p{color:red}' }],
        ['liasse-resource:3', { kind: 'text', text: '<p title="&quot;">$&</p>' }],
        ['liasse-resource:4', { kind: 'address', address: 'blob:x' }],
      ]),
    );
    expect(shown).toBe(
      '<style media="print">p{color:red}</style><iframe srcdoc="<p title=&quot;&amp;quot;&quot;>$&amp;</p>"></iframe><img src="blob:x"><img src="liasse-resource:5">',
    );
  });

  test('[C18] a style sheet cannot end its element', () => {
    const shown = inlineResources(
      `<link rel="stylesheet" href="${a}">`,
      new Map([[a, { kind: 'text', text: '</style><b>' }]]),
    );
    expect(shown).toBe('<style><\\/style><b></style>');
  });
});
