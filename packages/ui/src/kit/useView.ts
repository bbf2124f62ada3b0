import type { View, ViewOf } from '@liasse/core';
import type { OpenDoc } from '@liasse/core/replica';
import { createContext, use, useSyncExternalStore } from 'react';

const OpenDocContext = createContext<OpenDoc | null>(null);

/** Gives the document on screen to everything below. */
export const OpenDocProvider = OpenDocContext.Provider;

/** The document on screen. */
export function useOpenDoc(): OpenDoc {
  const open = use(OpenDocContext);
  if (open === null) throw new Error('bug: no document is open around this component');
  return open;
}

/** Reads any view; renders again when it changes, and only then. */
export function useSnapshot<T>(view: View<T>): T {
  return useSyncExternalStore(view.subscribe, view.getSnapshot);
}

/** Reads a projection of the document on screen. */
export function useView<T>(viewOf: ViewOf<T>): T {
  return useSnapshot(viewOf(useOpenDoc().doc));
}
