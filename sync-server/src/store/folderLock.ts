import { join } from 'node:path';
import Database from 'better-sqlite3';

export const LOCK = 'lock.sqlite';

/**
 * Holds a data folder for one process; null when another holds it. Two servers on one folder would each keep rooms in memory that the
 * other changes. The lock is SQLite’s: it goes with the process, however that ends.
 */
export function lockFolder(folder: string): (() => void) | null {
  const db = new Database(join(folder, LOCK), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return null;
    throw error;
  }
  return () => {
    db.close();
  };
}
