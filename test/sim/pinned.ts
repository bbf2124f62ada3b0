/** Seeds that found something once: they are always played. */
export const PINNED: readonly { readonly seed: number; readonly found: string }[] = [
  { seed: 14, found: 'an unsaved edit’s victory over a colleague’s was cached, and outlived the edit (P22)' },
  { seed: 37, found: 'a page with nothing open did not look for the server again (P21)' },
  {
    seed: 693,
    found:
      'a row that only repeated a colleague’s edits made its sender their owner, and the colleague a forger (S150)',
  },
  {
    seed: 2236,
    found: 'a server that resumed after the client had lost patience was never asked what it had recorded (P41)',
  },
  { seed: 76, found: 'a page sent what a dead one had left, and did not show it (P13)' },
];
