import { join } from 'node:path';
import {
  type AccountId,
  type BlobHash,
  Receipt,
  ReceiptKey,
  type ReceiptKeys,
  type RoomName,
  signedText,
} from '@liasse/core/protocol';
import Database from 'better-sqlite3';
import { signingKeyIn } from './signingKey.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS receipts (
    room TEXT NOT NULL,
    seq INTEGER NOT NULL,
    manifest TEXT NOT NULL,
    author TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    key_id TEXT NOT NULL REFERENCES keys (kid),
    signature TEXT NOT NULL,
    PRIMARY KEY (room, seq),
    UNIQUE (room, manifest)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS keys (kid TEXT PRIMARY KEY, x TEXT NOT NULL, since INTEGER NOT NULL) STRICT;
`;

/** A receipt as it is kept. */
export interface ReceiptRow {
  readonly seq: number;
  readonly manifest: string;
  readonly author: string;
  readonly received_at: number;
  readonly key_id: string;
  readonly signature: string;
}

export interface Receipts {
  /** The receipt of a manifest in a room: the one there is, else a new one, once it is durable. */
  give(about: { manifestSha256: BlobHash; room: RoomName; author: AccountId }): Receipt;
  /** Public keys, the current one first. */
  keys(): ReceiptKeys;
  close(): void;
}

/**
 * The log of what was deposited, in a file of its own beside the rooms’.
 *
 * Row and signature are one transaction: a signature written later would leave, after a crash between the two, a row that only
 * a key which may since be gone could complete.
 */
export function openReceipts(folder: string, now: () => number): Receipts {
  const db = new Database(join(folder, 'receipts.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.exec(SCHEMA);
  const key = signingKeyIn(folder);
  db.prepare('INSERT OR IGNORE INTO keys (kid, x, since) VALUES (?, ?, ?)').run(key.public.kid, key.public.x, now());

  const find = db.prepare<[string, string], ReceiptRow>('SELECT * FROM receipts WHERE room = ? AND manifest = ?');
  const last = db.prepare<[string], Pick<ReceiptRow, 'seq' | 'received_at'>>(
    'SELECT seq, received_at FROM receipts WHERE room = ? ORDER BY seq DESC LIMIT 1',
  );
  const insert = db.prepare<[string, number, string, string, number, string, string]>(
    'INSERT INTO receipts (room, seq, manifest, author, received_at, key_id, signature) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );

  const give = db.transaction(({ manifestSha256, room, author }: Parameters<Receipts['give']>[0]): Receipt => {
    const known = find.get(room, manifestSha256);
    if (known !== undefined) return Receipt.parse(receiptOf(room, known));
    const before = last.get(room);
    const unsigned = {
      profile: 'liasse-receipt/1' as const,
      manifestSha256,
      room,
      author,
      // A clock that was set back must not make what came later look earlier.
      receivedAt: Math.max(now(), before?.received_at ?? 0),
      seq: (before?.seq ?? 0) + 1,
      keyId: key.public.kid,
    };
    const receipt: Receipt = { ...unsigned, signature: key.sign(signedText(unsigned)) };
    const { receivedAt, seq, keyId, signature } = receipt;
    insert.run(room, seq, manifestSha256, author, receivedAt, keyId, signature);
    return receipt;
  });

  return {
    give: (about) => give.immediate(about),
    keys: () => ({
      keys: db
        .prepare<[string], { kid: string; x: string }>('SELECT kid, x FROM keys ORDER BY kid = ? DESC, since DESC, kid')
        .all(key.public.kid)
        .map(({ kid, x }) => ReceiptKey.parse({ kty: 'OKP', crv: 'Ed25519', kid, x })),
    }),
    close: () => {
      db.close();
    },
  };
}

/** A row as the receipt it keeps, not yet parsed: what is read from a damaged disk need not be one. */
export const receiptOf = (room: string, row: ReceiptRow): unknown => ({
  profile: 'liasse-receipt/1',
  manifestSha256: row.manifest,
  room,
  author: row.author,
  receivedAt: row.received_at,
  seq: row.seq,
  keyId: row.key_id,
  signature: row.signature,
});
