import {
  type Doc,
  DossierId,
  dossierUndoable,
  dossierView,
  ensureMeetingRegistered,
  ensureRegistered,
  MeetingId,
  makeBoardUndo,
  meetingUndoable,
  meetingView,
  type TeamDocs,
  type TeamId,
  type VersionedKind,
} from '@liasse/core';
import { boardRoom, dossierRoom, meetingRoom, type RoomName } from '@liasse/core/protocol';
import { paths, versionPaths } from '../app/paths.ts';
import type { UndoableOf } from '../app/undo.ts';

/** A document that has versions, as an address of this slice names it. */
export interface Versioned {
  readonly kind: VersionedKind;
  readonly room: RoomName;
  /** Where the document itself is. */
  readonly path: string;
  readonly versionsPath: string;
  readonly undoable: UndoableOf;
  /** Its title as it is now; null for the board, or while it has none. */
  titleOf(doc: Doc): string | null;
  /** Makes the team's list follow what was just changed in it. */
  follow(docs: TeamDocs): Promise<void>;
}

/** Null for an address that leads to nothing. */
export function versionedAt(
  team: TeamId,
  { dossierId, meetingId }: { readonly dossierId?: string | undefined; readonly meetingId?: string | undefined },
): Versioned | null {
  if (dossierId !== undefined) {
    const id = DossierId.safeParse(dossierId).data;
    return id === undefined ? null : dossier(team, id);
  }
  if (meetingId !== undefined) {
    const id = MeetingId.safeParse(meetingId).data;
    return id === undefined ? null : meeting(team, id);
  }
  return {
    kind: 'board',
    room: boardRoom(team),
    path: paths.board,
    versionsPath: versionPaths.board,
    undoable: makeBoardUndo,
    titleOf: () => null,
    follow: async () => {},
  };
}

const dossier = (team: TeamId, id: DossierId): Versioned => ({
  kind: 'dossier',
  room: dossierRoom(team, id),
  path: paths.dossier(id),
  versionsPath: versionPaths.dossier(id),
  undoable: dossierUndoable,
  titleOf: (doc) => {
    const state = dossierView(doc).getSnapshot();
    return state.kind === 'readable' ? state.dossier.title : null;
  },
  follow: (docs) => ensureRegistered(docs, id),
});

const meeting = (team: TeamId, id: MeetingId): Versioned => ({
  kind: 'meeting',
  room: meetingRoom(team, id),
  path: paths.meeting(id),
  versionsPath: versionPaths.meeting(id),
  undoable: meetingUndoable,
  titleOf: (doc) => {
    const state = meetingView(doc).getSnapshot();
    return state.kind === 'readable' ? state.meeting.title : null;
  },
  follow: (docs) => ensureMeetingRegistered(docs, id),
});
