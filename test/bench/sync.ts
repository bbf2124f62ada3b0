import { benchOfParts } from './bench.ts';
import { breaking } from './sync/breaking.ts';
import { fanOut } from './sync/fanOut.ts';
import { firstJoin } from './sync/firstJoin.ts';
import { idle } from './sync/idle.ts';
import { killed } from './sync/killed.ts';
import { manyRooms } from './sync/manyRooms.ts';
import { presence } from './sync/presence.ts';
import { returning } from './sync/returning.ts';
import { stalled } from './sync/stalled.ts';

/** The sync server beside the others of its kind, each a process of its own on a core of its own, on one machine. */
export const bench = benchOfParts('sync', {
  'fan-out': fanOut,
  rooms: manyRooms,
  returning,
  join: firstJoin,
  kill: killed,
  idle,
  stalled,
  presence,
  breaking,
});
