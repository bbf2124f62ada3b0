import { z } from 'zod';
import { PART_BYTES, type TakeOrder, type TakeProgress } from '../../capture/handover.ts';
import type { PageTaker, Target } from './pageTaker.ts';

/** All that one page may bring: what a server takes as one blob is less. */
const MOST_BYTES = 100 * 1024 * 1024;

const FileLine = z.object({
  role: z.enum(['snapshot', 'resource', 'original']),
  token: z.string().max(100).nullable(),
  type: z.string().max(127),
  bytes: z.int().min(0),
});

const Summary = z.looseObject({
  files: z.array(FileLine).max(10_000),
  unreached: z.array(z.unknown()).max(10_000).catch([]),
});

/** A file that came out of a page. */
export interface PulledFile {
  readonly role: 'snapshot' | 'resource' | 'original';
  readonly token: string | null;
  readonly type: string;
  readonly bytes: Blob;
}

/** What came out of a page, as the page's word. */
export interface Pulled {
  readonly content: unknown;
  readonly files: readonly PulledFile[];
  readonly unreached: readonly unknown[];
}

/**
 * Takes a page and brings its bytes over. Null where the page admits no script, or answers something else.
 *
 * Where it goes away in the middle, its text is kept and its files are none: half a copy is not one.
 */
export async function pull(
  taker: PageTaker,
  target: Target,
  order: TakeOrder,
  { signal, report }: { readonly signal: AbortSignal; readonly report: (progress: TakeProgress) => void },
): Promise<Pulled | null> {
  await taker.run(order.take === 'file' ? '/page-file.js' : '/page-content.js', target);
  const stopWatching = watch(taker, target, report);
  const leave = () => void taker.call(target, 'leave', []);
  signal.addEventListener('abort', leave);
  try {
    const answer = Summary.safeParse(await taker.call(target, 'take', [order]));
    if (!answer.success || signal.aborted) return null;
    const { files, unreached, ...content } = answer.data;
    const pulled = await filesOf(files, (at) => taker.call(target, 'part', [at]), { signal, report });
    return pulled === null ? { content, files: [], unreached: [] } : { content, files: pulled, unreached };
  } finally {
    stopWatching();
    signal.removeEventListener('abort', leave);
    leave();
  }
}

async function filesOf(
  lines: readonly z.infer<typeof FileLine>[],
  part: (at: number) => Promise<unknown>,
  { signal, report }: { readonly signal: AbortSignal; readonly report: (progress: TakeProgress) => void },
): Promise<readonly PulledFile[] | null> {
  const whole = lines.reduce((sum, { bytes }) => sum + bytes, 0);
  if (whole > MOST_BYTES) return null;
  const parts: Blob[] = [];
  for (let at = 0; at < whole; at += PART_BYTES) {
    const bytes = bytesOf(await part(at));
    if (bytes?.length !== Math.min(PART_BYTES, whole - at) || signal.aborted) return null;
    parts.push(new Blob([bytes]));
    if (whole > PART_BYTES) report({ done: at + bytes.length, of: whole });
  }
  const all = new Blob(parts);
  let at = 0;
  return lines.map(({ role, token, type, bytes }) => {
    const file = all.slice(at, at + bytes, type);
    at += bytes;
    return { role, token, type, bytes: file };
  });
}

function bytesOf(base64: unknown): Uint8Array<ArrayBuffer> | null {
  if (typeof base64 !== 'string') return null;
  try {
    const characters = atob(base64);
    const bytes = new Uint8Array(characters.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}

const PROGRESS_MS = 250;

/** Asks how far the page is, until told to stop. */
function watch(taker: PageTaker, target: Target, report: (progress: TakeProgress) => void): () => void {
  const timer = setInterval(async () => {
    const progress = Progress.safeParse(await taker.call(target, 'progress', []));
    if (progress.success) report(progress.data);
  }, PROGRESS_MS);
  return () => clearInterval(timer);
}

const Progress = z.object({ done: z.int().min(0), of: z.int().min(0) });
