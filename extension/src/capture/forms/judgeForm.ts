import { FormCapture, FormField, FormLimits, fitForm, withoutSecrets } from '@liasse/core';
import { z } from 'zod';

const Answer = FormCapture.extend({ fields: z.array(z.unknown()).max(FormLimits.fields) });

/**
 * Judges a form that came out of a page: a field of another shape is counted as not read, and a secret that it holds after all is
 * left out. Null for what is no form, or has no field.
 */
export function judgeForm(answer: unknown): FormCapture | null {
  const read = Answer.safeParse(answer).data;
  if (read === undefined) return null;
  const keys = new Set<string>();
  const fields = read.fields.flatMap((one) => {
    const field = FormField.safeParse(one).data;
    if (field === undefined || keys.has(field.key)) return [];
    keys.add(field.key);
    return withoutSecrets(field);
  });
  if (fields.length === 0) return null;
  const unread = { ...read.unread, fields: read.unread.fields + read.fields.length - fields.length };
  return fitForm({ ...read, fields, unread });
}
