import { type Day, dayAt } from '@liasse/core';
import { useCallback, useSyncExternalStore } from 'react';
import { usePlatform } from '../app/context.tsx';

const MINUTE_MS = 60_000;

function everyMinute(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE_MS);
  // A machine that slept wakes on another day.
  document.addEventListener('visibilitychange', listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', listener);
  };
}

/** The civil day in Paris; follows midnight. */
export function useToday(): Day {
  const { clock } = usePlatform();
  const read = useCallback(() => dayAt(clock.now()), [clock]);
  return useSyncExternalStore(everyMinute, read);
}
