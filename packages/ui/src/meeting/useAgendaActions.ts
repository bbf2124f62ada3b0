import { type AgendaItem, type AgendaItemId, moveItem, rankAt, restoreItem, trashItem } from '@liasse/core';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { usePlatform } from '../app/context.tsx';
import { useRun } from '../app/room.tsx';
import { announce, useStrings } from '../kit/index.ts';
import { meetingStrings } from './meeting.strings.ts';

/** What is done to an item as one of a list: where it goes is said, and the focus stays with what one was doing. */
export interface AgendaActions {
  /** @param to - index in the agenda without the item; past an end counts as that end */
  readonly move: (itemId: AgendaItemId, to: number) => void;
  readonly remove: (itemId: AgendaItemId) => void;
}

/** @param section - holds the items, each with `data-item` and a `data-grip`, and the field that adds one */
export function useAgendaActions(items: readonly AgendaItem[], section: RefObject<HTMLElement | null>): AgendaActions {
  const t = useStrings(meetingStrings);
  const run = useRun();
  const { random } = usePlatform();
  const refocus = useRef<AgendaItemId | 'add' | null>(null);

  useLayoutEffect(() => {
    const target = refocus.current;
    refocus.current = null;
    if (target === null || !section.current) return;
    return holdFocus(section.current, `[data-item="${target}"] [data-grip]`);
    // `items`: once the list has changed, whoever changed it.
  }, [items, section]);

  return {
    move: (itemId, to) => {
      const index = Math.max(0, Math.min(to, items.length - 1));
      const from = items.findIndex(({ id }) => id === itemId);
      const item = items[from];
      if (item === undefined || from === index) return;
      const others = items.filter(({ id }) => id !== itemId);
      refocus.current = itemId;
      const { ok } = run(moveItem, { itemId, rank: rankAt(others, index, random) });
      if (ok) announce(t('moved', { title: item.title, number: index + 1, count: items.length }));
    },
    remove: (itemId) => {
      const at = items.findIndex(({ id }) => id === itemId);
      refocus.current = (items[at + 1] ?? items[at - 1])?.id ?? 'add';
      const undo = () => {
        refocus.current = itemId;
        run(restoreItem, { itemId });
      };
      run(trashItem, { itemId }, { text: t('itemTrashed'), undo });
    },
  };
}

/** Longer than a menu takes to leave. */
const SETTLING_FRAMES = 30;

/**
 * Focuses a grip, or the field that adds an item where there is none left; again while nothing has the focus: the browser
 * drops it with an element that is put elsewhere, and a menu gives it back to a button that went with its item.
 *
 * @returns stops
 */
function holdFocus(section: HTMLElement, grip: string): () => void {
  let left = SETTLING_FRAMES;
  let frame = 0;
  const focus = () => {
    const target = section.querySelector<HTMLElement>(grip) ?? section.querySelector<HTMLElement>('form input');
    target?.focus();
  };
  const settle = () => {
    if (document.activeElement === document.body) focus();
    left -= 1;
    if (left > 0) frame = requestAnimationFrame(settle);
  };
  focus();
  settle();
  return () => cancelAnimationFrame(frame);
}
