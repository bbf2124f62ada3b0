import { z } from 'zod';
import type { FormStepId } from '../../kernel/ids.ts';
import { wellFormed } from '../../kernel/wellFormed.ts';

/** Bounds of one captured step of a form. The largest of 113 real forms has some 40 fields and takes 60,000 characters. */
export const FormLimits = {
  fields: 1_000,
  valueCharacters: 20_000,
  options: 1_000,
  /** A step as JSON, without its options left out: it lives in the document, to be corrected and refilled offline. */
  stepCharacters: 262_144,
  steps: 50,
} as const;

const short = z.string().overwrite(wellFormed).max(500);
const value = z.string().overwrite(wellFormed).max(FormLimits.valueCharacters);

/** Where a field's name was found, as browsers compute it; `near`: none was given, and this text stands before it. */
export const NameSource = z.enum([
  'aria-labelledby',
  'aria-label',
  'label',
  'legend',
  'title',
  'placeholder',
  'content',
  'near',
  'none',
]);
export type NameSource = z.infer<typeof NameSource>;

/**
 * What a field holds: characters, the values that were chosen, or whether it is on. Null: nothing that could be read, or that may
 * be kept.
 */
export const FieldValue = z.union([value, z.array(value).max(FormLimits.options), z.boolean()]).nullable();
export type FieldValue = z.infer<typeof FieldValue>;

/** An option of a list, or a button of a group. */
export const FieldOption = z.object({ value, label: short });
export type FieldOption = z.infer<typeof FieldOption>;

/**
 * What was done with a field's value. `kept`. `ticked`: a personal number, kept because the agent ticked it. `masked`: one that
 * was not. `dropped`: a secret, of which nothing is ever kept.
 */
export const FieldKeeping = z.enum(['kept', 'ticked', 'masked', 'dropped']);
export type FieldKeeping = z.infer<typeof FieldKeeping>;

/**
 * How to find a field again in the page, or in a later version of it. `css`: one path for each tree, from the document into the
 * shadow roots and frames that lead to it. `ordinal`: among the fields of its form.
 */
export const FieldSelectors = z.object({
  id: short.nullable(),
  name: short.nullable(),
  form: short.nullable(),
  autocomplete: short.nullable(),
  label: short.nullable(),
  css: z.array(z.string().max(2_000)).max(8),
  ordinal: z.int().min(0),
});
export type FieldSelectors = z.infer<typeof FieldSelectors>;

/** How a field is filled: what `type` and `role` come to. */
export const FieldControl = z.enum(['text', 'area', 'choice', 'choices', 'switch', 'radios', 'range', 'grid', 'other']);
export type FieldControl = z.infer<typeof FieldControl>;

/** One field of a form, as it stood when it was captured. Sizes and limits as the page wrote them. */
export const FormField = z.object({
  /** Unique in its step. */
  key: z.string().regex(/^[a-z0-9.-]{1,40}$/),
  /** Index in `forms`; null for a field outside of any. */
  form: z.int().min(0).nullable(),
  /** Names of the groups around it, outermost first. */
  path: z.array(short).max(8),
  name: z.object({ text: short, from: NameSource }),
  control: FieldControl,
  role: z.string().max(40),
  type: z.string().max(40),
  keeping: FieldKeeping,
  value: FieldValue,
  /** What people read in it, where that is not the value. */
  shown: value.nullable(),
  options: z.array(FieldOption).max(FormLimits.options),
  /** Options that were left out for their number. */
  optionsCut: z.int().min(0).default(0),
  required: z.boolean(),
  readOnly: z.boolean(),
  disabled: z.boolean(),
  /** Whether the page showed it. */
  rendered: z.boolean(),
  limits: z.object({
    pattern: short.nullable(),
    min: short.nullable(),
    max: short.nullable(),
    step: short.nullable(),
    minLength: z.int().nullable(),
    maxLength: z.int().nullable(),
  }),
  /** What the browser finds wrong with it: `valueMissing`, `patternMismatch`… */
  invalid: z.array(z.string().max(40)).max(12),
  description: short.nullable(),
  error: short.nullable(),
  selectors: FieldSelectors,
});
export type FormField = z.infer<typeof FormField>;

/** A form of the page: what it calls itself. `action` has no query: addresses carry tokens. */
const FormOfPage = z.object({ name: short.nullable(), action: z.string().max(2_000).nullable() });

/** One step of a form: its fields as the page had them. */
export const FormCapture = z.object({
  /** What the page calls this step, or the form. */
  title: short,
  forms: z.array(FormOfPage).max(100),
  fields: z.array(FormField).max(FormLimits.fields),
  /** Fields past the bound, and frames of other sites that could hold some. */
  unread: z.object({ fields: z.int().min(0), frames: z.int().min(0) }),
});
export type FormCapture = z.infer<typeof FormCapture>;

/** A field of a piece, whichever its step: `<step id>/<field key>`. */
export const FieldId = z
  .string()
  .regex(/^[0-9a-z]{24}\/[a-z0-9.-]{1,40}$/)
  .brand<'FieldId'>();
export type FieldId = z.infer<typeof FieldId>;

export const fieldIdOf = (step: FormStepId, field: Pick<FormField, 'key'>): FieldId =>
  `${step}/${field.key}` as FieldId;
