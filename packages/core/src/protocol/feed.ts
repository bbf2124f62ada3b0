import { z } from 'zod';
import { TeamId } from '../kernel/ids.ts';
import { Role } from './http.ts';
import { RoomName } from './rooms.ts';

/** Most entries of one page, but for those about whole teams. */
export const FEED_PAGE = 500;

/** A cursor is the server’s own business: a device keeps it and shows it again. */
export const FeedQuery = z.strictObject({ since: z.string().max(16_384).optional() });

/**
 * One thing that changed for an account. Each says how things stand now, so that hearing it twice changes nothing.
 *
 * `room`: there is something to fetch, up to this row. `grant`: a whole team, or one room, with the role there. `revoked`: the same,
 * taken away. `erased`: gone for everybody.
 */
export const FeedEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('room'), room: RoomName, epoch: z.string().max(64), seq: z.int().min(0) }),
  z.object({
    kind: z.literal('grant'),
    team: TeamId.nullable(),
    room: RoomName.nullable(),
    role: Role,
    /** The right is this room’s own (a restricted dossier, a meeting of another team), and not the team’s. */
    apart: z.boolean(),
  }),
  z.object({ kind: z.literal('revoked'), team: TeamId.nullable(), room: RoomName.nullable() }),
  z.object({ kind: z.literal('erased'), room: RoomName }),
]);
export type FeedEntry = z.infer<typeof FeedEntry>;

/**
 * `GET /api/feed?since=<cursor>`: what changed since, for the account that asks, over all its teams, its restricted dossiers and the
 * meetings it is a guest of. Without a cursor: all that it may see.
 *
 * `more`: the next page can be asked for at once. `reset`: the cursor spoke of another log, or could not be read; this page begins again.
 */
export const FeedPage = z.object({
  entries: z.array(FeedEntry),
  cursor: z.string().max(16_384),
  more: z.boolean(),
  reset: z.boolean(),
});
export type FeedPage = z.infer<typeof FeedPage>;
