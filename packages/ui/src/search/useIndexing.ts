import type { OpenDoc } from '@liasse/core/replica';
import { useEffect } from 'react';
import { usePlatform, useWorkspace } from '../app/context.tsx';
import { useOnScreen } from '../app/page.tsx';
import { useOpenDoc } from '../kit/index.ts';

/** The app's first seconds are the person's. */
const IDLE_TIMEOUT_MS = 10_000;

/**
 * Indexes the team once the page has nothing better to do, and follows what changes. Not beside a web page: the side panel is
 * opened for a moment, and searches when it is asked to.
 */
export function useIndexing(): void {
  const { kind } = usePlatform();
  const workspace = useWorkspace();
  const board = useOpenDoc();
  const onScreen = useOnScreen();
  useEffect(() => {
    if (kind === 'side-panel' || typeof Worker === 'undefined') return;
    let stop = () => {};
    let left = false;
    const cancel = whenIdle(async () => {
      const { holdSearch } = await import('./heldSearches.ts');
      if (left) return;
      const { service, release } = holdSearch(workspace);
      const unfollow = [follow(board, service.changed)];
      let unfollowScreen = () => {};
      const followScreen = () => {
        unfollowScreen();
        const open = onScreen?.document.getSnapshot();
        unfollowScreen = open ? follow(open, service.changed) : () => {};
      };
      followScreen();
      if (onScreen) unfollow.push(onScreen.document.subscribe(followScreen));
      stop = () => {
        for (const undo of unfollow) undo();
        unfollowScreen();
        release();
      };
    });
    return () => {
      left = true;
      cancel();
      stop();
    };
  }, [kind, workspace, board, onScreen]);
}

/** Tells of each change of an open document, a colleague's included: their words are in no journal of this device. */
function follow({ doc, room }: OpenDoc, changed: (room: OpenDoc['room']) => void): () => void {
  const onUpdate = () => changed(room);
  doc.on('update', onUpdate);
  return () => doc.off('update', onUpdate);
}

function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run, 2_000);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: IDLE_TIMEOUT_MS });
  return () => cancelIdleCallback(handle);
}
