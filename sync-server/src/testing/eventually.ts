import { vi } from 'vitest';

/** Resolves with the first truthy answer of `check`. The limit is for what never comes, and generous: machines are slow. */
export function eventually<T>(
  check: () => T | Promise<T>,
): Promise<Exclude<Awaited<T>, null | undefined | false | 0 | ''>> {
  return vi.waitUntil(check, { timeout: 15_000, interval: 5 }) as Promise<
    Exclude<Awaited<T>, null | undefined | false | 0 | ''>
  >;
}
