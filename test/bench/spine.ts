import type { Bench, BenchOptions, Row } from './bench.ts';
import { clipping } from './spine/clipping.ts';
import { coldOpen } from './spine/coldOpen.ts';
import { idleRooms } from './spine/idleRooms.ts';
import { liveEdits } from './spine/liveEdits.ts';
import { parted } from './spine/parted.ts';

const PARTS: Readonly<Record<string, (options: BenchOptions) => Promise<readonly Row[]>>> = {
  open: coldOpen,
  clip: clipping,
  live: liveEdits,
  rooms: idleRooms,
  parted,
};

/** What people wait for, in the thing itself: the built extension and web app in real browsers, a real server process. */
export const bench: Bench = {
  name: 'spine',
  async run(options) {
    const { parts, log } = options;
    const unknown = parts.filter((name) => !(name in PARTS));
    if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')} (${Object.keys(PARTS).join(', ')})`);
    const rows: Row[] = [];
    for (const [name, run] of Object.entries(PARTS)) {
      if (parts.length > 0 && !parts.includes(name)) continue;
      log(`spine ${name}`);
      rows.push(...(await run(options)));
    }
    return rows;
  },
};
