import { z } from 'zod';
import { AccountId, PieceId } from '../kernel/ids.ts';
import { Rank } from '../kernel/rank.ts';
import { Trashed } from '../kernel/trashed.ts';
import { wellFormed } from '../kernel/wellFormed.ts';
import { Coverage, LanguageTag, Missing, PieceKind } from './captureDraft.ts';
import { LegalReference } from './legal.ts';
import { BlobRef } from './text.ts';
import { WorkKey } from './workKey.ts';

/** A media type without parameters: `application/pdf`. */
export const MediaType = z
  .string()
  .regex(/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/)
  .max(127);

/** A blob with what it holds. */
export const TypedBlob = BlobRef.extend({ type: MediaType });
export type TypedBlob = z.infer<typeof TypedBlob>;

/**
 * What became of a file's text. `whole`: it was read. `none`: there is none in it (a scan, an image). `cut`: past a bound.
 * `encrypted`, `broken`, `swollen` (an archive made to fill memory), `unknown` (a kind of file that is not read): why it was not.
 */
export const TextReading = z.enum(['whole', 'none', 'cut', 'encrypted', 'broken', 'swollen', 'unknown']);
export type TextReading = z.infer<typeof TextReading>;

/**
 * A file as it was found: its bytes, untouched. `name`: as its author or its address calls it. `pixels`: of an image. `pages`: of a
 * PDF. Defaults are for pieces of older versions, which read no file.
 */
export const OriginalFile = TypedBlob.extend({
  name: z.string().overwrite(wellFormed).trim().min(1).max(255),
  reading: TextReading.catch('unknown').default('unknown'),
  pixels: z
    .object({ width: z.int().min(1), height: z.int().min(1) })
    .nullable()
    .default(null),
  pages: z.int().min(1).nullable().default(null),
});
export type OriginalFile = z.infer<typeof OriginalFile>;

/** An image of a page, in tiles from top to bottom. Sizes in CSS px; `ratio`: image px in one CSS px. */
export const Screenshot = z.object({
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(1_000_000),
  ratio: z.number().positive().max(16),
  /** Where in the page it begins, in CSS px: 0 for a whole page. */
  top: z.int().min(0),
  tiles: z
    .array(TypedBlob.extend({ top: z.int().min(0), height: z.int().min(1) }))
    .min(1)
    .max(30),
});
export type Screenshot = z.infer<typeof Screenshot>;

/**
 * What a piece is made of, each part a blob. `snapshot`: the page's inert HTML, whose images, fonts and style sheets are
 * blobs of their own, named in it by their hash. `manifest`: the list of all parts with their hashes.
 */
export const PieceParts = z.object({
  snapshot: BlobRef.nullable().default(null),
  screenshot: Screenshot.nullable().default(null),
  original: OriginalFile.nullable().default(null),
  manifest: BlobRef.nullable().default(null),
});
export type PieceParts = z.infer<typeof PieceParts>;

/**
 * What was fetched later from sites that the capture could not reach (*Compléter…*). The first snapshot stays beside it, as
 * it was taken: all of this is one fact, of whoever completed it.
 */
export const Completion = z.object({
  snapshot: BlobRef,
  manifest: BlobRef.nullable().default(null),
  missing: z.array(Missing).max(200),
  at: z.number(),
  by: AccountId,
});
export type Completion = z.infer<typeof Completion>;

const Template = z.object({ by: AccountId, at: z.number() });

/** A piece as lists show it: everything but its text. */
export const Piece = PieceParts.extend({
  id: PieceId,
  /** Its place on the bordereau; its number there is its position, from 1. */
  rank: Rank,
  kind: PieceKind.default('page'),
  title: z.string(),
  url: z.string().nullable(),
  canonical: z.string().nullable().default(null),
  site: z.string(),
  language: LanguageTag.nullable().default(null),
  capturedAt: z.number(),
  capturedBy: AccountId,
  legal: LegalReference.nullable().default(null),
  work: WorkKey.nullable().default(null),
  /** The first version of the same work, when this one was added as a later one. */
  versionOf: PieceId.nullable().default(null),
  coverage: Coverage.nullable().default(null),
  missing: z.array(Missing).default([]),
  completion: Completion.nullable().default(null),
  /** Whether it holds a form, which `formView` reads. */
  hasForm: z.boolean().default(false),
  /** Who offered its form for filling the same one again. */
  template: Template.nullable().default(null),
  trashed: Trashed.default(null),
});
export type Piece = z.infer<typeof Piece>;

/** The snapshot to show, and what is missing from it: the completed one where there is one. */
export const shownSnapshot = ({ completion, snapshot, missing }: Piece): Pick<Piece, 'snapshot' | 'missing'> =>
  completion === null ? { snapshot, missing } : { snapshot: completion.snapshot, missing: completion.missing };
