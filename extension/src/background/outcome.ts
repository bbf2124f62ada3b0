import type { FormCapture, FormStep } from '@liasse/core';
import type { RawCapture } from '../capture/draft.ts';
import type { Clipped } from '../messaging/contract.ts';
import type { Job } from './jobStore.ts';

/** A form that was read, as the step that the job asked for. */
export const stepOf = (job: Job, form: FormCapture | null): FormStep | null =>
  form === null || job.form === undefined ? null : { ...form, id: job.form.stepId, at: job.at };

/** What was taken in the end: a page without the form that it was asked for is a page. */
export function kindOf(
  { take }: Job,
  taken: { readonly page: unknown; readonly formStep: FormStep | null; readonly screenshot: unknown },
): RawCapture['kind'] {
  if (taken.screenshot !== null) return 'screenshot';
  if (take === 'form' && taken.formStep !== null) return 'form';
  if (taken.page === null) return 'bookmark';
  return take === 'selection' ? 'selection' : take === 'file' ? 'document' : 'page';
}

/** What was kept of a form, without its values. */
export function outlineOf({ fields }: FormStep): NonNullable<Clipped['form']> {
  const dropped = fields.filter(({ keeping }) => keeping === 'dropped' || keeping === 'masked');
  return { kept: fields.length - dropped.length, dropped: dropped.map(({ name }) => name.text) };
}
