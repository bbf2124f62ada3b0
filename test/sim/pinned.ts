/** Seeds that found something once: they are always played. */
export const PINNED: readonly { readonly seed: number; readonly found: string }[] = [
  { seed: 21, found: 'a page with nothing open did not look for the server again (P21)' },
  { seed: 50, found: 'an unsaved edit’s victory over a colleague’s was cached, and outlived the edit (P22)' },
];
