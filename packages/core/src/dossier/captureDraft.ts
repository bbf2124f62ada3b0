import { z } from 'zod';
import { wellFormed } from '../kernel/wellFormed.ts';
import { LegalReference } from './legal.ts';
import { TextBlocks } from './text.ts';
import { WorkKey } from './workKey.ts';

/** Titles of dossiers, pieces and notes, in characters. */
export const MAX_TITLE_CHARACTERS = 500;

export const Title = z.string().overwrite(wellFormed).trim().min(1).max(MAX_TITLE_CHARACTERS);

/** The address of a page or a file. Never `javascript:` or `data:`: the app opens it again one day. */
export const PageAddress = z.url({ protocol: /^(?:https?|file)$/ }).max(8192);

/** A language as pages declare it (`fr`, `pt-BR`). */
export const LanguageTag = z
  .string()
  .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/)
  .max(35);

/**
 * Something of a page that could not be kept, counted by kind and by the origin it would have come from (null: none). `view`: of a
 * screenshot, a screenful past its bound.
 */
export const Missing = z.object({
  kind: z.enum(['image', 'frame', 'style', 'font', 'media', 'canvas', 'shadow', 'text', 'view', 'other']),
  origin: z.string().max(300).nullable(),
  count: z.int().min(1),
});
export type Missing = z.infer<typeof Missing>;

/**
 * What was taken. `page`: a whole page. `selection`: a passage of one. `form`: an e-form with what it held. `screenshot`:
 * an image alone. `document`: a file, from the page or from the disk. `bookmark`: the address alone.
 */
export const PieceKind = z.enum(['page', 'selection', 'form', 'screenshot', 'document', 'bookmark']);
export type PieceKind = z.infer<typeof PieceKind>;

/**
 * How much of what the page shows is in the readable text. `kept`: share of the visible words, 0 to 1. `gate`: the least share
 * that is not flagged (0.98 for a legal text, 0.80 otherwise). `by`: what read it. Under the gate the whole text was kept instead,
 * and `by` is `whole`, while `kept` says how little the best reader had found.
 */
export const Coverage = z.object({
  by: z.enum(['adapter', 'readability', 'defuddle', 'whole']),
  kept: z.number().min(0).max(1),
  gate: z.number().min(0).max(1),
});
export type Coverage = z.infer<typeof Coverage>;

/**
 * What a capture yields: a page as plain data. Snapshot, images and original travel beside it, and become blobs.
 *
 * `url`: as the browser says it, never as the page does; null for a file from the disk. `canonical`: the page's own word, which only
 * suggests. `site`: the address's host, as shown to people. `work`: what is read, whatever its version. `capturedAt`: ms.
 * Defaults are for drafts that an older version left on the disk.
 */
export const CaptureDraft = z.strictObject({
  kind: PieceKind.default('page'),
  title: Title,
  url: PageAddress.nullable(),
  canonical: PageAddress.nullable().default(null),
  site: z.string().max(300),
  language: LanguageTag.nullable(),
  capturedAt: z.int().min(0),
  legal: LegalReference.nullable(),
  work: WorkKey.nullable().default(null),
  text: TextBlocks,
  coverage: Coverage.nullable().default(null),
  missing: z.array(Missing).max(200),
});
export type CaptureDraft = z.infer<typeof CaptureDraft>;

/** A page's title made fit for a draft: spaces folded, cut at the limit; the address where there is none. */
export function draftTitle(title: string, url: string): string {
  const folded = title.replace(/\s+/gu, ' ').trim();
  const whole = folded === '' ? url : folded;
  // By code points: cutting a surrogate pair in two would store half a character.
  return whole.length <= MAX_TITLE_CHARACTERS ? whole : `${cut(whole, MAX_TITLE_CHARACTERS - 1).trimEnd()}…`;
}

function cut(text: string, units: number): string {
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > units) break;
    kept += character;
  }
  return kept;
}
