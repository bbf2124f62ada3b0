import { type BlobCarrier, type Move, movePieceAcross } from '@liasse/core';
import type { Replica } from '@liasse/core/replica';
import { useReplica } from '../../app/context.tsx';
import { paths } from '../../app/paths.ts';
import { useGo } from '../../app/shell/go.ts';
import { useStrings, useToast } from '../../kit/index.ts';
import { evidenceStrings } from '../evidence/evidence.strings.ts';
import { useTeamAct } from '../teamActs.ts';

/** Moves a piece to another dossier, and says where it went and how to take that back. Resolves with whether it was moved. */
export function useMoveAcross(): (move: Move, title: string) => Promise<boolean> {
  const t = useStrings(evidenceStrings);
  const act = useTeamAct();
  const toast = useToast();
  const go = useGo();
  const replica = useReplica();
  const carry = async (move: Move): Promise<boolean> => {
    const done = await act(async (docs) => {
      await movePieceAcross(docs, move, carrierOf(replica));
      return true;
    });
    return done === true;
  };
  return async (move, title) => {
    if (!(await carry(move))) return false;
    const back = async () => {
      if (await carry({ ...move, from: move.to, to: move.from })) toast.show({ message: t('movedBack') });
    };
    toast.show({
      message: t('movedAcross', { title }),
      action: { label: t('open'), run: () => go(paths.piece(move.to, move.pieceId)) },
      undo: () => void back(),
    });
    return true;
  };
}

/** Another room refers to a blob once it was put through it: the server then lets that room’s members read it. */
const carrierOf = ({ blobs }: Replica): BlobCarrier => ({
  text: async (room, hash) => (await blobs.get(room, hash))?.text() ?? null,
  carry: async (hash, from, to) => {
    const bytes = await blobs.get(from, hash);
    // Bytes that are no longer what their name says would arrive under another.
    return bytes !== null && (await blobs.put(to, bytes)) === hash;
  },
});
