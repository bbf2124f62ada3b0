import { z } from 'zod';
import { LegalReference } from './legal.ts';
import { TextBlocks } from './text.ts';

/** Titles of dossiers, pieces and notes, in characters. */
export const MAX_TITLE_CHARACTERS = 500;

export const Title = z.string().trim().min(1).max(MAX_TITLE_CHARACTERS);

/** The address of a page or a file. Never `javascript:` or `data:`: the app opens it again one day. */
export const PageAddress = z.url({ protocol: /^(?:https?|file)$/ }).max(8192);

/** A language as pages declare it (`fr`, `pt-BR`). */
export const LanguageTag = z
  .string()
  .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/)
  .max(35);

/** Something of a page that could not be kept, counted by kind and by the origin it would have come from (null: none). */
export const Missing = z.object({
  kind: z.enum(['image', 'frame', 'style', 'font', 'media', 'canvas', 'shadow', 'text', 'other']),
  origin: z.string().max(300).nullable(),
  count: z.int().min(1),
});
export type Missing = z.infer<typeof Missing>;

/**
 * What a capture yields: a page as plain data. The snapshot's HTML travels beside it, and becomes a blob.
 *
 * `url`: as the browser says it, never as the page does. `site`: its host, as shown to people. `capturedAt`: ms.
 */
export const CaptureDraft = z.strictObject({
  title: Title,
  url: PageAddress,
  site: z.string().max(300),
  language: LanguageTag.nullable(),
  capturedAt: z.int().min(0),
  legal: LegalReference.nullable(),
  text: TextBlocks,
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
