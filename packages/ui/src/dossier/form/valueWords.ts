import type { FieldValue, FormField } from '@liasse/core';

/** A value as people read it; null for an empty one. `words`: *Oui* and *Non*. */
export function valueWords(
  field: Pick<FormField, 'options'>,
  value: FieldValue,
  words: { readonly yes: string; readonly no: string },
): string | null {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (value === null || value.length === 0) return null;
  const label = (one: string) => field.options.find((option) => option.value === one)?.label || one;
  return typeof value === 'string' ? label(value) : value.map(label).join(', ');
}

/** What was captured, as people read it: the page's own words for it where it had some. */
export function capturedWords(
  field: Pick<FormField, 'options' | 'value' | 'shown'>,
  words: { readonly yes: string; readonly no: string },
): string | null {
  if (field.value === null || typeof field.value === 'boolean') return valueWords(field, field.value, words);
  return field.shown !== null && field.shown !== '' ? field.shown : valueWords(field, field.value, words);
}
