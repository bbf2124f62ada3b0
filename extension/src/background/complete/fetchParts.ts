import type { Missing } from '@liasse/core';
import { CaptureLimits } from '../../capture/limits.ts';
import { MissingCount } from '../../capture/missing.ts';
import type { Unreached } from '../../capture/pageContent.ts';
import { fontType, imageType } from '../../capture/snapshot/blobTypes.ts';
import { type CssAddress, type CssPart, readCss } from '../../capture/snapshot/css.ts';
import { fontFace } from '../../capture/snapshot/fonts.ts';
import { inertSvgFile } from '../../capture/snapshot/inertSvg.ts';
import { absoluteAddress } from '../../capture/snapshot/markup.ts';
import { selectorOfCopy } from '../../capture/snapshot/selectors.ts';

/** What was found behind an address, fit for a snapshot. `missing`: what could not be found of what it refers to. */
export type Part =
  | { readonly kind: 'file'; readonly file: Blob }
  | {
      readonly kind: 'style';
      readonly css: readonly CssPart[];
      readonly files: ReadonlyMap<CssPart, Blob>;
      readonly missing: readonly Missing[];
    };

/** `away`: nobody answered, and it may be asked for again. `none`: there is nothing of the kind. */
export type Fetched = Part | { readonly kind: 'away' } | { readonly kind: 'none' };

export interface FetchPorts {
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>;
  /** Whether an address may be asked for: of an origin that was granted, and of no private network [C31] [C32]. */
  readonly mayFetch: (url: string) => boolean;
}

/** Dead servers cost this much, once for each thing asked of them. */
const ANSWER_MS = 10_000;
const AT_ONCE = 6;
/** Images and fonts of one style sheet. */
const MOST_IN_SHEET = 200;

/** Fetches for one piece, a few at a time, within what a snapshot holds at most. */
export class PartFetcher {
  readonly #ports: FetchPorts;
  #bytesLeft: number = CaptureLimits.softBytes;

  constructor(ports: FetchPorts) {
    this.#ports = ports;
  }

  /** What is behind each of some addresses. */
  async all(wanted: readonly Unreached[]): Promise<ReadonlyMap<Unreached, Fetched>> {
    const waiting = [...wanted];
    const found = new Map<Unreached, Fetched>();
    const next = async () => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) found.set(one, await this.#one(one));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    return found;
  }

  async #one({ kind, url }: Unreached): Promise<Fetched> {
    if (kind === 'style') return this.#sheet(url);
    return kind === 'image' || kind === 'font' ? this.#file(kind, url) : { kind: 'none' };
  }

  async #file(kind: 'image' | 'font', url: string): Promise<Fetched & { kind: 'file' | 'away' | 'none' }> {
    const blob = await this.#bytes(url, CaptureLimits.resourceBytes);
    if (!(blob instanceof Blob)) return { kind: blob };
    const type = kind === 'font' ? await fontType(blob) : await imageType(blob);
    if (type === null) return { kind: 'none' };
    const file = type === 'image/svg+xml' ? await inertSvgFile(blob) : blob.slice(0, blob.size, type);
    if (file === null || file.size > this.#bytesLeft) return { kind: 'none' };
    this.#bytesLeft -= file.size;
    return { kind: 'file', file };
  }

  /** A style sheet by the capture's own reader and writer: what it loads is fetched too, or stands for nothing. */
  async #sheet(url: string): Promise<Fetched> {
    const blob = await this.#bytes(url, CaptureLimits.styleSheetCharacters);
    if (!(blob instanceof Blob)) return { kind: blob };
    if (!/^text\/css\b/i.test(blob.type)) return { kind: 'none' };
    const css = readCss(await blob.text(), {
      selector: selectorOfCopy,
      fontFace: (descriptors) => fontFace(descriptors, null),
    });
    const missing = new MissingCount();
    const files = new Map<CssPart, Blob>();
    const waiting = css.filter((part) => typeof part !== 'string');
    for (const { use, address } of waiting.splice(MOST_IN_SHEET)) missing.add(use, absoluteAddress(address, url));
    const known = new Map<string, Promise<Fetched>>();
    const next = async () => {
      for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
        const file = await this.#inSheet(part, url, known);
        if (file === null) missing.add(part.use, absoluteAddress(part.address, url));
        else files.set(part, file);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    return { kind: 'style', css, files, missing: missing.list() };
  }

  async #inSheet(
    { use, address }: CssAddress,
    base: string,
    known: Map<string, Promise<Fetched>>,
  ): Promise<Blob | null> {
    const url = absoluteAddress(address, base);
    if (url === null) return null;
    const asked = known.get(url) ?? this.#file(use, url);
    known.set(url, asked);
    const found = await asked;
    return found.kind === 'file' ? found.file : null;
  }

  /**
   * The bytes behind an address. A redirection ends it: where it leads is hidden until something was sent there, and that may be a
   * door inside the office [C32].
   */
  async #bytes(url: string, most: number): Promise<Blob | 'away' | 'none'> {
    if (url.startsWith('data:')) return carried(url);
    if (!this.#ports.mayFetch(url)) return 'none';
    try {
      const answer = await this.#ports.fetch(url, {
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      if (answer.status >= 500) return 'away';
      return answer.ok ? ((await readAtMost(answer, most)) ?? 'none') : 'none';
    } catch {
      return 'away';
    }
  }
}

/** The body, unless it is longer than it may be: a server may never end. */
async function readAtMost(answer: Response, most: number): Promise<Blob | null> {
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = answer.body?.getReader();
  if (reader === undefined) return null;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.length;
    if (bytes > most) {
      await reader.cancel();
      return null;
    }
    parts.push(read.value);
  }
  return new Blob(parts, { type: answer.headers.get('content-type') ?? '' });
}

/** What a style sheet carries in itself. */
async function carried(url: string): Promise<Blob | 'none'> {
  try {
    return await (await fetch(url)).blob();
  } catch {
    return 'none';
  }
}
