import { useLayoutEffect, useRef } from 'react';

/**
 * Gives the focus back to where a field stood, in the very commit that takes the field away: any later, the person may be
 * elsewhere, and what they type next would go astray. Not when the field was left for another place.
 *
 * @param find - what takes it; called when the field is gone
 */
export function useFocusBack(open: boolean, find: () => HTMLElement | null | undefined): void {
  const wasOpen = useRef(open);
  const found = useRef(find);
  found.current = find;
  useLayoutEffect(() => {
    if (wasOpen.current && !open && document.activeElement === document.body) found.current()?.focus();
    wasOpen.current = open;
  }, [open]);
}
