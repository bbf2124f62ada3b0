import type { BlobRef } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import { useBlob } from './useBlob.ts';

/** A blob's content: `away` while neither this device nor the server has it. */
export type BlobText =
  | { readonly kind: 'loading' }
  | { readonly kind: 'away' }
  | { readonly kind: 'here'; readonly text: string };

const asText = (bytes: Blob): Promise<string> => bytes.text();

/** Reads a blob of the document as text, and looks again by itself while it is away. Without a blob it stays `loading`. */
export function useBlobText(room: RoomName, blob: BlobRef | null): BlobText & { readonly retry: () => void } {
  const { retry, ...found } = useBlob(room, blob, asText);
  return found.kind === 'here' ? { kind: 'here', text: found.content, retry } : { ...found, retry };
}
