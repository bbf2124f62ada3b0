import type { TextBlock } from '@liasse/core';
import { FileLimits } from './fileLimits.ts';

const MAX_BLOCK_CHARACTERS = 100_000;

/** Gathers a readable text within its bounds. Empty blocks are left out. */
export class BlockList {
  readonly blocks: TextBlock[] = [];
  /** Whether something did not fit any more. */
  isCut = false;
  #characters = 0;

  paragraph(text: string): void {
    for (const part of parts(text)) this.#add({ kind: 'paragraph', text: part }, part.length);
  }

  heading(level: number, text: string): void {
    const [first = '', ...rest] = parts(text);
    if (first !== '') this.#add({ kind: 'heading', level: Math.min(Math.max(level, 1), 6), text: first }, first.length);
    for (const part of rest) this.#add({ kind: 'paragraph', text: part }, part.length);
  }

  /** @param marker - as shown (`1°`), or null for a bullet */
  item(depth: number, marker: string | null, text: string): void {
    const item = {
      kind: 'item',
      depth: Math.min(Math.max(depth, 0), 8),
      marker: marker?.slice(0, 20) ?? null,
    } as const;
    for (const part of parts(text)) this.#add({ ...item, text: part }, part.length);
  }

  row(cells: readonly string[], header: 'header' | 'body' = 'body'): void {
    const kept = cells.slice(0, 200).map((cell) => folded(cell).slice(0, MAX_BLOCK_CHARACTERS));
    if (kept.every((cell) => cell === '')) return;
    const length = kept.reduce((sum, cell) => sum + cell.length, 0);
    this.#add({ kind: 'row', header: header === 'header', cells: kept }, length);
  }

  get isFull(): boolean {
    return this.isCut;
  }

  #add(block: TextBlock, length: number): void {
    if (this.blocks.length >= FileLimits.blocks || this.#characters + length > FileLimits.characters) {
      this.isCut = true;
      return;
    }
    this.#characters += length;
    this.blocks.push(block);
  }
}

const folded = (text: string): string => text.replace(/\s+/gu, ' ').trim();

function parts(text: string): string[] {
  const whole = folded(text);
  const found: string[] = [];
  for (let at = 0; at < whole.length; at += MAX_BLOCK_CHARACTERS)
    found.push(whole.slice(at, at + MAX_BLOCK_CHARACTERS));
  return found;
}
