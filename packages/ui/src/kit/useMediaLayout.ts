import { useSyncExternalStore } from 'react';
import { BREAKPOINTS } from './theme/tokens.ts';

/** The three layouts of the grid. `narrow` is also the side panel. */
export type MediaLayout = 'wide' | 'medium' | 'narrow';

const query = (px: number): MediaQueryList => window.matchMedia(`(min-width: ${px}px)`);

function subscribe(listener: () => void): () => void {
  const lists = [query(BREAKPOINTS.wide), query(BREAKPOINTS.medium)];
  for (const list of lists) list.addEventListener('change', listener);
  return () => {
    for (const list of lists) list.removeEventListener('change', listener);
  };
}

/** The layout at a width of the window: tests of screens run where no media query exists, and get the wide one. */
function current(): MediaLayout {
  if (typeof window.matchMedia !== 'function') return 'wide';
  if (query(BREAKPOINTS.wide).matches) return 'wide';
  return query(BREAKPOINTS.medium).matches ? 'medium' : 'narrow';
}

/** Which layout the window has room for. */
export function useMediaLayout(): MediaLayout {
  return useSyncExternalStore(typeof window.matchMedia === 'function' ? subscribe : unchanging, current);
}

const unchanging = () => () => {};
