import {
  type BlobHash,
  inlineResources,
  nestedResourcesOf,
  type ResourceContent,
  resourceName,
  resourcesOf,
} from '@liasse/core';

/** A snapshot with its resources at hand. */
export interface LoadedSnapshot {
  readonly html: string;
  /** Resources that are neither on this device nor on the server yet. */
  readonly away: number;
  /** Lets go of the resources: what shows them no longer does. */
  release(): void;
}

/** What loading needs. `read`: a blob of the document, or null while it is away. */
export interface LoadingPorts {
  read(hash: BlobHash): Promise<Blob | null>;
  addressOf(blob: Blob): string;
  letGo(address: string): void;
}

/** More than any page has: a list without an end is not waited for. */
const MOST_RESOURCES = 5_000;
const MOST_DEPTH = 8;
/** Of one text with all that is in it, in UTF-16 units. */
const MOST_CHARACTERS = 30_000_000;
const AT_ONCE = 8;

/**
 * Reads everything that a snapshot refers to, framed documents and style sheets with what they refer to in turn, and puts it
 * where it belongs. What is away stays named, and is shown as missing [C19].
 *
 * @param onProgress - called as resources come, with how many did and how many are known of
 */
export async function loadSnapshot(
  html: string,
  ports: LoadingPorts,
  options: { readonly signal: AbortSignal; readonly onProgress: (done: number, of: number) => void },
): Promise<LoadedSnapshot> {
  const texts = new Map<BlobHash, string>();
  const contents = new Map<string, ResourceContent>();
  const addresses: string[] = [];
  const known = new Set<BlobHash>();
  let done = 0;

  let level = [html];
  for (let depth = 0; depth < MOST_DEPTH && level.length > 0; depth++) {
    const nested = new Set(level.flatMap((text) => [...nestedResourcesOf(text).keys()]));
    const wanted = level.flatMap((text) => resourcesOf(text)).filter((hash) => !known.has(hash) && known.add(hash));
    wanted.length = Math.min(wanted.length, Math.max(0, MOST_RESOURCES - done));
    level = [];
    const readNext = async () => {
      for (let hash = wanted.shift(); hash !== undefined && !options.signal.aborted; hash = wanted.shift()) {
        const blob = await ports.read(hash);
        done += blob === null ? 0 : 1;
        options.onProgress(done, known.size);
        if (blob === null) continue;
        if (nested.has(hash)) {
          const text = await blob.text();
          texts.set(hash, text);
          level.push(text);
        } else {
          const address = ports.addressOf(await withImageType(blob));
          addresses.push(address);
          contents.set(resourceName(hash), { kind: 'address', address });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, readNext));
  }

  resolveAll(texts, contents);
  // Too long with all that is in it: the page alone is shown, its frames and sheets as missing.
  if (lengthWith(html, contents) > MOST_CHARACTERS) {
    for (const [name, { kind }] of contents) if (kind === 'text') contents.delete(name);
  }
  return {
    html: inlineResources(html, contents),
    away: known.size - done,
    release: () => {
      for (const address of addresses.splice(0)) ports.letGo(address);
    },
  };
}

/** Puts into each text what it refers to, whatever comes first. One that grows beyond measure stays as it is. */
function resolveAll(texts: ReadonlyMap<BlobHash, string>, contents: Map<string, ResourceContent>): void {
  const resolve = (hash: BlobHash, depth: number): void => {
    const text = texts.get(hash);
    if (text === undefined || contents.has(resourceName(hash)) || depth > MOST_DEPTH) return;
    for (const inner of nestedResourcesOf(text).keys()) resolve(inner, depth + 1);
    if (lengthWith(text, contents) > MOST_CHARACTERS) return;
    contents.set(resourceName(hash), { kind: 'text', text: inlineResources(text, contents) });
  };
  for (const hash of texts.keys()) resolve(hash, 0);
}

/** About how long a text will be, without making it. */
function lengthWith(text: string, contents: ReadonlyMap<string, ResourceContent>): number {
  let length = text.length;
  for (const [name] of text.matchAll(/sha256:[0-9a-f]{64}/g)) {
    const content = contents.get(name);
    if (content?.kind === 'text') length += content.text.length;
  }
  return length;
}

/** A blob from the server has lost its type. Browsers know images by their bytes, drawings only by their type. */
async function withImageType(blob: Blob): Promise<Blob> {
  if (blob.type.startsWith('image/') || blob.type.startsWith('font/')) return blob;
  const head = await blob.slice(0, 512).text();
  return /^\s*(?:<\?xml|<!--|<!doctype svg|<svg)/i.test(head) ? blob.slice(0, blob.size, 'image/svg+xml') : blob;
}
