import type { Comparison, TextBlocks } from '@liasse/core';
import { useEffect, useState } from 'react';
import { compareInWorker } from './compareWorker.ts';

export type Comparing =
  | { readonly kind: 'working' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'done'; readonly comparison: Comparison };

const WORKING: Comparing = { kind: 'working' };

/** Compares two texts, again when either changes; leaving the screen ends the work. */
export function useComparison(before: TextBlocks, after: TextBlocks): Comparing {
  const [state, setState] = useState<Comparing>(WORKING);
  useEffect(() => {
    const leaving = new AbortController();
    setState(WORKING);
    compareInWorker({ before, after }, leaving.signal).then(
      (comparison) => setState({ kind: 'done', comparison }),
      () => !leaving.signal.aborted && setState({ kind: 'failed' }),
    );
    return () => leaving.abort();
  }, [before, after]);
  return state;
}
