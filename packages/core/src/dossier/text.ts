import { z } from 'zod';
import { canonicalJson } from '../kernel/canonicalJson.ts';
import { BlobHash } from '../kernel/ids.ts';
import { wellFormed } from '../kernel/wellFormed.ts';

/** Bounds of a piece's readable text. The longest EU regulations, annexes included, stay under a quarter of them. */
export const TextLimits = {
  blocks: 60_000,
  blockCharacters: 200_000,
  /** All blocks together. */
  characters: 8_000_000,
  /** Longer ones, written as JSON, go to a blob: a dossier opens with every inline text of every piece. */
  inlineCharacters: 32_768,
} as const;

/** The media type of a text kept as a blob: what `encodeText` writes. */
export const TEXT_BLOB_TYPE = 'application/vnd.liasse.text+json';

// Half a character would not survive the way to the disk: what is hashed now must be what is read then.
const text = z.string().max(TextLimits.blockCharacters).overwrite(wellFormed);

/**
 * One block of readable text. Plain text only: what a page's author wrote never becomes markup here, so there is
 * nothing to sanitize. `item`: of a list, `depth` from 0, `marker` as it was shown (`1°`, `a)`), or null for a bullet.
 */
export const TextBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paragraph'), text }),
  z.object({ kind: z.literal('heading'), level: z.int().min(1).max(6), text }),
  z.object({ kind: z.literal('item'), depth: z.int().min(0).max(8), marker: z.string().max(20).nullable(), text }),
  z.object({ kind: z.literal('quote'), text }),
  z.object({ kind: z.literal('preformatted'), text }),
  z.object({ kind: z.literal('row'), header: z.boolean(), cells: z.array(text).min(1).max(200) }),
]);
export type TextBlock = z.infer<typeof TextBlock>;

/** How many characters people would read in a block. */
const lengthOf = (block: TextBlock): number =>
  block.kind === 'row' ? block.cells.reduce((sum, cell) => sum + cell.length, 0) : block.text.length;

/** A whole readable text, in reading order. */
export const TextBlocks = z
  .array(TextBlock)
  .max(TextLimits.blocks)
  .refine((blocks) => blocks.reduce((sum, block) => sum + lengthOf(block), 0) <= TextLimits.characters, {
    error: 'text too long',
  });
export type TextBlocks = readonly TextBlock[];

/** A blob a record refers to: its name and its size, one fact. */
export const BlobRef = z.object({ hash: BlobHash, bytes: z.int().min(0) });
export type BlobRef = z.infer<typeof BlobRef>;

/** Where a piece's text is: in the record, or in a blob that `decodeText` reads. */
export const PieceText = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inline'), blocks: TextBlocks }),
  z.object({ kind: z.literal('blob'), blob: BlobRef }),
]);
export type PieceText = z.infer<typeof PieceText>;

/** Whether a text is too long to live in the document, and must be put in a blob (`encodeText`) first. */
export const needsBlob = (blocks: TextBlocks): boolean => encodeText(blocks).length > TextLimits.inlineCharacters;

/** A text as the content of a blob, to be encoded in UTF-8, and as what is hashed of a text that is in its record. */
export const encodeText = (blocks: TextBlocks): string => canonicalJson(blocks);

/** The text in a blob's content; null when it is not one. */
export function decodeText(content: string): TextBlocks | null {
  try {
    return TextBlocks.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null;
  }
}
