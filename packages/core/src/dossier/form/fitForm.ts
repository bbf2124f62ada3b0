import { secretsIn } from '../secrets.ts';
import { type FieldValue, type FormCapture, type FormField, FormLimits } from './formCapture.ts';

/** The texts of a value that a person could read a secret in. */
const textsOf = (value: FieldValue): readonly string[] =>
  value === null || typeof value === 'boolean' ? [] : typeof value === 'string' ? [value] : value;

/** `card`: never kept. `number`: a social security number or an IBAN, kept when the agent ticked its field. */
export function secretOfValue(value: FieldValue): 'card' | 'number' | null {
  const kinds = textsOf(value).flatMap(secretsIn);
  if (kinds.some(({ kind }) => kind === 'card')) return 'card';
  return kinds.length > 0 ? 'number' : null;
}

/**
 * The field as its verdict and its content allow: one that holds or offers a secret after all keeps its name and its place. A
 * verdict is about what is typed; a list may offer the card numbers of a person.
 */
export function withoutSecrets(field: FormField): FormField {
  const secret = secretOfValue(textsOfField(field));
  const keeping =
    secret === 'card' ? 'dropped' : secret !== null && field.keeping === 'kept' ? 'masked' : field.keeping;
  if (keeping === 'kept' || keeping === 'ticked') return field;
  return { ...field, keeping, value: null, shown: null, options: [], invalid: [], description: null, error: null };
}

const textsOfField = ({ value, shown, options }: FormField): string[] => [
  ...textsOf(value),
  shown ?? '',
  ...options.flatMap((option) => [option.value, option.label]),
];

/** Whether a field would bring into a document what its own `keeping` says that it does not. */
export function breaksKeeping(field: FormField): boolean {
  const { keeping, value, shown, options } = withoutSecrets(field);
  return (
    keeping !== field.keeping ||
    value !== field.value ||
    shown !== field.shown ||
    options.length !== field.options.length
  );
}

const lengthOf = (capture: FormCapture): number => JSON.stringify(capture).length;

/** Whether a step is too long for a document. */
export const isTooLong = (capture: FormCapture): boolean => lengthOf(capture) > FormLimits.stepCharacters;

/**
 * A step made short enough for a document, where leaving options out is enough: the longest lists (every country, every
 * municipality) lose those that were not chosen, and say how many. What people entered is never cut.
 */
export function fitForm(capture: FormCapture): FormCapture {
  let fit = capture;
  while (isTooLong(fit)) {
    const longest = fit.fields.reduce<FormField | null>(
      (most, field) => (field.options.length > (most?.options.length ?? 0) && cutOf(field) !== null ? field : most),
      null,
    );
    const cut = longest === null ? null : cutOf(longest);
    if (cut === null) return fit;
    fit = { ...fit, fields: fit.fields.map((field) => (field === longest ? cut : field)) };
  }
  return fit;
}

/** The field with nothing but its chosen options; null when that is what it has. */
function cutOf(field: FormField): FormField | null {
  const chosen = new Set(textsOf(field.value));
  const options = field.options.filter((option) => chosen.has(option.value));
  const left = field.options.length - options.length;
  return left === 0 ? null : { ...field, options, optionsCut: field.optionsCut + left };
}
