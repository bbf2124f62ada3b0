import { z } from 'zod';
import type { CardId, DossierId, MeetingId, TeamId } from '../kernel/ids.ts';

/**
 * The name of a document, the same on every device and on the server: `<team>/board`, `<team>/card/<id>`,
 * `<team>/dossier/<id>`, `<team>/meeting/<id>`, `<team>/meeting/<id>/inbox`, `<team>/archive/<year>`.
 */
export const RoomName = z
  .string()
  .regex(
    /^[0-9a-hjkmnp-tv-z]{24}\/(?:board|(?:card|dossier|meeting)\/[0-9a-hjkmnp-tv-z]{24}|meeting\/[0-9a-hjkmnp-tv-z]{24}\/inbox|archive\/\d{4})$/,
    { error: 'not a RoomName' },
  )
  .brand<'RoomName'>();
export type RoomName = z.infer<typeof RoomName>;

/** What kind of document a room holds. */
export type RoomKind = 'board' | 'card' | 'dossier' | 'meeting' | 'inbox' | 'archive';

/** A room's name, taken apart. `id` is null for the board. */
export interface RoomParts {
  readonly team: TeamId;
  readonly kind: RoomKind;
  readonly id: string | null;
}

export function roomParts(room: RoomName): RoomParts {
  const [team, kind, id, inbox] = room.split('/') as [TeamId, RoomKind, string?, string?];
  return { team, kind: inbox === undefined ? kind : 'inbox', id: id ?? null };
}

export const boardRoom = (team: TeamId): RoomName => `${team}/board` as RoomName;
export const cardRoom = (team: TeamId, id: CardId): RoomName => `${team}/card/${id}` as RoomName;
export const dossierRoom = (team: TeamId, id: DossierId): RoomName => `${team}/dossier/${id}` as RoomName;
export const meetingRoom = (team: TeamId, id: MeetingId): RoomName => `${team}/meeting/${id}` as RoomName;
