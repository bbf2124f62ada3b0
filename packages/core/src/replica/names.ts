import type { TeamId } from '../index.ts';
import type { RoomName } from '../protocol/index.ts';
import type { Scope } from './types.ts';

/** The name of everything that this device keeps, opens or locks for one scope. */
export interface LocalNames {
  /** What every other name starts with; it ends with `/`, so that no account's names start with another's. */
  readonly prefix: string;
  /** The journal, the blobs and their upload queue. */
  readonly database: string;
  /** The channel on which the contexts of one profile hear each other. */
  readonly channel: string;
  /** What the names of the caches start with. */
  readonly caches: string;
  /** One database per opened document. */
  cache(room: RoomName): string;
  /** The full-text index of one team: it can be made again from the rest. */
  search(team: TeamId): string;
  /** Held by the one context that writes a team's index. */
  searchLock(team: TeamId): string;
  /** Held shared by who has a socket on the room, exclusively by who drains it. */
  roomLock(room: RoomName): string;
  /** Held by the one context that uploads blobs. */
  readonly uploadsLock: string;
  /** What should be there, said outside IndexedDB: of a room, or of the journal (null). */
  sentinel(room: RoomName | null): string;
}

/**
 * Names every local thing of a scope.
 *
 * @see SPEC.md P1: the server's origin is escaped, because an address may hold the separator that the names rely on
 */
export function localNames(scope: Scope): LocalNames {
  const prefix = `liasse:${encodeURIComponent(scope.server)}/${scope.account}/${scope.generation}/`;
  return {
    prefix,
    database: `${prefix}device`,
    channel: `${prefix}contexts`,
    caches: `${prefix}cache/`,
    cache: (room) => `${prefix}cache/${room}`,
    search: (team) => `${prefix}search/${team}`,
    searchLock: (team) => `${prefix}search-writer/${team}`,
    roomLock: (room) => `${prefix}room/${room}`,
    uploadsLock: `${prefix}uploads`,
    sentinel: (room) => (room === null ? `${prefix}held` : `${prefix}held/${room}`),
  };
}
