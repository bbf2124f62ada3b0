import { z } from 'zod';
import { AccountId } from '../kernel/ids.ts';
import { RoomName } from './rooms.ts';

/** The root map of a document whose keys are the blobs that it refers to. It is all that the server knows of a document’s shape. */
export const BLOBS_ROOT = 'blobs';

/** `seq`: which one, in the room’s log. `at`: ms. `people`: who wrote since the version before. */
export const RoomVersion = z.object({
  seq: z.int().min(1),
  at: z.number(),
  people: z.array(z.object({ accountId: AccountId, name: z.string() })),
});
export type RoomVersion = z.infer<typeof RoomVersion>;

/** `GET /api/rooms/versions?room=…`: the states of a document that the server keeps, oldest first, to who may read the room. */
export const RoomVersions = z.array(RoomVersion);
export type RoomVersions = z.infer<typeof RoomVersions>;

/** `GET /api/rooms/versions/:seq?room=…`: one of them, as a Yjs update (V2). */
export const VersionParams = z.strictObject({ seq: z.coerce.number().int().min(1) });

/**
 * `DELETE /api/rooms?room=…`, by an owner: erases a dossier or a meeting for good, for everybody. Its devices are told so by 4404 and by
 * the feed. Asked for again it is `not-found`.
 */
export const EraseRoom = z.strictObject({ room: RoomName });
