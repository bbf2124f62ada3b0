import type { FormField } from '@liasse/core';

/** A field to fill again, as it was captured or corrected. `id`: names it in the plan, whatever step it is of. */
export type CapturedField = Omit<FormField, 'key'> & { readonly id: string };

/** Time as a hand needs it: for lists that open by themselves. */
export interface Hand {
  /** Resolves after some ms. */
  readonly wait: (ms: number) => Promise<void>;
}
