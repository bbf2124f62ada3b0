import {
  type AccountId,
  type Board,
  boardView,
  type Column,
  colourOf,
  columnsView,
  type Day,
  type DossierEntry,
  dayAt,
  dossierRegisterView,
} from '@liasse/core';
import type { Presence } from '@liasse/core/replica';
import { createContext, type ReactNode, use, useCallback, useMemo } from 'react';
import { usePlatform } from '../app/context.tsx';
import { namesOf, useMembers } from '../app/people.ts';
import { useEditable } from '../app/room.tsx';
import { type Person, useOpenDoc, useSnapshot, useStrings, useView } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';

/** What every card needs beside itself. The board itself is not in it: a change of one card would draw them all again. */
interface BoardSurroundings {
  readonly columns: ReadonlyMap<string, Column>;
  readonly today: Day;
  readonly editable: boolean;
  readonly dossiers: ReadonlyMap<string, DossierEntry>;
  readonly personOf: (account: AccountId) => Person;
  /** Others who look at a card now. */
  readonly lookingAt: (cardId: string) => readonly Presence[];
}

const BoardContext = createContext<BoardSurroundings | null>(null);

export function useBoard(): BoardSurroundings {
  const surroundings = use(BoardContext);
  if (surroundings === null) throw new Error('bug: no board around this component');
  return surroundings;
}

const NOBODY: readonly Presence[] = [];

/** Gathers once, for all cards, what surrounds them. */
export function BoardProvider({ children }: { readonly children: ReactNode }) {
  const columns = useView(columnsView).byId;
  const today = dayAt(usePlatform().clock.now());
  const editable = useEditable();
  const dossiers = useView(dossierRegisterView).byId;
  const personOf = usePersonOf();
  const people = useSnapshot(useOpenDoc().people);
  const surroundings = useMemo((): BoardSurroundings => {
    const byPlace = new Map<string, Presence[]>();
    for (const person of people) {
      if (person.self || person.place === null) continue;
      byPlace.set(person.place, [...(byPlace.get(person.place) ?? []), person]);
    }
    const lookingAt = (cardId: string) => byPlace.get(cardId) ?? NOBODY;
    return { columns, today, editable, dossiers, personOf, lookingAt };
  }, [columns, today, editable, dossiers, personOf, people]);
  return <BoardContext value={surroundings}>{children}</BoardContext>;
}

/** Reads the board at the moment something is done with it, without drawing again at each of its changes. */
export function useBoardNow(): () => Board {
  const { doc } = useOpenDoc();
  return useCallback(() => boardView(doc).getSnapshot(), [doc]);
}

/** Names an account: a member of the team, someone here now, or someone whose name this device has not heard. */
export function usePersonOf(): (account: AccountId) => Person {
  const t = useStrings(boardStrings);
  const members = useMembers();
  const people = useSnapshot(useOpenDoc().people);
  return useMemo(() => {
    const names = new Map<AccountId, string>();
    for (const { account, name } of people) names.set(account, name);
    for (const [account, name] of namesOf(members)) names.set(account, name);
    return (account) => ({ name: names.get(account) ?? t('someone'), colour: colourOf(account) });
  }, [members, people, t]);
}
