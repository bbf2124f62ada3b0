/**
 * How a snapshot names its resources, as text. The page is inert HTML; images, fonts, long style sheets and framed documents
 * are blobs beside it. While nothing is hashed yet each has a token, `liasse-resource:7`; then its name, `sha256:` and 64
 * digits. Both stand where an address would. The serializer breaks whatever a page writes in one of these shapes, so that
 * each occurrence in a snapshot is one of ours [C3].
 */
import type { BlobHash } from '../kernel/ids.ts';

const TOKEN = /liasse-resource:\d+/g;
const NAME = /sha256:([0-9a-f]{64})/g;
/** The two places where a snapshot refers to text that may refer to more. The serializer writes these bytes and no others. */
const NESTED = /<(link rel="stylesheet" href|iframe src)="sha256:([0-9a-f]{64})"/g;

/** Text that may refer to other resources, by where it is used. */
export type NestedType = 'text/css' | 'text/html';

/** A resource as it comes out of a page. `bytes` is what the platform calls a blob. */
export interface TokenResource<B> {
  readonly token: string;
  readonly type: string;
  readonly bytes: B;
}

/** What naming needs of the platform. */
export interface NamingPorts<B> {
  text(bytes: B): Promise<string>;
  /** Keeps a blob under its hash, and answers with it. */
  store(content: B | string, type: string): Promise<BlobHash>;
}

/** The token of the `number`th resource. */
export const resourceToken = (number: number): string => `liasse-resource:${number}`;

/** The address of a named resource, as it stands in a snapshot. */
export const resourceName = (hash: BlobHash): string => `sha256:${hash}`;

/** Puts names in the place of tokens. A token without a name stays: its resource could not be read, and may be one day. */
export function nameResources(text: string, names: ReadonlyMap<string, BlobHash>): string {
  return text.replace(TOKEN, (token) => {
    const hash = names.get(token);
    return hash === undefined ? token : resourceName(hash);
  });
}

/** The blobs that a text of a snapshot refers to, each once, in order. Framed documents and style sheets may refer to more. */
export function resourcesOf(text: string): readonly BlobHash[] {
  return [...new Set(Array.from(text.matchAll(NAME), ([, hash]) => hash as BlobHash))];
}

/** The tokens that are left in a text: what the capture could not read. */
export function tokensOf(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(TOKEN), ([token]) => token))];
}

/** Those of `resourcesOf` that are text, with what they are. */
export function nestedResourcesOf(html: string): ReadonlyMap<BlobHash, NestedType> {
  return new Map(
    Array.from(html.matchAll(NESTED), ([, place, hash]) => [
      hash as BlobHash,
      place?.startsWith('link') === true ? ('text/css' as const) : ('text/html' as const),
    ]),
  );
}

/**
 * Names a whole snapshot. `resources` come leaves first, as the serializer gives them [C2], so that each text finds the names
 * of what it refers to.
 *
 * @returns the HTML to store last, and the hash of every resource
 */
export async function nameSnapshot<B>(
  { html, resources }: { readonly html: string; readonly resources: readonly TokenResource<B>[] },
  { text, store }: NamingPorts<B>,
): Promise<{ html: string; hashes: readonly BlobHash[] }> {
  const names = new Map<string, BlobHash>();
  for (const { token, type, bytes } of resources) {
    const content = isNested(type) ? nameResources(await text(bytes), names) : bytes;
    names.set(token, await store(content, type));
  }
  return { html: nameResources(html, names), hashes: [...new Set(names.values())] };
}

const isNested = (type: string): type is NestedType => type === 'text/css' || type === 'text/html';

/** Frames within frames: as deep as the serializer goes, and one more. */
const MOST_DEPTH = 8;

/**
 * Completes a snapshot with what was fetched since [C15]. A style sheet or a framed document that gains something is another
 * blob, under another name; everything else stays byte for byte.
 *
 * @param filled - token → hash of what was fetched and stored
 */
export function completeSnapshot(
  html: string,
  filled: ReadonlyMap<string, BlobHash>,
  ports: CompletionPorts,
): Promise<string> {
  return completeAt(0, html, filled, ports);
}

/** What completing needs of the platform. */
export interface CompletionPorts {
  /** A text blob of the snapshot; null when it is not here. */
  read(hash: BlobHash): Promise<string | null>;
  store(content: string, type: NestedType): Promise<BlobHash>;
}

async function completeAt(
  depth: number,
  html: string,
  filled: ReadonlyMap<string, BlobHash>,
  ports: CompletionPorts,
): Promise<string> {
  const renamed = new Map<string, BlobHash>();
  for (const [hash, type] of depth < MOST_DEPTH ? nestedResourcesOf(html) : []) {
    const before = await ports.read(hash);
    if (before === null) continue;
    const after =
      type === 'text/css' ? nameResources(before, filled) : await completeAt(depth + 1, before, filled, ports);
    if (after !== before) renamed.set(hash, await ports.store(after, type));
  }
  const renamedHtml = html.replace(NAME, (name, hash: string) => {
    const next = renamed.get(hash);
    return next === undefined ? name : resourceName(next);
  });
  return nameResources(renamedHtml, filled);
}

/** What a reader makes of a resource. `text`: of a style sheet or a framed document, already resolved. */
export type ResourceContent =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'text'; readonly text: string };

/**
 * A snapshot with its resources in it: addresses (`blob:`, `data:`) where names stand, style sheets as `<style>`, framed
 * documents as `srcdoc`. Names without content, and tokens, stay. Give the resolved text of nested resources.
 */
export function inlineResources(text: string, contents: ReadonlyMap<string, ResourceContent>): string {
  const textOf = (name: string): string | null => {
    const content = contents.get(name);
    return content?.kind === 'text' ? content.text : null;
  };
  return text
    .replace(/<link rel="stylesheet" href="([^"]*)"( media="[^"]*")?>/g, (link, name: string, media = '') => {
      const css = textOf(name);
      return css === null ? link : `<style${media}>${css.replaceAll('</', '<\\/')}</style>`;
    })
    .replace(/<iframe src="([^"]*)"/g, (frame, name: string) => {
      const html = textOf(name);
      return html === null ? frame : `<iframe srcdoc="${html.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"`;
    })
    .replace(/sha256:[0-9a-f]{64}|liasse-resource:\d+/g, (name) => {
      const content = contents.get(name);
      return content?.kind === 'address' ? content.address : name;
    });
}
