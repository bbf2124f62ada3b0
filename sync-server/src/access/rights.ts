// Past 300 lines: who may do what is read in one place.
import { type AccountId, Refusal, type Role, type RoomName, roomParts, type TeamId } from '@liasse/core/protocol';
import type Database from 'better-sqlite3';
import type { Directory } from './directory.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS restricted_rooms (room TEXT PRIMARY KEY, by TEXT NOT NULL, since INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS room_people (
    room TEXT NOT NULL,
    account TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'reader')),
    since INTEGER NOT NULL,
    PRIMARY KEY (room, account)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS right_changes (
    account TEXT NOT NULL,
    room TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (account, room)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS right_changes_by_n ON right_changes (account, n);
`;

const RANK: Record<Role, number> = { reader: 0, editor: 1, owner: 2 };

/** Someone named in a room: a member of a restricted dossier, or a guest of a meeting. */
export interface RoomPerson {
  readonly account: AccountId;
  readonly role: Role;
}

/** What rights are read for, at each message of each socket. */
export interface RightsReader {
  /** What an account may do in a room; null: nothing, and it is not told whether there is one. */
  of(account: AccountId, room: RoomName): Role | null;
}

/**
 * What each account may do in each room, from memory. The roles of a team count in all its rooms, but:
 *
 * - in a restricted dossier only its people count, with the role that they have there, while they are in the team;
 * - in a meeting and its inbox, guests of other teams count too.
 *
 * The one writer of its tables, so that memory and file agree.
 *
 * @see SPEC.md S130–S136
 */
export class Rights implements RightsReader {
  readonly #db: Database.Database;
  readonly #directory: Directory;
  readonly #now: () => number;
  readonly #restricted = new Set<RoomName>();
  readonly #people = new Map<RoomName, Map<AccountId, Role>>();
  /** Restricted dossiers of which no owner is left in the team. */
  readonly #orphans = new Set<RoomName>();
  readonly #listeners = new Set<(team: TeamId) => void>();
  #lastChange: number;

  constructor(db: Database.Database, directory: Directory, now: () => number) {
    this.#db = db;
    this.#directory = directory;
    this.#now = now;
    db.exec(SCHEMA);
    for (const { room } of db.prepare<[], { room: RoomName }>('SELECT room FROM restricted_rooms').all()) {
      this.#restricted.add(room);
    }
    const people = db.prepare<[], RoomPerson & { room: RoomName }>('SELECT room, account, role FROM room_people');
    for (const { room, account, role } of people.all()) this.#peopleOf(room).set(account, role);
    this.#lastChange =
      db.prepare<[], { last: number | null }>('SELECT max(n) AS last FROM right_changes').get()?.last ?? 0;
    for (const room of this.#restricted) if (!this.#hasOwner(room)) this.#orphans.add(room);
    directory.onChange((team, account) => this.#teamChanged(team, account));
  }

  of(account: AccountId, room: RoomName): Role | null {
    const { team, kind } = roomParts(room);
    const inTeam = this.#directory.roleOf(account, team);
    if (this.#restricted.has(room)) return inTeam && this.#inRestricted(account, room, inTeam);
    if (kind !== 'meeting' && kind !== 'inbox') return inTeam;
    const inMeeting = higher(inTeam, this.#people.get(meetingOf(room))?.get(account) ?? null);
    // The inbox is where those write who may only read the meeting.
    return kind === 'inbox' ? inMeeting && higher(inMeeting, 'editor') : inMeeting;
  }

  isRestricted(room: RoomName): boolean {
    return this.#restricted.has(room);
  }

  /** Whether an account’s right in a room is the room’s own, and not that of its team. */
  isApart(account: AccountId, room: RoomName): boolean {
    return this.#restricted.has(room) || this.#directory.roleOf(account, roomParts(room).team) === null;
  }

  /** The people of a restricted dossier, or the guests of a meeting. */
  peopleIn(room: RoomName): RoomPerson[] {
    return [...(this.#people.get(room) ?? [])].map(([account, role]) => ({ account, role }));
  }

  /** Meetings that an account is a guest of, and their inboxes. */
  guestRoomsOf(account: AccountId): RoomName[] {
    const named = [...this.#people].filter(([, people]) => people.has(account));
    return named.flatMap(([room]) => (this.#restricted.has(room) ? [] : [room, inboxOf(room)]));
  }

  /** Restricted dossiers that an account is named in. */
  restrictedRoomsOf(account: AccountId): RoomName[] {
    return [...this.#restricted].filter((room) => this.#people.get(room)?.has(account));
  }

  /** Rooms in which this account’s own right changed after change `after`, in order, each once at its last change. */
  changesOf(account: AccountId, after: number, limit: number): { readonly room: RoomName; readonly n: number }[] {
    return this.#db
      .prepare<[string, number, number], { room: RoomName; n: number }>(
        'SELECT room, n FROM right_changes WHERE account = ? AND n > ? ORDER BY n LIMIT ?',
      )
      .all(account, after, limit);
  }

  /** Number of the last change of a right. */
  get lastChange(): number {
    return this.#lastChange;
  }

  /**
   * From now on the dossier is its people’s alone, of whom `by` is the owner. Asked for again, it stays as it is.
   *
   * @param options.wasKnown - others may have it: they are to hear that they lose it. Else they hear nothing of it, ever
   * @throws {Refusal} `forbidden`; `invalid-input` for a room that cannot be restricted
   */
  restrict(room: RoomName, by: AccountId, { wasKnown }: { readonly wasKnown: boolean }): void {
    const right = this.of(by, room);
    if (!right || right === 'reader') throw new Refusal('forbidden');
    if (roomParts(room).kind !== 'dossier') throw new Refusal('invalid-input', { field: 'room' });
    if (this.#restricted.has(room)) return;
    this.#change(room, wasKnown ? this.#membersOf(room) : [by], () => {
      this.#db.prepare('INSERT INTO restricted_rooms (room, by, since) VALUES (?, ?, ?)').run(room, by, this.#now());
      this.#write(room, by, 'owner');
      return () => {
        this.#restricted.add(room);
        this.#peopleOf(room).set(by, 'owner');
      };
    });
  }

  /** The dossier is the whole team’s again. @throws {Refusal} `forbidden` */
  open(room: RoomName, by: AccountId): void {
    this.#mustOwn(room, by);
    this.#change(room, this.#membersOf(room), () => {
      this.#db.prepare('DELETE FROM restricted_rooms WHERE room = ?').run(room);
      this.#db.prepare('DELETE FROM room_people WHERE room = ?').run(room);
      return () => {
        this.#restricted.delete(room);
        this.#orphans.delete(room);
        this.#people.delete(room);
      };
    });
  }

  /**
   * Names someone in a restricted dossier or a meeting, changes their role there, or takes it away with null.
   *
   * @throws {Refusal} `forbidden`; `not-found` for who cannot be named there; `conflict` for the last owner of a dossier
   */
  setPerson(room: RoomName, account: AccountId, role: Role | null, by: AccountId): void {
    if (this.#restricted.has(room)) this.#setMember(room, account, role, by);
    else this.#setGuest(room, account, role, by);
  }

  /** Lets a guest in by a link that someone who might invite made; it never lowers a role. */
  admitGuest(room: RoomName, account: AccountId, role: Role): void {
    const has = this.#people.get(room)?.get(account);
    if (!has || RANK[has] < RANK[role]) this.#put(room, account, role);
  }

  /** Who may let others into a meeting: the team’s own owners and editors, and no guest. @throws {Refusal} `forbidden` */
  mayInvite(room: RoomName, by: AccountId): void {
    const { team, kind } = roomParts(room);
    const inTeam = this.#directory.roleOf(by, team);
    if (kind !== 'meeting' || (inTeam !== 'owner' && inTeam !== 'editor')) throw new Refusal('forbidden');
  }

  /** Rights in rooms of the team may have changed. Returns its unsubscribe. */
  onChange(listener: (team: TeamId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A dossier that none of its owners can open any more falls to the team’s owners: nothing is ever out of reach. */
  #inRestricted(account: AccountId, room: RoomName, inTeam: Role): Role | null {
    if (inTeam === 'owner' && this.#orphans.has(room)) return 'owner';
    return this.#people.get(room)?.get(account) ?? null;
  }

  #hasOwner(room: RoomName): boolean {
    const { team } = roomParts(room);
    return this.peopleIn(room).some(({ account, role }) => role === 'owner' && this.#directory.roleOf(account, team));
  }

  #setMember(room: RoomName, account: AccountId, role: Role | null, by: AccountId): void {
    this.#mustOwn(room, by);
    if (role && !this.#directory.roleOf(account, roomParts(room).team)) throw new Refusal('not-found', { account });
    const owners = this.peopleIn(room).filter((person) => person.role === 'owner' && person.account !== account);
    if (role !== 'owner' && owners.length === 0) throw new Refusal('conflict', { reason: 'last-owner' });
    this.#put(room, account, role);
  }

  #setGuest(room: RoomName, account: AccountId, role: Role | null, by: AccountId): void {
    this.mayInvite(room, by);
    if (role === 'owner') throw new Refusal('invalid-input', { field: 'role' });
    const isKnown = this.#people.get(room)?.has(account) || this.#shareTeam(account, by);
    if (!isKnown) throw new Refusal('not-found', { account });
    this.#put(room, account, role);
  }

  #put(room: RoomName, account: AccountId, role: Role | null): void {
    // Taking away what nobody gave would tell them that there is something.
    if ((this.#people.get(room)?.get(account) ?? null) === role) return;
    this.#change(room, [account], () => {
      this.#write(room, account, role);
      return () => {
        if (role) this.#peopleOf(room).set(account, role);
        else this.#people.get(room)?.delete(account);
        // An owner named by the team’s owners takes over from them.
        if (this.#restricted.has(room)) this.#lookAtOwners(room);
      };
    });
  }

  #mustOwn(room: RoomName, by: AccountId): void {
    if (!this.#restricted.has(room) || this.of(by, room) !== 'owner') throw new Refusal('forbidden');
  }

  /** Someone’s account number is no secret among those who share a team, and nobody else can name them. */
  #shareTeam(one: AccountId, other: AccountId): boolean {
    return this.#directory.teamsOf(other).some(({ id }) => this.#directory.roleOf(one, id) !== null);
  }

  /**
   * A change, and the notes of whom it concerns for their feeds, in one transaction.
   *
   * @param write - gives what is then to be remembered: nothing that is not on the disk
   */
  #change(room: RoomName, concerned: readonly AccountId[], write: () => () => void): void {
    const remember = this.#db.transaction(() => {
      const written = write();
      for (const account of concerned) this.#note(account, room);
      return written;
    })();
    remember();
    for (const listener of this.#listeners) listener(roomParts(room).team);
  }

  #note(account: AccountId, room: RoomName): void {
    const note = this.#db.prepare('INSERT OR REPLACE INTO right_changes (account, room, n) VALUES (?, ?, ?)');
    for (const one of roomParts(room).kind === 'meeting' ? [room, inboxOf(room)] : [room]) {
      this.#lastChange += 1;
      note.run(account, one, this.#lastChange);
    }
  }

  /** Someone came, went, or has another role in the team. */
  #teamChanged(team: TeamId, account: AccountId): void {
    for (const room of this.#restricted) {
      if (roomParts(room).team !== team) continue;
      // As one of the team’s owners this person may have it, or no longer.
      if (this.#orphans.has(room)) this.#note(account, room);
      this.#lookAtOwners(room);
    }
    for (const listener of this.#listeners) listener(team);
  }

  /** A restricted dossier may have lost its last owner, or found one again: the team’s owners are to hear of that, and of nothing else. */
  #lookAtOwners(room: RoomName): void {
    if (this.#hasOwner(room) !== this.#orphans.has(room)) return;
    if (this.#orphans.has(room)) this.#orphans.delete(room);
    else this.#orphans.add(room);
    for (const { accountId, role } of this.#directory.membersOf(roomParts(room).team)) {
      if (role === 'owner') this.#note(accountId, room);
    }
  }

  #membersOf(room: RoomName): AccountId[] {
    return this.#directory.membersOf(roomParts(room).team).map(({ accountId }) => accountId);
  }

  #peopleOf(room: RoomName): Map<AccountId, Role> {
    const people = this.#people.get(room) ?? new Map<AccountId, Role>();
    this.#people.set(room, people);
    return people;
  }

  #write(room: RoomName, account: AccountId, role: Role | null): void {
    if (role) {
      this.#db
        .prepare(
          `INSERT INTO room_people (room, account, role, since) VALUES (?, ?, ?, ?)
           ON CONFLICT (room, account) DO UPDATE SET role = excluded.role`,
        )
        .run(room, account, role, this.#now());
    } else {
      this.#db.prepare('DELETE FROM room_people WHERE room = ? AND account = ?').run(room, account);
    }
  }
}

function higher(one: Role | null, other: Role | null): Role | null {
  if (!one || !other) return one ?? other;
  return RANK[one] >= RANK[other] ? one : other;
}

const inboxOf = (meeting: RoomName): RoomName => `${meeting}/inbox` as RoomName;
const meetingOf = (room: RoomName): RoomName => room.replace(/\/inbox$/, '') as RoomName;
