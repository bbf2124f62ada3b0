import { absoluteAddress, escapeText } from './markup.ts';
import type { ReadBytes } from './types.ts';

/** A file of drawings that the page uses parts of. */
interface Sprite {
  readonly address: string;
  /** Part's id there → its id in the copy. */
  readonly parts: Map<string, string>;
}

/** A part of such a file, ready to be written; `parts` that it uses in turn come along. */
export interface SpritePart {
  readonly element: Element;
  /** The id under which the copy refers to it; null keeps its own. */
  readonly id: string | null;
}

const MOST_BYTES = 2 * 1024 * 1024;
const MOST_PARTS = 500;

/** The parts that a document's drawings use from other files [C22]: `<use href="icons.svg#search">`. */
export class Sprites {
  readonly #sprites = new Map<string, Sprite>();
  #count = 0;

  /** The attribute that refers to the part in the copy. */
  reference(href: string, base: string): string {
    const address = absoluteAddress(href, base);
    const at = address?.indexOf('#') ?? -1;
    if (address === null || at < 0 || !/^https?:/.test(address) || this.#count >= MOST_PARTS) return '';
    const file = address.slice(0, at);
    const sprite = this.#sprites.get(file) ?? { address: file, parts: new Map<string, string>() };
    this.#sprites.set(file, sprite);
    const part = address.slice(at + 1);
    const known = sprite.parts.get(part);
    if (known === undefined) this.#count += 1;
    const id = known ?? `liasse-part-${this.#count}`;
    sprite.parts.set(part, id);
    return ` href="#${escapeText(id)}"`;
  }

  /** Reads the files. `onAbsent` hears of each that could not be. */
  async read(read: ReadBytes, signal: AbortSignal, onAbsent: (address: string) => void): Promise<SpritePart[]> {
    const found = await Promise.all(
      Array.from(this.#sprites.values(), async ({ address, parts }) => {
        const blob = signal.aborted ? null : await read(address, signal);
        const isDrawing = blob !== null && /^image\/svg\+xml\b/i.test(blob.type) && blob.size <= MOST_BYTES;
        const file = isDrawing ? new DOMParser().parseFromString(await blob.text(), 'image/svg+xml') : null;
        if (file === null) onAbsent(address);
        return file === null ? [] : partsOf(file, parts);
      }),
    );
    return found.flat();
  }
}

/** The wanted parts, and those that they refer to within their file. */
function partsOf(file: Document, wanted: ReadonlyMap<string, string>): SpritePart[] {
  const parts: SpritePart[] = [];
  const seen = new Set<string>();
  const waiting = [...wanted.keys()];
  for (let id = waiting.shift(); id !== undefined && parts.length < MOST_PARTS; id = waiting.shift()) {
    const element = seen.has(id) ? null : file.getElementById(id);
    seen.add(id);
    if (element === null) continue;
    parts.push({ element, id: wanted.get(id) ?? null });
    for (const [, inner] of element.outerHTML.matchAll(/(?:href="|url\(["']?)#([\w.:-]+)/g))
      waiting.push(inner as string);
  }
  return parts;
}
