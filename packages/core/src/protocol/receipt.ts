import { z } from 'zod';
import { canonicalJson } from '../kernel/canonicalJson.ts';
import { AccountId, BlobHash } from '../kernel/ids.ts';
import { RoomName } from './rooms.ts';

/** `POST /api/receipts`: this manifest was received in this room. Answers `Receipt`, the same however often it is asked for. */
export const ReceiptRequest = z.strictObject({ room: RoomName, manifestSha256: BlobHash });

const base64url = (characters: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${characters}}$`));

/** The name of a key: the thumbprint of its JWK (RFC 7638). */
const KeyId = base64url(43);

/**
 * A server’s signed word that it was shown a manifest’s hash.
 *
 * `room`: where it was deposited. `author`: the account that did. `receivedAt`: ms since the Unix epoch, by the server’s clock.
 * `seq`: its number among the receipts of the room, from 1. `signature`: Ed25519 over `signedText`.
 */
export const Receipt = z.strictObject({
  profile: z.literal('liasse-receipt/1'),
  manifestSha256: BlobHash,
  room: RoomName,
  author: AccountId,
  receivedAt: z.int().min(0),
  seq: z.int().min(1),
  keyId: KeyId,
  signature: base64url(86),
});
export type Receipt = z.infer<typeof Receipt>;

/** What a receipt’s signature is over: its canonical JSON without the signature, to be encoded in UTF-8. */
export function signedText(receipt: Omit<Receipt, 'signature'>): string {
  const { profile, manifestSha256, room, author, receivedAt, seq, keyId } = receipt;
  return canonicalJson({ profile, manifestSha256, room, author, receivedAt, seq, keyId });
}

/** A public key, as a JWK (RFC 8037). */
export const ReceiptKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: KeyId,
  x: base64url(43),
});
export type ReceiptKey = z.infer<typeof ReceiptKey>;

/** `GET /.well-known/liasse-receipts.json`, without a session: the keys of all receipts this server ever gave, the current one first. */
export const ReceiptKeys = z.object({ keys: z.array(ReceiptKey).max(1_000) });
export type ReceiptKeys = z.infer<typeof ReceiptKeys>;
export const RECEIPT_KEYS_PATH = '/.well-known/liasse-receipts.json';

/**
 * A key as a PEM file, for `openssl`.
 *
 * The twelve bytes that say “Ed25519 public key” in DER are four groups of three: their base64 and the key’s own can stand side by side.
 */
export function pemOf({ x }: Pick<ReceiptKey, 'x'>): string {
  const key = x.replaceAll('-', '+').replaceAll('_', '/');
  return `-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA${key}=\n-----END PUBLIC KEY-----\n`;
}
