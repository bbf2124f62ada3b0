import { TextBlock } from '@liasse/core';
import type { ReadFile } from '@liasse/ui/files';
import type { ReadPage } from './handover.ts';
import type { FetchedFile, PageContent } from './pageContent.ts';

/** What a server takes as one blob. */
const MOST_BYTES = 100 * 1024 * 1024;

/** How a file is read once it is here: `readFile`. */
type Read = (
  bytes: Uint8Array,
  options: { readonly signal: AbortSignal; readonly report: (progress: { done: number; of: number }) => void },
) => Promise<ReadFile>;

/**
 * Fetches the file that a page shows, or links to, from inside it: as the person who has it open, when it is of the same site. From
 * another site it comes without cookies, and only where that site lets any page have it.
 *
 * @see SPEC.md P39
 */
export const fetchFile =
  (page: URL, read: Read): ReadPage =>
  async ({ link }, { signal, report }) => {
    const url = new URL(link ?? page.href, page.href);
    const bytes = await bytesAt(url, page, signal);
    if (bytes === null) return NOTHING;
    const file = await read(new Uint8Array(await bytes.arrayBuffer()), { signal, report });
    // A page is taken as a page, from its own tab.
    if (file.type === 'text/html') return NOTHING;
    const { type, reading, pages, pixels } = file;
    const original: FetchedFile = { bytes, type, name: nameOf(url), reading, pages, pixels };
    return { ...NOTHING, text: file.blocks.filter((block) => TextBlock.safeParse(block).success), original };
  };

const NOTHING: PageContent = { text: [], coverage: null, missing: [], snapshot: null, original: null };

async function bytesAt(url: URL, page: URL, signal: AbortSignal): Promise<Blob | null> {
  if (!/^(?:https?|file):$/.test(url.protocol)) return null;
  try {
    const answer = await fetch(url, {
      signal,
      cache: 'force-cache',
      credentials: url.origin === page.origin ? 'same-origin' : 'omit',
      referrerPolicy: 'no-referrer',
    });
    if (!answer.ok || Number(answer.headers.get('content-length') ?? 0) > MOST_BYTES) return null;
    const bytes = await answer.blob();
    return bytes.size === 0 || bytes.size > MOST_BYTES ? null : bytes;
  } catch {
    return null;
  }
}

/** The last part of the address, as people would read it. */
function nameOf({ pathname, host }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? host;
  try {
    return decodeURIComponent(last).slice(-255);
  } catch {
    return last.slice(-255);
  }
}
