import { benchOfParts } from './bench.ts';
import { whole } from './forms/keptSecrets.ts';
import { fields, names, refill, secrets } from './forms/parts.ts';

/** What is read of forms, what is never read of them, and whether they can be filled again: the built script in a real browser. */
export const bench = benchOfParts('forms', { secrets, whole, fields, names, refill });
