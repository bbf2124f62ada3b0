import type { TextBlock } from '@liasse/core';
import { CaptureLimits } from '../limits.ts';
import { isMarker, ownMarker } from './markers.ts';

/** What the text inside a block-level element becomes. `begun`: its first block was written, and bore the marker. */
export type Context =
  | { readonly kind: 'paragraph' | 'quote' | 'preformatted' }
  | { readonly kind: 'heading'; readonly level: number }
  | { readonly kind: 'item'; readonly depth: number; readonly marker: string | null; begun: boolean };

/** A page's readable text. `dropped`: blocks past the limits, which are not in it. */
export interface Reading {
  readonly blocks: TextBlock[];
  readonly dropped: number;
}

/** Gathers inline text into blocks, within the limits. */
export class BlockWriter {
  readonly #blocks: TextBlock[] = [];
  #inline: string[] = [];
  /** A number that stood alone, and numbers the next block. */
  #marker: string | null = null;
  #characters = 0;
  #dropped = 0;

  text(characters: string, preformatted: boolean): void {
    this.#inline.push(preformatted ? characters : characters.replace(/[\t\n\f\r ]+/g, ' '));
  }

  newLine(): void {
    this.#inline.push('\n');
  }

  /** Ends the block that is being gathered. */
  flush(context: Context): void {
    if (this.#inline.length === 0) return;
    const joined = this.#inline.join('');
    this.#inline = [];
    const text = context.kind === 'preformatted' ? joined.replace(/^\n+|\s+$/g, '') : folded(joined);
    if (text === '') return;
    if (context.kind === 'paragraph') this.#paragraph(text);
    else if (context.kind !== 'item') this.push({ ...context, text });
    else if (context.begun) this.push({ kind: 'paragraph', text });
    else {
      context.begun = true;
      const own = ownMarker(text);
      this.push({ kind: 'item', depth: context.depth, marker: own?.marker ?? context.marker, text: own?.rest ?? text });
    }
  }

  push(block: TextBlock): void {
    const marker = this.#marker;
    this.#marker = null;
    if (marker !== null) this.push({ kind: 'paragraph', text: marker });
    for (const part of partsOf(block)) this.#add(part);
  }

  reading(): Reading {
    if (this.#marker !== null) this.#add({ kind: 'paragraph', text: this.#marker });
    this.#marker = null;
    return { blocks: this.#blocks, dropped: this.#dropped };
  }

  #paragraph(text: string): void {
    const marker = this.#marker;
    this.#marker = null;
    if (isMarker(text)) {
      if (marker !== null) this.#add({ kind: 'paragraph', text: marker });
      this.#marker = text;
    } else if (marker !== null) this.push({ kind: 'item', depth: 0, marker, text });
    else this.push({ kind: 'paragraph', text });
  }

  #add(block: TextBlock): void {
    const length = block.kind === 'row' ? block.cells.join('').length : block.text.length;
    const fits =
      this.#blocks.length < CaptureLimits.blocks && this.#characters + length <= CaptureLimits.textCharacters;
    if (!fits) {
      this.#dropped += 1;
      return;
    }
    this.#characters += length;
    this.#blocks.push(block);
  }
}

const folded = (text: string): string =>
  text
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** A block longer than one may be is several; cells are cut, because a row of them cannot be. */
function* partsOf(block: TextBlock): Generator<TextBlock> {
  const limit = CaptureLimits.blockCharacters;
  if (block.kind === 'row') {
    yield block.cells.some((cell) => cell.length > limit)
      ? { ...block, cells: block.cells.map((cell) => cell.slice(0, limit)) }
      : block;
    return;
  }
  let rest = block.text;
  while (rest.length > limit) {
    const space = rest.lastIndexOf(' ', limit);
    // Not between the two halves of a character.
    const end = space > limit / 2 ? space : limit - (/[\uD800-\uDBFF]/.test(rest.charAt(limit - 1)) ? 1 : 0);
    yield { ...block, text: rest.slice(0, end) };
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '') yield { ...block, text: rest };
}
