import Database from 'better-sqlite3';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS teams (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS members (
    team TEXT NOT NULL REFERENCES teams(id),
    account TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'reader')),
    since INTEGER NOT NULL,
    PRIMARY KEY (team, account)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS links (
    token_hash BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('owner', 'invitation')),
    team TEXT REFERENCES teams(id),
    role TEXT,
    invited_by TEXT,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS server_owners (account TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS devices (
    session TEXT PRIMARY KEY REFERENCES session(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    browser TEXT,
    system TEXT,
    name TEXT,
    seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS identity_sessions (
    session TEXT PRIMARY KEY REFERENCES session(id) ON DELETE CASCADE,
    id_token TEXT NOT NULL
  ) STRICT;
`;

/**
 * The file of accounts, teams and links. Apart from the rooms': on one file, signing in made every socket wait. The
 * account library keeps its own tables in it.
 */
export function openAccountsDatabase(file: string): Database.Database {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.exec(SCHEMA);
  return db;
}
