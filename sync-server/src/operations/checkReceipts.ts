import { createPrivateKey, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { Receipt, signedText } from '@liasse/core/protocol';
import type Database from 'better-sqlite3';
import { type ReceiptRow, receiptOf } from '../receipts/receipts.ts';
import { publicKeyOf } from '../receipts/signingKey.ts';
import { counted } from './dataFolder.ts';

/** Each receipt holds under the key it names; each room’s are numbered from 1 and their moments never go back. */
export function checkReceipts(db: Database.Database, pem: string): { looked: string; wrong: string[] } {
  const wrong: string[] = [];
  const keys = new Map<string, KeyObject>();
  for (const { kid, x } of db.prepare<[], { kid: string; x: string }>('SELECT kid, x FROM keys').all()) {
    const key = readKey(x);
    if (key && publicKeyOf(key).kid === kid) keys.set(kid, key);
    else wrong.push(`The public key ${kid} of former receipts is damaged.`);
  }
  if (!isPrivateKey(pem)) wrong.push('receipt-key.pem is no private key: the server will not start.');
  let count = 0;
  let before = { room: '', seq: 0, received_at: 0 };
  const rows = db.prepare<[], ReceiptRow & { room: string }>('SELECT * FROM receipts ORDER BY room, seq');
  for (const row of rows.iterate()) {
    count += 1;
    const about = `Receipt ${row.seq} of room ${row.room}`;
    const last = before.room === row.room ? before : { seq: 0, received_at: 0 };
    before = row;
    if (row.seq !== last.seq + 1) wrong.push(`${about} follows receipt ${last.seq}: one between them is missing.`);
    if (row.received_at < last.received_at) wrong.push(`${about} bears a moment before that of the receipt before it.`);
    if (!holds(row, keys)) wrong.push(`${about} does not hold: its signature is not of what it says.`);
  }
  return { looked: counted(count, 'receipt'), wrong };
}

function holds(row: ReceiptRow & { room: string }, keys: ReadonlyMap<string, KeyObject>): boolean {
  const key = keys.get(row.key_id);
  const receipt = Receipt.safeParse(receiptOf(row.room, row));
  if (!key || !receipt.success) return false;
  const signature = Buffer.from(receipt.data.signature, 'base64url');
  return verify(null, Buffer.from(signedText(receipt.data), 'utf8'), key, signature);
}

function readKey(x: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return null;
  }
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
