import { z } from 'zod';
import { AccountId } from './ids.ts';

/** Who put a thing in the trash, and when (ms). Deleting is this one field, and null again takes it back. */
export const Trashed = z.object({ by: AccountId, at: z.number() }).nullable();
export type Trashed = z.infer<typeof Trashed>;
