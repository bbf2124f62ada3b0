import type { RoomName } from '@liasse/core/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useReplica } from '../../app/context.tsx';
import { inertHtml } from './inertHtml.ts';
import { type LoadedSnapshot, loadSnapshot } from './loadSnapshot.ts';

/** A snapshot on its way to the screen. `address`: of what the frame shows, once; `away`: resources that have not arrived. */
export type ShownSnapshot =
  | { readonly kind: 'loading'; readonly done: number; readonly of: number }
  | { readonly kind: 'ready'; readonly address: string; readonly away: number };

const NOTHING_YET: ShownSnapshot = { kind: 'loading', done: 0, of: 0 };

/** Reads a snapshot's resources from the document's blobs, and lets go of them when it leaves the screen. */
export function useLoadedSnapshot(room: RoomName, html: string): ShownSnapshot & { readonly retry: () => void } {
  const { blobs } = useReplica();
  const [shown, setShown] = useState(NOTHING_YET);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    let loaded: LoadedSnapshot | null = null;
    let address: string | null = null;
    const load = async () => {
      const snapshot = await loadSnapshot(
        html,
        {
          read: (hash) => blobs.get(room, hash),
          addressOf: (blob) => URL.createObjectURL(blob),
          letGo: (address) => URL.revokeObjectURL(address),
        },
        { signal, onProgress: (done, of) => !signal.aborted && setShown({ kind: 'loading', done, of }) },
      );
      if (signal.aborted) return snapshot.release();
      loaded = snapshot;
      // A document of its own, and no `srcdoc`: one of those knows no quirks mode, on which older pages are built.
      address = URL.createObjectURL(new Blob([inertHtml(snapshot.html)], { type: 'text/html;charset=utf-8' }));
      setShown({ kind: 'ready', address, away: snapshot.away });
    };
    void load();
    return () => {
      leaving.abort();
      loaded?.release();
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [blobs, room, html, attempt]);

  return { ...shown, retry };
}
