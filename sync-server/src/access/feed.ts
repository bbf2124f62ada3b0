import {
  type AccountId,
  FEED_PAGE,
  type FeedEntry,
  type FeedPage,
  Role,
  type RoomName,
  roomParts,
  type Team,
  TeamId,
} from '@liasse/core/protocol';
import { z } from 'zod';
import type { RoomChange, RoomStore } from '../store/roomStore.ts';
import type { Rights } from './rights.ts';

/** Where the feed comes from: what was committed, and who may see it. */
export interface FeedSource {
  readonly store: Pick<RoomStore, 'changes' | 'standing'>;
  readonly rights: Pick<Rights, 'of' | 'isApart' | 'guestRoomsOf' | 'restrictedRoomsOf' | 'changesOf' | 'lastChange'>;
  teamsOf(account: AccountId): readonly Pick<Team, 'id' | 'role'>[];
}

/** What a reader was told. A team that is not in it was never granted, or is revoked: grants need no log of their own. */
const Cursor = z.strictObject({
  /** Of whose changes. */
  log: z.string(),
  teams: z.array(z.strictObject({ id: TeamId, role: Role, after: z.number() })),
  /** Change up to which rooms of other teams were told. */
  guestAfter: z.number(),
  /** Change of rights up to which single rooms were granted and revoked; null: those there are were not told yet. */
  rightsAfter: z.number().nullable(),
});
type Cursor = z.infer<typeof Cursor>;

/**
 * One page of what changed for an account since a cursor. It holds nothing of a room that the account may not read at the moment it is
 * made, and says of each thing how it stands then.
 *
 * @see SPEC.md S137–S140
 */
export async function readFeed(source: FeedSource, account: AccountId, since: string | null): Promise<FeedPage> {
  const { log } = await source.store.standing([]);
  const told = parse(since);
  const isReset = since !== null && told?.log !== log;
  // Teams are compared whatever the log: who left one since is told so also after a restore.
  const from: Cursor = isReset || !told ? fresh(log, told) : told;
  const entries: FeedEntry[] = [];
  const places = placesOf(source, account, from, entries);
  const named = nameRooms(source, account, from, places.lost);
  for (const room of named.rooms) entries.push(rightEntry(source, account, room));

  const teams = [];
  let left = FEED_PAGE;
  let more = named.more;
  for (const { id, role, after } of places.teams) {
    const { changes } = left > 0 ? await source.store.changes(id, after, left) : { changes: [] };
    // A page that is full may be followed by another; that one may turn out to be empty.
    if (changes.length >= left) more = true;
    left -= changes.length;
    tell(source, account, changes, entries);
    teams.push({ id, role, after: changes.at(-1)?.change ?? after });
  }
  const guests = source.rights.guestRoomsOf(account);
  const { changes } = await source.store.standing([...new Set([...named.rooms, ...guests])]);
  const isTold = new Set(
    entries.flatMap((entry) => (entry.kind === 'room' || entry.kind === 'erased' ? entry.room : [])),
  );
  const isNews = ({ room, change }: RoomChange) =>
    !isTold.has(room) && (change > from.guestAfter || named.rooms.includes(room));
  tell(source, account, changes.filter(isNews), entries);
  const guestAfter = Math.max(
    from.guestAfter,
    ...changes.flatMap(({ room, change }) => (guests.includes(room) ? change : [])),
  );
  const cursor: Cursor = { log, teams, guestAfter, rightsAfter: named.after };
  return { entries, cursor: Buffer.from(JSON.stringify(cursor)).toString('base64url'), more, reset: isReset };
}

const fresh = (log: string, told: Cursor | null): Cursor => ({
  log,
  teams: (told?.teams ?? []).map((team) => ({ ...team, after: 0 })),
  guestAfter: 0,
  rightsAfter: null,
});

function parse(since: string | null): Cursor | null {
  if (since === null) return null;
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(since, 'base64url').toString())).data ?? null;
  } catch {
    return null;
  }
}

/** The account's teams now, and where each was read up to. Says which were granted and which revoked. */
function placesOf(source: FeedSource, account: AccountId, from: Cursor, entries: FeedEntry[]) {
  const now = source.teamsOf(account);
  const lost = from.teams.filter(({ id }) => !now.some((team) => team.id === id)).map(({ id }) => id);
  for (const team of lost) entries.push({ kind: 'revoked', team, room: null });
  const teams = now.map(({ id, role }) => {
    const before = from.teams.find((team) => team.id === id);
    if (before?.role !== role) entries.push({ kind: 'grant', team: id, room: null, role, apart: false });
    return { id, role, after: before?.after ?? 0 };
  });
  return { teams, lost };
}

/** Single rooms in which this account's right changed, or, at first, all those in which it has one of its own. */
function nameRooms({ rights }: FeedSource, account: AccountId, from: Cursor, lost: readonly TeamId[]) {
  const guests = rights.guestRoomsOf(account);
  if (from.rightsAfter === null) {
    const rooms = [...rights.restrictedRoomsOf(account), ...guests];
    return { rooms, after: rights.lastChange, more: false };
  }
  const changes = rights.changesOf(account, from.rightsAfter, FEED_PAGE);
  // Who left a team is still the guest of its meetings that they were invited to.
  const kept = guests.filter((room) => lost.includes(roomParts(room).team));
  const more = changes.length >= FEED_PAGE;
  return {
    rooms: [...new Set([...changes.map(({ room }) => room), ...kept])],
    after: changes.at(-1)?.n ?? from.rightsAfter,
    more,
  };
}

function rightEntry({ rights }: FeedSource, account: AccountId, room: RoomName): FeedEntry {
  const role = rights.of(account, room);
  if (!role) return { kind: 'revoked', team: null, room };
  return { kind: 'grant', team: null, room, role, apart: rights.isApart(account, room) };
}

function tell(source: FeedSource, account: AccountId, changes: readonly RoomChange[], entries: FeedEntry[]): void {
  for (const { room, epoch, seq, isErased } of changes) {
    if (!source.rights.of(account, room)) continue;
    entries.push(isErased ? { kind: 'erased', room } : { kind: 'room', room, epoch, seq });
  }
}
