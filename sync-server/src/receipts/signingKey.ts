import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ReceiptKey } from '@liasse/core/protocol';

/** The key that signs receipts now. */
export interface SigningKey {
  readonly public: ReceiptKey;
  /** Ed25519, in base64url. */
  sign(text: string): string;
}

/**
 * The private key of a data folder, made when there is none. To change it, stop the server, take the file away and start again:
 * the former public key is still served.
 */
export function signingKeyIn(folder: string): SigningKey {
  const file = join(folder, 'receipt-key.pem');
  const secret = createPrivateKey(existing(file) ?? made(file));
  return {
    public: publicKeyOf(secret),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), secret).toString('base64url'),
  };
}

function existing(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole under its name, or not there: a key cut short by a crash would keep the server from ever starting again. */
function made(file: string): string {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const temporary = `${file}.new`;
  const handle = openSync(temporary, 'w', 0o600);
  writeSync(handle, pem);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(temporary, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
  return pem;
}

/** The public key of a key, private or public. */
export function publicKeyOf(key: KeyObject): ReceiptKey {
  const { kty, crv, x } = (key.type === 'public' ? key : createPublicKey(key)).export({ format: 'jwk' });
  // The thumbprint of RFC 7638: these members, in this order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return ReceiptKey.parse({ kty, crv, kid, x });
}
