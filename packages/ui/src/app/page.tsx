import type { OpenDoc } from '@liasse/core/replica';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { makeTopmost, type Topmost } from './topmost.ts';

/** A place of the app above the one on screen. */
export interface Crumb {
  readonly label: string;
  /** As `paths` writes it. */
  readonly to: string;
}

/** What the bar, the window's title and a screen reader say of the screen. */
export interface Page {
  readonly title: string;
  readonly trail: readonly Crumb[];
}

interface OnScreen {
  readonly page: Topmost<Page>;
  /** The documents that people may be in together. */
  readonly document: Topmost<OpenDoc>;
}

const OnScreenContext = createContext<OnScreen | null>(null);

/** Knows what is on screen, for the bar around it. */
export function OnScreenProvider({ children }: { readonly children: ReactNode }) {
  const [onScreen] = useState<OnScreen>(() => ({ page: makeTopmost<Page>(), document: makeTopmost<OpenDoc>() }));
  return <OnScreenContext value={onScreen}>{children}</OnScreenContext>;
}

export function useOnScreen(): OnScreen | null {
  return use(OnScreenContext);
}

/**
 * Names the screen: the bar's breadcrumb and the window's title follow. An inspector names itself while it is open.
 *
 * @param trail - the places above it, outermost first; the rail's entry is one of them only when it is not this screen
 */
export function usePage(title: string, trail: readonly Crumb[] = []): void {
  const onScreen = use(OnScreenContext);
  const key = JSON.stringify([title, trail]);
  useEffect(() => {
    const [named, crumbs] = JSON.parse(key) as [string, Crumb[]];
    return onScreen?.page.put({ title: named, trail: crumbs });
  }, [onScreen, key]);
}
