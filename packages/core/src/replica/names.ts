import type { TeamId } from '../index.ts';
import { RoomName } from '../protocol/index.ts';
import type { Scope } from './types.ts';

/** The name of everything that this device keeps, opens or locks for one scope. */
export interface LocalNames {
  /** What every other name starts with; it ends with `/`, so that no account's names start with another's. */
  readonly prefix: string;
  /** The journal, the blobs and their upload queue. */
  readonly database: string;
  /** The channel on which the contexts of one profile hear each other. */
  readonly channel: string;
  /** One database per opened document, and per generation of it. */
  cache(room: RoomName, generation: number): string;
  /** Whose cache a database is; null where it is none. */
  cachedIn(database: string): { readonly room: RoomName; readonly generation: number } | null;
  /** The full-text index of one team: it can be made again from the rest. */
  search(team: TeamId): string;
  /** Held by the one context that writes a team's index. */
  searchLock(team: TeamId): string;
  /** Held shared by who has a socket on the room, exclusively by who drains it. */
  roomLock(room: RoomName): string;
  /** Held by the one context that uploads blobs. */
  readonly uploadsLock: string;
  /** Held by the one context that puts a room’s refused edits aside. */
  draftLock(room: RoomName): string;
  /** Held by the one context that reads the change feed. */
  readonly feedLock: string;
  /** What should be there, said outside IndexedDB, of a room’s present generation. */
  sentinel(room: RoomName, generation: number): string;
  /** The same of the journal. */
  readonly journalSentinel: string;
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
    cache: (room, generation) => `${prefix}cache/${later(room, generation)}`,
    cachedIn: (database) => {
      const [, name = '', generation = '0'] = /^(.*?)(?:#(\d+))?$/.exec(without(`${prefix}cache/`, database)) ?? [];
      const room = RoomName.safeParse(name).data;
      return room === undefined ? null : { room, generation: Number(generation) };
    },
    search: (team) => `${prefix}search/${team}`,
    searchLock: (team) => `${prefix}search-writer/${team}`,
    roomLock: (room) => `${prefix}room/${room}`,
    uploadsLock: `${prefix}uploads`,
    draftLock: (room) => `${prefix}draft/${room}`,
    feedLock: `${prefix}feed`,
    sentinel: (room, generation) => `${prefix}held/${later(room, generation)}`,
    journalSentinel: `${prefix}held`,
  };
}

const later = (room: RoomName, generation: number): string => (generation === 0 ? room : `${room}#${generation}`);

const without = (prefix: string, name: string): string => (name.startsWith(prefix) ? name.slice(prefix.length) : '');
