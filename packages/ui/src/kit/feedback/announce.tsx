import { type ReactNode, useSyncExternalStore } from 'react';
import { VisuallyHidden } from 'react-aria-components';

let words: readonly [polite: string, turn: number] = ['', 0];
const listeners = new Set<() => void>();

/** Says something to those who hear the screen (*Carte déplacée dans « En cours », 2 sur 5*). Nothing is shown. */
export function announce(message: string): void {
  words = [message, words[1] + 1];
  for (const listener of listeners) listener();
}

/** `announce`, for components. */
export function useAnnounce(): (message: string) => void {
  return announce;
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The live region: once in the app, there before anything is said. */
export function Announcer(): ReactNode {
  const [message, turn] = useSyncExternalStore(subscribe, () => words);
  return (
    <VisuallyHidden>
      {/* The same words twice in a row are a change too. */}
      <div role="log" aria-live="polite" aria-atomic="true" aria-relevant="additions text">
        {message}
        {turn % 2 === 1 && '\u200b'}
      </div>
    </VisuallyHidden>
  );
}
