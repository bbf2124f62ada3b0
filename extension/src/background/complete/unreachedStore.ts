import type { DossierId, Missing, PieceId, TeamId } from '@liasse/core';
import Dexie, { type Table } from 'dexie';
import type { Unreached } from '../../capture/pageContent.ts';

/** A piece that more may be fetched for, as only this device knows. */
export interface Unfinished {
  /** `<server>/<account>/<team>`: another account of the same machine learns nothing of it. */
  readonly scope: string;
  readonly pieceId: PieceId;
  readonly team: TeamId;
  readonly dossierId: DossierId;
  /** When the page was taken, in ms. */
  readonly at: number;
  readonly url: string;
  readonly tab: { readonly id: number; readonly documentId: string | null };
  readonly entries: readonly Unreached[];
  /** What the person asked for and is not done. `lent`: origins to give back; `at`: ms. */
  readonly order: { readonly origins: readonly string[]; readonly lent: readonly string[]; readonly at: number } | null;
}

/** What captures could not reach, durable [C30]. */
export interface UnreachedStore {
  put(row: Unfinished): Promise<void>;
  get(scope: string, pieceId: PieceId): Promise<Unfinished | null>;
  /** Those that were asked for. */
  ordered(): Promise<readonly Unfinished[]>;
  remove(scope: string, pieceId: PieceId): Promise<void>;
  /** Forgets pages taken before (ms since the epoch). */
  forget(before: number): Promise<void>;
  clear(): Promise<void>;
}

export function openUnreachedStore(name = 'liasse-unreached'): UnreachedStore {
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' });
  db.version(1).stores({ unreached: '[scope+pieceId], at' });
  const rows: Table<Unfinished> = db.table('unreached');
  return {
    put: async (row) => void (await rows.put(row)),
    get: async (scope, pieceId) => (await rows.where({ scope, pieceId }).first()) ?? null,
    ordered: () => rows.filter(({ order }) => order !== null).toArray(),
    remove: async (scope, pieceId) => void (await rows.where({ scope, pieceId }).delete()),
    forget: async (before) => void (await rows.where('at').below(before).delete()),
    clear: () => rows.clear(),
  };
}

/** What is missing once some of it was found. `more`: what turned out to be missing from what was found. */
export function stillMissing(
  missing: readonly Missing[],
  found: readonly Pick<Unreached, 'kind' | 'origin' | 'uses'>[],
  more: readonly Missing[],
): Missing[] {
  const keyOf = ({ kind, origin }: { readonly kind: string; readonly origin: string | null }) => `${kind} ${origin}`;
  const left = new Map<string, Missing>();
  for (const line of [...missing, ...more]) {
    const known = left.get(keyOf(line))?.count ?? 0;
    left.set(keyOf(line), { ...line, count: known + line.count });
  }
  for (const one of found) {
    const line = left.get(keyOf(one));
    if (line !== undefined) left.set(keyOf(one), { ...line, count: line.count - one.uses });
  }
  return [...left.values()].filter(({ count }) => count > 0).slice(0, 200);
}
