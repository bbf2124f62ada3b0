import { WireLimits } from '@liasse/core/protocol';

/** Rhythms and limits of rooms and sockets; tests shorten them. */
export interface Timings {
  readonly heartbeatMs: number;
  /** Changes of presence leave this often, together. */
  readonly presenceMs: number;
  /** A room nobody has open is let go after this. */
  readonly idleRoomMs: number;
  /** A reader that drains nothing for this long is closed. */
  readonly slowReaderMs: number;
  /** Time between two tries of a store that does not answer. */
  readonly probeMs: number;
  /** A try that takes longer has failed. */
  readonly probeLimitMs: number;
  /** Asked whether it takes writes, the server tries when its last write is older than this. */
  readonly proofMs: number;
  /** How long a shutdown waits for commits. */
  readonly commitGraceMs: number;
  /** Rooms in memory at most, and the log behind them at most: beyond, new rooms are refused. */
  readonly maxRooms: number;
  readonly maxRoomBytes: number;
  /** Unsent bytes of one socket above which presence is not sent to it, and it counts as slow. */
  readonly highWaterBytes: number;
}

export const TIMINGS: Timings = {
  heartbeatMs: WireLimits.heartbeatMs,
  presenceMs: 60,
  idleRoomMs: 60_000,
  slowReaderMs: 10_000,
  probeMs: 1_000,
  probeLimitMs: 3_000,
  proofMs: 30_000,
  commitGraceMs: 5_000,
  maxRooms: 5_000,
  maxRoomBytes: 96 * 1024 * 1024,
  highWaterBytes: 256 * 1024,
};
