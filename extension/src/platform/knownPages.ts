import { type DossierId, type PieceId, slipLines, slipNumbers, type TeamId, type WorkKey } from '@liasse/core';
import type { Scope } from '@liasse/core/replica';
import Dexie, { type Table } from 'dexie';

/** A piece that this device knows to be a copy of a work. */
interface KnownPage {
  readonly dossier: { readonly id: DossierId; readonly title: string };
  readonly pieceId: PieceId;
  readonly title: string;
  /** ms. */
  readonly capturedAt: number;
  /** Which version of its work it is in that dossier, from 1. */
  readonly version: number;
}

/** What of a piece is remembered. `versionOf` as on the bordereau. */
export interface RememberedPiece {
  readonly id: PieceId;
  readonly title: string;
  readonly work: WorkKey | null;
  readonly versionOf: PieceId | null;
  readonly capturedAt: number;
}

/**
 * Which pages are in which dossiers, so that a page says at once that it was clipped before, without a document being opened.
 * Only what this device has seen is known; documents alone are the truth.
 *
 * `scope` tells accounts and teams apart: `<server>/<account>/<team>`.
 */
export interface KnownPages {
  /** Sees a dossier whole: what it no longer has is forgotten. An empty title forgets the dossier. */
  see(scope: string, dossier: KnownPage['dossier'], pieces: readonly RememberedPiece[]): Promise<void>;
  /** Adds one piece, just captured. */
  add(scope: string, dossier: KnownPage['dossier'], piece: RememberedPiece): Promise<void>;
  /** The latest version in each dossier, most recent first. */
  find(scope: string, work: WorkKey): Promise<readonly KnownPage[]>;
  clear(): Promise<void>;
}

/** Whose pages these are. */
export const pagesScope = ({ server, account }: Scope, team: TeamId): string => `${server}/${account}/${team}`;

interface Row extends RememberedPiece {
  readonly scope: string;
  readonly dossierId: DossierId;
  readonly dossierTitle: string;
}

export function openKnownPages(name = 'liasse-pages'): KnownPages {
  const db = new Dexie(name);
  db.version(1).stores({ pages: '[scope+id], [scope+work], [scope+dossierId]' });
  const pages: Table<Row> = db.table('pages');
  const rowOf = (scope: string, { id, title }: KnownPage['dossier'], piece: RememberedPiece): Row => ({
    ...piece,
    scope,
    dossierId: id,
    dossierTitle: title,
  });
  return {
    see: (scope, dossier, pieces) =>
      db.transaction('rw', pages, async () => {
        await pages.where({ scope, dossierId: dossier.id }).delete();
        const known = pieces.filter(({ work }) => work !== null);
        if (dossier.title !== '') await pages.bulkPut(known.map((piece) => rowOf(scope, dossier, piece)));
      }),
    add: async (scope, dossier, piece) => void (await pages.put(rowOf(scope, dossier, piece))),
    find: async (scope, work) => {
      const found = await pages.where({ scope, work }).toArray();
      return latestOf(found).toSorted((a, b) => b.capturedAt - a.capturedAt);
    },
    clear: () => pages.clear(),
  };
}

/** Separate pieces of one work each have their own versions; those of two dossiers never name each other. */
function latestOf(rows: readonly Row[]): readonly KnownPage[] {
  const lines = slipLines(rows);
  const numbers = slipNumbers(lines);
  return lines.map(({ latest }) => ({
    dossier: { id: latest.dossierId, title: latest.dossierTitle },
    pieceId: latest.id,
    title: latest.title,
    capturedAt: latest.capturedAt,
    version: numbers.get(latest.id)?.version ?? 1,
  }));
}
