import { useCallback, useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { ask } from '../messaging/ask.ts';
import type { KnownPiece } from '../messaging/contract.ts';
import type { SeenTab } from '../platform/tab.ts';

const NONE: readonly KnownPiece[] = [];

/** Longer than any answer takes; nobody waits longer for this one. */
const PATIENCE_MS = 600;

/** What this device knows of the page in front. */
export interface Known {
  readonly pieces: readonly KnownPiece[];
  /** What is known once it was asked: Enter may come before the answer. */
  settled(): Promise<readonly KnownPiece[]>;
}

/** A promise, and what resolves it. */
function deferred(): {
  readonly promise: Promise<readonly KnownPiece[]>;
  readonly resolve: (found: readonly KnownPiece[]) => void;
} {
  let resolve: (found: readonly KnownPiece[]) => void = () => {};
  const promise = new Promise<readonly KnownPiece[]>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Asks where the page was clipped before, once the page has said what it is: a legal reference decides what it is a version of. */
export function useKnown(seen: SeenTab, team: string | null): Known {
  const [pieces, setPieces] = useState(NONE);
  const [answered] = useState(deferred);
  const { url, facts, capturable } = seen;
  const waiting = capturable.can === 'page' && facts === null;
  useEffect(() => {
    if (waiting) return;
    let left = false;
    void ask(browser.runtime.sendMessage, 'pages.known', { team, url, facts }).then((answer) => {
      const found = answer.ok ? answer.value.pieces : NONE;
      answered.resolve(found);
      if (!left) setPieces(found);
    });
    return () => {
      left = true;
    };
  }, [waiting, url, facts, team, answered]);
  const settled = useCallback(
    () => Promise.race([answered.promise, new Promise<typeof NONE>((go) => setTimeout(go, PATIENCE_MS, NONE))]),
    [answered],
  );
  return { pieces, settled };
}
