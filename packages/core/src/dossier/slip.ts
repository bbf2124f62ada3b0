import type { PieceId } from '../kernel/ids.ts';
import type { Piece } from './piece.ts';

/** What of a piece decides its line and its version. */
export type Versioned = Pick<Piece, 'id' | 'versionOf' | 'capturedAt'>;

/** A line of the bordereau: one work, by its latest version, with all of its versions, oldest first. */
export interface SlipLine<P extends Versioned = Piece> {
  /** From 1. */
  readonly number: number;
  /** The one to read first: the latest that was captured. */
  readonly latest: P;
  readonly versions: readonly P[];
}

/**
 * The bordereau as people read it: versions of one work stand on one line, at the place of the oldest that is there: moving the
 * line is moving that one.
 *
 * @param pieces - in the order of the bordereau, none in the trash
 * @param trashed - which may link the versions that are still there
 */
export function slipLines<P extends Versioned>(
  pieces: readonly P[],
  trashed: readonly P[] = [],
): readonly SlipLine<P>[] {
  const known = new Map([...trashed, ...pieces].map((piece) => [piece.id, piece]));
  const works = new Map<PieceId, P[]>();
  for (const piece of pieces) {
    const first = firstOf(piece, known);
    const versions = works.get(first);
    if (versions === undefined) works.set(first, [piece]);
    else versions.push(piece);
  }
  const places = new Map(pieces.map(({ id }, index) => [id, index]));
  const placeOf = (versions: readonly P[]) => places.get(versions[0]?.id as PieceId) ?? 0;
  return [...works.values()]
    .map((versions) => versions.toSorted((a, b) => a.capturedAt - b.capturedAt || (a.id < b.id ? -1 : 1)))
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((versions, index) => ({ number: index + 1, latest: versions.at(-1) as P, versions }));
}

/** Offline, a version may have been added to one whose own first was not known there. Broken links may make a ring. */
function firstOf(piece: Versioned, known: ReadonlyMap<PieceId, Versioned>): PieceId {
  const passed = new Set<PieceId>();
  let at = piece.id;
  for (let next: PieceId | null = at; next !== null && !passed.has(next); next = known.get(next)?.versionOf ?? null) {
    at = next;
    passed.add(next);
  }
  // Everyone on a ring must give it the same name.
  return known.get(at)?.versionOf == null ? at : ([...passed].sort()[0] ?? at);
}

/** Number and version of each piece on the bordereau; `version` from 1, null where there is only one. */
export function slipNumbers(
  lines: readonly SlipLine<Versioned>[],
): ReadonlyMap<PieceId, { readonly number: number; readonly version: number | null }> {
  return new Map(
    lines.flatMap(({ number, versions }) =>
      versions.map((piece, at) => [piece.id, { number, version: versions.length > 1 ? at + 1 : null }] as const),
    ),
  );
}
