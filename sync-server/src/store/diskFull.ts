import { StoreError } from './roomStore.ts';

// SQLite's own, its failure to grow the memory that it shares, and what files say of a disk or of a share of it.
const CODES: ReadonlySet<unknown> = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT']);

/** The disk had no space for it, as far as the error says. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StoreError && error.full) return true;
  return ('code' in error && CODES.has(error.code)) || isDiskFull(error.cause);
}
