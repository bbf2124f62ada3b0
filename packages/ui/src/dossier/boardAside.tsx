import { boardRoom } from '@liasse/core/protocol';
import type { OpenDoc } from '@liasse/core/replica';
import { createContext, type ReactNode, use } from 'react';
import { useWorkspace } from '../app/context.tsx';
import { Room } from '../app/room.tsx';
import { useOpenDoc } from '../kit/index.ts';

const BoardContext = createContext<OpenDoc | null>(null);

/** Holds the team's board beside a dossier: its register says what the list shows, its cards what is planned. */
export function BoardAside({ children }: { readonly children: ReactNode }) {
  const { team } = useWorkspace();
  return (
    <Room name={boardRoom(team.id)} aside>
      <Aside>{children}</Aside>
    </Room>
  );
}

function Aside({ children }: { readonly children: ReactNode }) {
  return <BoardContext value={useOpenDoc()}>{children}</BoardContext>;
}

/** The team's board, for a screen whose own document is a dossier. */
export function useBoardAside(): OpenDoc {
  const board = use(BoardContext);
  if (board === null) throw new Error('bug: no board beside this dossier');
  return board;
}
