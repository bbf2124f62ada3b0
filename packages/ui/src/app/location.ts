import { useSyncExternalStore } from 'react';
import type { BaseLocationHook } from 'wouter';

/** The place in the app that the fragment names: `#/dossiers/…?tri=date`. The path and the query stand in it whole. */
const place = (): string => {
  const hash = location.hash.slice(1);
  return hash.startsWith('/') ? hash : '/';
};
const pathOf = (at: string): string => at.split('?', 1)[0] ?? '/';
const searchOf = (at: string): string => at.slice(pathOf(at).length);

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
  };
}

function navigate(to: string, options: { readonly replace?: boolean; readonly state?: unknown } = {}): void {
  history[options.replace ? 'replaceState' : 'pushState'](options.state ?? null, '', `#${to}`);
  // Neither method fires anything by itself.
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/**
 * Routing inside a page whose path is a file, as the extension's are. wouter's own hash location keeps the query outside the
 * fragment, where it outlives the screen it was for.
 */
export const useHashPlace: BaseLocationHook = Object.assign(
  (): [string, typeof navigate] => [useSyncExternalStore(subscribe, () => pathOf(place())), navigate],
  {
    searchHook: () => useSyncExternalStore(subscribe, () => searchOf(place())),
    hrefs: (href: string) => `#${href}`,
  },
);
