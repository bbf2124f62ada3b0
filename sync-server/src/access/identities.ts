import { AccountId, Refusal } from '@liasse/core/protocol';
import type Database from 'better-sqlite3';

/** Who someone is at an identity provider. The pair stays the same for good; a name or an e-mail address does not. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** Which identity opens which account, and the proof that began a session, by which its provider is left as well. */
export class Identities {
  readonly #db: Database.Database;
  readonly #now: () => number;

  constructor(db: Database.Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  accountOf({ issuer, subject }: Identity): AccountId | null {
    const row = this.#db
      .prepare<[string, string], { account: string }>('SELECT account FROM identities WHERE issuer = ? AND subject = ?')
      .get(issuer, subject);
    return row ? AccountId.parse(row.account) : null;
  }

  /** Whether an identity opens an account. */
  opens(account: AccountId): boolean {
    return this.#db.prepare('SELECT 1 FROM identities WHERE account = ?').get(account) !== undefined;
  }

  /** Takes off whichever identities open an account. */
  detach(account: AccountId): void {
    this.#db.prepare('DELETE FROM identities WHERE account = ?').run(account);
  }

  /** @throws {Refusal} `already-exists` when the identity opens another account, or the account has another identity there */
  attach({ issuer, subject }: Identity, account: AccountId): void {
    const known = this.accountOf({ issuer, subject });
    if (known === account) return;
    if (known || this.#has(account, issuer)) throw new Refusal('already-exists');
    this.#db
      .prepare('INSERT INTO identities (issuer, subject, account, since) VALUES (?, ?, ?, ?)')
      .run(issuer, subject, account, this.#now());
  }

  /** Keeps what began a session, as long as it lasts. */
  began(session: string, idToken: string): void {
    this.#db.prepare('INSERT INTO identity_sessions (session, id_token) VALUES (?, ?)').run(session, idToken);
  }

  /** What began a session; null for one that a password or a device began. */
  idTokenOf(session: string): string | null {
    const row = this.#db
      .prepare<[string], { id_token: string }>('SELECT id_token FROM identity_sessions WHERE session = ?')
      .get(session);
    return row?.id_token ?? null;
  }

  /** Whether an account has an identity of an issuer: then another one of that issuer is another person. */
  #has(account: AccountId, issuer: string): boolean {
    const find = this.#db.prepare('SELECT 1 FROM identities WHERE account = ? AND issuer = ?');
    return find.get(account, issuer) !== undefined;
  }
}
