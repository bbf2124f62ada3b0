import type { Chance } from './chance.ts';

/** What may go wrong in one simulation. Each seed has its own few: all at once would hide what one of them alone brings. */
export interface Faults {
  /** Sockets are cut, in mid-stream, and each side hears of it in its own time. */
  readonly cuts: boolean;
  /** Sockets die without either side hearing of it. */
  readonly deadSockets: boolean;
  /** A device is off the network for a while. */
  readonly partitions: boolean;
  /** Sync frames come twice, or before the one that was sent earlier. */
  readonly untidyFrames: boolean;
  readonly serverCrashes: boolean;
  /** The server's disk refuses writes for a while. */
  readonly serverDisk: boolean;
  /** The log is compacted now and then. */
  readonly compaction: boolean;
  /** Pages die. */
  readonly pageCrashes: boolean;
  /** A device has no space for a while. */
  readonly quota: boolean;
  /** Caches lose rows at a crash, or answer late. */
  readonly cacheLoss: boolean;
  /** Documents are closed and opened again. */
  readonly closing: boolean;
  /** Rights are lowered, taken away and given back. */
  readonly roles: boolean;
  /** Tickets come after they have expired. */
  readonly lateTickets: boolean;
  /** Clocks are wrong by up to 400 days either way. */
  readonly skew: boolean;
  /** Some pages are of an older build, which the server turns away, or of a newer one. */
  readonly versions: boolean;
}

const HOW_OFTEN: Record<keyof Faults, number> = {
  cuts: 0.5,
  deadSockets: 0.35,
  partitions: 0.4,
  untidyFrames: 0.4,
  serverCrashes: 0.4,
  serverDisk: 0.35,
  compaction: 0.4,
  pageCrashes: 0.5,
  quota: 0.3,
  cacheLoss: 0.35,
  closing: 0.5,
  roles: 0.35,
  lateTickets: 0.2,
  skew: 0.5,
  versions: 0.25,
};

export function drawFaults(chance: Chance): Faults {
  const drawn = Object.entries(HOW_OFTEN).map(([fault, often]) => [fault, chance.happens(often)]);
  return Object.fromEntries(drawn) as unknown as Faults;
}
