import { type AccountId, Refusal, type Role, type Team, type TeamId } from '@liasse/core/protocol';
import type Database from 'better-sqlite3';

interface MemberRow {
  readonly team: TeamId;
  readonly account: AccountId;
  readonly role: Role;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS former_accounts (
    team TEXT NOT NULL REFERENCES teams(id),
    former TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (team, former)
  ) STRICT;
`;

const RANK: Record<Role, number> = { reader: 0, editor: 1, owner: 2 };

/** Someone's right in a team changed; `role` is null when they have none any more. */
export type RightChanged = (team: TeamId, account: AccountId, role: Role | null) => void;

/**
 * Teams and their members. Rights are read from memory, at each message of each socket; this is their only writer, so
 * memory and file agree.
 */
export class Directory {
  readonly #db: Database.Database;
  readonly #now: () => number;
  readonly #roles = new Map<TeamId, Map<AccountId, Role>>();
  readonly #listeners = new Set<RightChanged>();

  constructor(db: Database.Database, now: () => number) {
    this.#db = db;
    this.#now = now;
    db.exec(SCHEMA);
    const rows = db.prepare<[], MemberRow>('SELECT team, account, role FROM members').all();
    for (const { team, account, role } of rows) this.#remember(team, account, role);
  }

  roleOf(account: AccountId, team: TeamId): Role | null {
    return this.#roles.get(team)?.get(account) ?? null;
  }

  teamsOf(account: AccountId): Team[] {
    return this.#db
      .prepare<[string], Team>(
        'SELECT id, name, role FROM teams JOIN members ON team = id WHERE account = ? ORDER BY name, id',
      )
      .all(account);
  }

  membersOf(team: TeamId): { accountId: AccountId; role: Role }[] {
    return [...(this.#roles.get(team) ?? [])].map(([accountId, role]) => ({ accountId, role }));
  }

  /** Accounts of a device under which a member worked before the team had a server. */
  formerlyOf(team: TeamId, account: AccountId): AccountId[] {
    return this.#db
      .prepare<[string, string], { former: AccountId }>(
        'SELECT former FROM former_accounts WHERE team = ? AND account = ? ORDER BY former',
      )
      .all(team, account)
      .map(({ former }) => former);
  }

  teamName(team: TeamId): string | null {
    return this.#db.prepare<[string], { name: string }>('SELECT name FROM teams WHERE id = ?').get(team)?.name ?? null;
  }

  /**
   * Makes a team under an id made on the device, owned by its maker. Asking again for the same is not an error: the
   * answer to the first may have been lost.
   *
   * @param options.formerly - the account that its maker had where the team was one device's alone
   * @throws {Refusal} `already-exists` when the id is another's team
   */
  createTeam(
    id: TeamId,
    name: string,
    owner: AccountId,
    { formerly }: { readonly formerly?: AccountId | undefined } = {},
  ): Team {
    const known = this.teamName(id);
    if (known !== null) {
      if (this.roleOf(owner, id) !== 'owner') throw new Refusal('already-exists', { teamId: id });
      return { id, name: known, role: 'owner' };
    }
    this.#db.transaction(() => {
      this.#db.prepare('INSERT INTO teams (id, name, created_at) VALUES (?, ?, ?)').run(id, name, this.#now());
      this.#write(id, owner, 'owner');
      if (formerly) {
        this.#db
          .prepare('INSERT INTO former_accounts (team, former, account) VALUES (?, ?, ?)')
          .run(id, formerly, owner);
      }
    })();
    this.#changed(id, owner, 'owner');
    return { id, name, role: 'owner' };
  }

  /** Lets someone in, or raises their role; an invitation never lowers one. */
  admit(team: TeamId, account: AccountId, role: Role): void {
    const has = this.roleOf(account, team);
    if (has && RANK[has] >= RANK[role]) return;
    this.setRole(team, account, role);
  }

  /** Gives a role, or takes it away with null. */
  setRole(team: TeamId, account: AccountId, role: Role | null): void {
    this.#write(team, account, role);
    this.#changed(team, account, role);
  }

  hasServerOwner(): boolean {
    return this.#db.prepare('SELECT 1 FROM server_owners LIMIT 1').get() !== undefined;
  }

  isServerOwner(account: AccountId): boolean {
    return this.#db.prepare('SELECT 1 FROM server_owners WHERE account = ?').get(account) !== undefined;
  }

  makeServerOwner(account: AccountId): void {
    this.#db.prepare('INSERT OR IGNORE INTO server_owners (account, since) VALUES (?, ?)').run(account, this.#now());
  }

  /** Returns its unsubscribe. */
  onChange(listener: RightChanged): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #write(team: TeamId, account: AccountId, role: Role | null): void {
    if (role) {
      this.#db
        .prepare(
          `INSERT INTO members (team, account, role, since) VALUES (?, ?, ?, ?)
           ON CONFLICT (team, account) DO UPDATE SET role = excluded.role`,
        )
        .run(team, account, role, this.#now());
    } else {
      this.#db.prepare('DELETE FROM members WHERE team = ? AND account = ?').run(team, account);
    }
  }

  #changed(team: TeamId, account: AccountId, role: Role | null): void {
    this.#remember(team, account, role);
    for (const listener of this.#listeners) listener(team, account, role);
  }

  #remember(team: TeamId, account: AccountId, role: Role | null): void {
    const roles = this.#roles.get(team) ?? new Map<AccountId, Role>();
    this.#roles.set(team, roles);
    if (role) roles.set(account, role);
    else roles.delete(account);
  }
}
