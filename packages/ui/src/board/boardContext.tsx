import {
  type AccountId,
  type Board,
  colourOf,
  type Day,
  type DossierEntry,
  dayAt,
  dossierRegisterView,
} from '@liasse/core';
import type { Presence } from '@liasse/core/replica';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { usePlatform } from '../app/context.tsx';
import { useMembers } from '../app/people.ts';
import { useEditable } from '../app/room.tsx';
import { type Person, useOpenDoc, useSnapshot, useStrings, useView } from '../kit/index.ts';
import { boardStrings } from './board.strings.ts';

/** What every card of the board needs beside itself. */
interface BoardSurroundings {
  readonly board: Board;
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
export function BoardProvider({ board, children }: { readonly board: Board; readonly children: ReactNode }) {
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
    return { board, today, editable, dossiers, personOf, lookingAt };
  }, [board, today, editable, dossiers, personOf, people]);
  return <BoardContext value={surroundings}>{children}</BoardContext>;
}

/** Names an account: a member of the team, someone here now, or someone whose name this device has not heard. */
export function usePersonOf(): (account: AccountId) => Person {
  const t = useStrings(boardStrings);
  const members = useMembers();
  const people = useSnapshot(useOpenDoc().people);
  return useMemo(() => {
    const names = new Map<AccountId, string>();
    for (const { account, name } of people) names.set(account, name);
    for (const { accountId, name } of members) names.set(accountId, name);
    return (account) => ({ name: names.get(account) ?? t('someone'), colour: colourOf(account) });
  }, [members, people, t]);
}
