import type { BlobRef } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useReplica } from '../../app/context.tsx';
import { useSnapshot } from '../../kit/index.ts';

/** A blob’s content as someone reads it: `away` while neither this device nor the server has it. */
export type BlobContent<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'away' }
  | { readonly kind: 'here'; readonly content: T };

/** A blob that is away is looked for again this often while it is on screen. */
const RETRY_MS = 15_000;

/**
 * Reads a blob of the document, and looks again by itself while it is away. Without a blob it stays `loading`.
 *
 * @param read - the same function at each render
 */
export function useBlob<T>(
  room: RoomName,
  blob: Pick<BlobRef, 'hash'> | null,
  read: (bytes: Blob) => Promise<T>,
): BlobContent<T> & { readonly retry: () => void } {
  const replica = useReplica();
  const [state, setState] = useState<BlobContent<T>>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  // The connection's return is the moment to ask again.
  const { connection } = useSnapshot(replica.sync);
  const hash = blob?.hash ?? null;
  // A new object is a reason to look again, also for the same blob.
  const wanted = useMemo(() => ({ hash, connection, attempt }), [hash, connection, attempt]);

  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      if (wanted.hash === null) return;
      const found = await replica.blobs.get(room, wanted.hash);
      const content = found === null ? undefined : await read(found);
      if (left) return;
      setState(content === undefined ? { kind: 'away' } : { kind: 'here', content });
      if (content === undefined) timer = setTimeout(retry, RETRY_MS);
    };
    void look();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [replica, room, wanted, read, retry]);

  return { ...state, retry };
}
