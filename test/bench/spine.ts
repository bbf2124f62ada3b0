import { benchOfParts } from './bench.ts';
import { clipping } from './spine/clipping.ts';
import { coldOpen } from './spine/coldOpen.ts';
import { idleRooms } from './spine/idleRooms.ts';
import { liveEdits } from './spine/liveEdits.ts';
import { parted } from './spine/parted.ts';

/** What people wait for, in the thing itself: the built extension and web app in real browsers, a real server process. */
export const bench = benchOfParts('spine', {
  open: coldOpen,
  clip: clipping,
  live: liveEdits,
  rooms: idleRooms,
  parted,
});
