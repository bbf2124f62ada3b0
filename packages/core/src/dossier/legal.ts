import { z } from 'zod';
import { Day } from '../kernel/clock.ts';
import { wellFormed } from '../kernel/wellFormed.ts';

/** Where a part of a legal reference was read. A reader must be able to judge it, so nothing is kept without its source. */
export const ReadFrom = z.enum(['url', 'meta', 'rdfa', 'title', 'text']);
export type ReadFrom = z.infer<typeof ReadFrom>;

/** What sort of text it is. `other`: recognised as a legal text, of a sort that is not in this list. */
export const LegalKind = z.enum([
  'constitution',
  'law',
  'ordinance',
  'decree',
  'order',
  'circular',
  'code',
  'article',
  'collective-agreement',
  'case-law',
  'regulation',
  'directive',
  'decision',
  'treaty',
  'other',
]);
export type LegalKind = z.infer<typeof LegalKind>;

const read = <Value extends z.ZodType>(value: Value) => z.object({ value, from: ReadFrom });

/** One of Légifrance's identifiers, such as `JORFTEXT000038388445` or `LEGIARTI000031367722`. */
export const LegifranceId = z.string().regex(/^(?:JORF|LEGI|KALI|CONS|CETA|JURI|JUFI|CNIL|ACCO|DOLE)[A-Z]{4}\d{12}$/);

/**
 * A legal text's own names, each with where it was read. A part that was not found is absent, never guessed.
 *
 * `number`: as printed (`2019-341`, `L. 212-3`, `2024/1183`). `nor`: twelve characters. `eli`: the whole address.
 * `legifrance`: the text first, then the section or article. `date`: the date of the text. `version`: a day on which what was read is in force
 * (a consolidated version’s own day, the day asked of Légifrance, the day an administration verified its page).
 */
export const LegalReference = z.object({
  kind: read(LegalKind).optional(),
  number: read(z.string().overwrite(wellFormed).trim().min(1).max(80)).optional(),
  nor: read(z.string().regex(/^[A-Z]{4}\d{7}[A-Z]$/)).optional(),
  eli: read(z.url().max(500)).optional(),
  celex: read(z.string().regex(/^[0-9A-Z][0-9A-Z()_/-]{5,39}$/)).optional(),
  legifrance: z.array(read(LegifranceId)).max(8).optional(),
  date: read(Day).optional(),
  version: read(Day).optional(),
});
export type LegalReference = z.infer<typeof LegalReference>;
