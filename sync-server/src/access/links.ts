import { createHash, randomBytes } from 'node:crypto';
import { type AccountId, Refusal, type Role, type RoomName, roomParts, type TeamId } from '@liasse/core/protocol';
import type Database from 'better-sqlite3';

/** What a link gives: the ownership of the server, a role in a team, or one in a single meeting. */
export type LinkGrant =
  | { readonly kind: 'owner' }
  | { readonly kind: 'invitation'; readonly team: TeamId; readonly role: Role; readonly invitedBy: AccountId }
  | { readonly kind: 'guest'; readonly room: RoomName; readonly role: Role; readonly invitedBy: AccountId };

interface LinkRow {
  readonly kind: 'owner' | 'invitation';
  readonly team: TeamId | null;
  readonly room: RoomName | null;
  readonly role: Role | null;
  readonly invited_by: AccountId | null;
  readonly expires_at: number;
  readonly used_at: number | null;
}

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Links that let someone in, once, within a week. Only the hash of a token is kept: a copied file opens nothing. */
export class Links {
  readonly #db: Database.Database;
  readonly #now: () => number;

  constructor(db: Database.Database, now: () => number) {
    this.#db = db;
    this.#now = now;
    const columns = db.prepare<[], { name: string }>("SELECT name FROM pragma_table_info('links')").all();
    // A guest’s link is an invitation to the room’s team that says which room alone it opens.
    if (!columns.some(({ name }) => name === 'room')) db.exec('ALTER TABLE links ADD COLUMN room TEXT');
  }

  /** Makes a link. An owner's replaces those made before. */
  create(grant: LinkGrant): { token: string; expiresAt: number } {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = this.#now() + LIFETIME_MS;
    const invitation = grant.kind === 'owner' ? null : grant;
    const room = grant.kind === 'guest' ? grant.room : null;
    const team = room ? roomParts(room).team : grant.kind === 'invitation' ? grant.team : null;
    if (!invitation) this.#db.prepare("DELETE FROM links WHERE kind = 'owner'").run();
    this.#db
      .prepare(
        'INSERT INTO links (token_hash, kind, team, room, role, invited_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        hashOf(token),
        invitation ? 'invitation' : 'owner',
        team,
        room,
        invitation?.role ?? null,
        invitation?.invitedBy ?? null,
        expiresAt,
      );
    return { token, expiresAt };
  }

  /** @throws {Refusal} `not-found`, `used`, `expired` */
  look(token: string): LinkGrant {
    const row = this.#db.prepare<[Buffer], LinkRow>('SELECT * FROM links WHERE token_hash = ?').get(hashOf(token));
    if (!row) throw new Refusal('not-found');
    if (row.used_at !== null) throw new Refusal('used');
    if (row.expires_at <= this.#now()) throw new Refusal('expired');
    if (row.kind === 'owner') return { kind: 'owner' };
    const { team, room, role, invited_by: invitedBy } = row;
    if (!team || !role || !invitedBy) throw new Error('bug: an invitation to nothing');
    if (room) return { kind: 'guest', room, role, invitedBy };
    return { kind: 'invitation', team, role, invitedBy };
  }

  /**
   * Uses a link up before what it gives is given: of two at once, one is refused. `release` gives it back when the
   * rest could not be done.
   *
   * @throws {Refusal} as `look`
   */
  claim(token: string): { grant: LinkGrant; release(): void } {
    const grant = this.look(token);
    const used = this.#db
      .prepare('UPDATE links SET used_at = ? WHERE token_hash = ? AND used_at IS NULL')
      .run(this.#now(), hashOf(token));
    if (used.changes === 0) throw new Refusal('used');
    const release = () => {
      this.#db.prepare('UPDATE links SET used_at = NULL WHERE token_hash = ?').run(hashOf(token));
    };
    return { grant, release };
  }
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
