import { shadowRootOf } from '../dom.ts';
import type { PageDoors } from './findControls.ts';

/** As browsers let an extension into closed shadow trees: Chrome by its own function, Firefox by one of the element’s. */
export const liveDoors: PageDoors = {
  shadowOf(element) {
    if (typeof chrome !== 'undefined' && typeof chrome.dom?.openOrClosedShadowRoot === 'function') {
      // It refuses what can have no shadow tree, by throwing.
      try {
        return chrome.dom.openOrClosedShadowRoot(element as HTMLElement) as ShadowRoot | null;
      } catch {
        return null;
      }
    }
    const inFirefox = (element as { openOrClosedShadowRoot?: ShadowRoot | null }).openOrClosedShadowRoot;
    return inFirefox ?? shadowRootOf(element);
  },
};
