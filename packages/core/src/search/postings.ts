import type { ByteWriter } from './bytes.ts';
import { FLAG_WEIGHTS } from './document.ts';

// A posting says which document has a term, how often in the text, and in which other fields. Three numbers, mostly in two
// bytes: the distance to the document before; twice the count, plus one if flags follow; the flags.

/** Counts above are all the same to a reader. */
export const MAX_COUNT = 0xffff;

/** Writes a posting after the one of `previous` (-1 for the first). */
export function writePosting(
  into: ByteWriter,
  posting: { readonly doc: number; readonly previous: number; readonly count: number; readonly flags: number },
): void {
  const { doc, previous, count, flags } = posting;
  into.varint(doc - previous);
  into.varint(count * 2 + (flags === 0 ? 0 : 1));
  if (flags !== 0) into.byte(flags);
}

/** How much a word weighs in a document, by where it stands there. */
export const weightOf = (count: number, flags: number): number => count + (FLAG_WEIGHTS[flags] as number);

/**
 * Adds what each posting weighs to its document's sum. The one loop that a search spends its time in: written out, without
 * a reader or a call for each number.
 */
export function accumulate(
  bytes: Uint8Array,
  range: { readonly from: number; readonly to: number },
  factor: number,
  sums: Float64Array,
): void {
  let at = range.from;
  let doc = -1;
  while (at < range.to) {
    let byte = bytes[at++] as number;
    let delta = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] as number;
      delta |= (byte & 127) << shift;
    }
    doc += delta;
    byte = bytes[at++] as number;
    let head = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] as number;
      head |= (byte & 127) << shift;
    }
    const flags = head & 1 ? (bytes[at++] as number) : 0;
    sums[doc] = (sums[doc] as number) + factor * ((head >> 1) + (FLAG_WEIGHTS[flags] as number));
  }
}
