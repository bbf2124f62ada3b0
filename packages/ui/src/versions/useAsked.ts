import { useCallback, useEffect, useState } from 'react';
import type { Outcome } from '../app/platform.ts';

/** Something that is asked of the server once; null while its answer is on its way. */
export interface Asked<T> {
  readonly answer: Outcome<T> | null;
  readonly again: () => void;
}

/** @param ask - stable: what it asks is asked again when it changes */
export function useAsked<T>(ask: () => Promise<Outcome<T>>): Asked<T> {
  const [state, setState] = useState<{ readonly ask: unknown; readonly answer: Outcome<T> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let left = false;
    setState(null);
    void ask().then((answer) => {
      if (!left) setState({ ask, answer });
    });
    return () => {
      left = true;
    };
  }, [ask, attempt]);
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return { answer: state?.ask === ask ? state.answer : null, again };
}
