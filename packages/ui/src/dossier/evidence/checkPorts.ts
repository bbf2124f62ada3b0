import type { CheckPorts, SignatureState } from '@liasse/core';
import { type Receipt, type ReceiptKey, type RoomName, signedText } from '@liasse/core/protocol';
import { hashOf, type Replica } from '@liasse/core/replica';

/**
 * What a check reads on this device: blobs from the replica, hashed anew.
 *
 * @param keys - as the server serves them
 */
export function checkPorts(
  replica: Pick<Replica, 'blobs'>,
  room: RoomName,
  keys: () => Promise<readonly ReceiptKey[]>,
): CheckPorts {
  const blobOf = replica.blobs.get.bind(replica.blobs, room);
  return {
    digestOf: async (hash) => {
      const blob = await blobOf(hash);
      return blob === null ? null : hashOf(blob);
    },
    textOf: async (hash) => (await blobOf(hash))?.text() ?? null,
    digest: async (text) => {
      const bytes = new Blob([text]);
      return { hash: await hashOf(bytes), bytes: bytes.size };
    },
    checkSignature: async (receipt) => checkSignature(receipt, await keys()),
  };
}

/** Whether a receipt’s signature holds under one of these keys. */
export async function checkSignature(receipt: Receipt, keys: readonly ReceiptKey[]): Promise<SignatureState> {
  const found = keys.find(({ kid }) => kid === receipt.keyId);
  if (found === undefined) return 'unknown-key';
  const { kty, crv, x } = found;
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']);
  } catch (error) {
    // Chromium knows Ed25519 since 137, Firefox since 129, Safari since 17.
    if (error instanceof DOMException && error.name === 'NotSupportedError') return 'unsupported';
    // Thirty-two bytes that are no point of the curve: nothing is signed by such a key.
    return 'broken';
  }
  const holds = await crypto.subtle.verify(
    'Ed25519',
    key,
    bytesOf(receipt.signature),
    new TextEncoder().encode(signedText(receipt)),
  );
  return holds ? 'holds' : 'broken';
}

/** The bytes of a text in base64url, whose shape the schema has checked. */
export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
