import { MissingCount } from '../missing.ts';
import { parsePage } from '../testing.ts';
import { takeSnapshot } from './index.ts';
import type { SnapshotOptions } from './types.ts';

export const png = new Blob([new Uint8Array([137, 80, 78, 71])], { type: 'image/png' });
export const large = (type: string) => new Blob([new Uint8Array(3000)], { type });

/** A snapshot of a page without layout, at https://evil.example/x/. */
export async function snapshotOf(
  page: Document | string,
  options: Partial<Pick<SnapshotOptions, 'fieldOf' | 'clock'>> & { read?: (url: string) => Blob | null } = {},
) {
  const document = typeof page === 'string' ? parsePage(page) : page;
  if (document.querySelector('base') === null) {
    const base = document.createElement('base');
    base.href = 'https://evil.example/x/';
    document.head.prepend(base);
  }
  const missing = new MissingCount();
  const taken = await takeSnapshot(document, {
    clock: { now: () => 0, waitMs: async () => {} },
    ...options,
    read: async (url) => options.read?.(url) ?? null,
    signal: new AbortController().signal,
    missing,
  });
  return { ...taken, copy: parsePage(taken.html), missing: missing.list() };
}

/** A page whose style sheets are read: those of a parsed one are not, without a window. */
export function livePage(html: string): Document {
  document.documentElement.innerHTML = html;
  return document;
}

export function longPage(): Document {
  const page = parsePage('<p>début</p>');
  const words = 'x'.repeat(3_000_000);
  for (let count = 0; count < 8; count++) page.body.append(page.createElement('p'), words);
  return page;
}
