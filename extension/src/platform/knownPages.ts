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

/** A piece that holds a form of a site. */
interface KnownForm extends Omit<KnownPage, 'version'> {
  readonly isTemplate: boolean;
}

/** What of a piece is remembered. `versionOf` as on the bordereau; `template`: who offered its form, if anyone did. */
export interface RememberedPiece {
  readonly id: PieceId;
  readonly title: string;
  readonly url: string | null;
  readonly hasForm: boolean;
  readonly template: object | null;
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
  /** The forms of the site of an address: templates first, most recent first. */
  findForms(scope: string, url: string): Promise<readonly KnownForm[]>;
  clear(): Promise<void>;
}

/** Whose pages these are. */
export const pagesScope = ({ server, account }: Scope, team: TeamId): string => `${server}/${account}/${team}`;

interface Row extends Pick<RememberedPiece, 'id' | 'title' | 'work' | 'versionOf' | 'capturedAt'> {
  readonly scope: string;
  /** The site of its form; absent where it holds none, so that the index passes it over. */
  readonly formSite?: string;
  readonly isTemplate: boolean;
  readonly dossierId: DossierId;
  readonly dossierTitle: string;
}

export function openKnownPages(name = 'liasse-pages'): KnownPages {
  const db = new Dexie(name);
  db.version(1).stores({ pages: '[scope+id], [scope+work], [scope+dossierId]' });
  db.version(2).stores({ pages: '[scope+id], [scope+work], [scope+dossierId], [scope+formSite]' });
  const pages: Table<Row> = db.table('pages');
  const rowOf = (scope: string, dossier: KnownPage['dossier'], piece: RememberedPiece): Row => {
    const { id, title, work, versionOf, capturedAt, hasForm, url, template } = piece;
    const formSite = hasForm && url !== null ? siteOf(url) : null;
    return {
      ...{ id, title, work, versionOf, capturedAt, scope },
      dossierId: dossier.id,
      dossierTitle: dossier.title,
      isTemplate: template !== null,
      ...(formSite !== null && { formSite }),
    };
  };
  return {
    see: (scope, dossier, pieces) =>
      db.transaction('rw', pages, async () => {
        await pages.where({ scope, dossierId: dossier.id }).delete();
        const known = pieces.filter(({ work, hasForm }) => work !== null || hasForm);
        if (dossier.title !== '') await pages.bulkPut(known.map((piece) => rowOf(scope, dossier, piece)));
      }),
    add: async (scope, dossier, piece) => void (await pages.put(rowOf(scope, dossier, piece))),
    find: async (scope, work) => {
      const found = await pages.where({ scope, work }).toArray();
      return latestOf(found).toSorted((a, b) => b.capturedAt - a.capturedAt);
    },
    findForms: async (scope, url) => {
      const formSite = siteOf(url);
      const found = formSite === null ? [] : await pages.where({ scope, formSite }).toArray();
      return found
        .toSorted((a, b) => Number(b.isTemplate) - Number(a.isTemplate) || b.capturedAt - a.capturedAt)
        .map(({ id, title, capturedAt, isTemplate, dossierId, dossierTitle }) => ({
          ...{ pieceId: id, title, capturedAt, isTemplate },
          dossier: { id: dossierId, title: dossierTitle },
        }));
    },
    clear: () => pages.clear(),
  };
}

/** What a browser takes for one site’s own: what is entered on one is offered to no other. */
function siteOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin } = new URL(url);
  return origin === 'null' ? null : origin;
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
