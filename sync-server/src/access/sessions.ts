import type { Device, DeviceSession } from '@liasse/core/protocol';
import type Database from 'better-sqlite3';

/** As the account library keeps dates: a text, ISO 8601. */
interface SessionRow {
  readonly id: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly kind: Device['kind'] | null;
  readonly browser: string | null;
  readonly system: string | null;
  readonly name: string | null;
  readonly seen_at: number | null;
}

/** Who looks at the list, and from which session. */
interface Asker {
  readonly id: string;
  readonly session: string;
}

/**
 * The sessions of people, each with the device it is on. The account library makes them; what it keeps of them is this file’s to list
 * and to end, since its own ways ask for the secret token of each.
 */
export class Sessions {
  readonly #db: Database.Database;
  readonly #now: () => number;
  /** Not written yet: at each request, it would make everyone wait for the disk. */
  readonly #seen = new Map<string, number>();

  constructor(db: Database.Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /** Notes where a session that was just opened is used. */
  began(session: string, { kind, browser, system, name }: Device): void {
    this.#db
      .prepare('INSERT INTO devices (session, kind, browser, system, name, seen_at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(session, kind, browser, system, name, this.#now());
  }

  /** Somebody used it just now. */
  seen(session: string): void {
    this.#seen.set(session, this.#now());
  }

  /** Whether a session was not ended. */
  has(session: string): boolean {
    return this.#db.prepare('SELECT 1 FROM session WHERE id = ?').get(session) !== undefined;
  }

  /** Those of a person that still open something, last seen first. */
  of({ id: account, session: current }: Asker): DeviceSession[] {
    const rows = this.#db
      .prepare<[string], SessionRow>(
        `SELECT session.id, createdAt, expiresAt, kind, browser, system, devices.name, seen_at
         FROM session LEFT JOIN devices ON devices.session = session.id WHERE userId = ?`,
      )
      .all(account);
    return rows
      .filter(({ expiresAt }) => Date.parse(expiresAt) > Date.now())
      .map(({ id, createdAt, kind, browser, system, name, seen_at }) => {
        const began = Date.parse(createdAt);
        const lastSeenAt = this.#seen.get(id) ?? seen_at ?? began;
        return {
          ...{ id, kind: kind ?? 'other', browser, system, name },
          ...{ createdAt: began, lastSeenAt, current: id === current },
        };
      })
      .sort((a, b) => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? -1 : 1));
  }

  /** Ends one of a person’s own; false when they have none of that id. */
  end(account: string, session: string): boolean {
    return this.#db.prepare('DELETE FROM session WHERE id = ? AND userId = ?').run(session, account).changes > 0;
  }

  /** Ends all of a person’s; gives their ids. */
  endAll(account: string): string[] {
    return this.#db
      .prepare<[string], { id: string }>('DELETE FROM session WHERE userId = ? RETURNING id')
      .all(account)
      .map(({ id }) => id);
  }

  /** Writes who was seen when, all at once. */
  flush(): void {
    if (this.#seen.size === 0) return;
    const write = this.#db.prepare('UPDATE devices SET seen_at = ? WHERE session = ?');
    this.#db.transaction(() => {
      for (const [session, at] of this.#seen) write.run(at, session);
    })();
    this.#seen.clear();
  }
}
