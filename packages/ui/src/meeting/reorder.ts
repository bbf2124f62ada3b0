import type { AgendaItemId } from '@liasse/core';
import { type ComponentProps, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** How an item is drawn while one is being dragged. */
export interface Drag {
  /** The dragged one: by how many pixels it left its place. */
  readonly offset: number | null;
  /** Where it would land: above or below this one. */
  readonly line: 'above' | 'below' | null;
}

/** What a grip must be given. */
export type GripProps = Pick<ComponentProps<'button'>, 'onPointerDown' | 'onKeyDown'> & {
  readonly 'data-grip': true;
};

interface Dragging {
  readonly id: AgendaItemId;
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const STILL: Drag = { offset: null, line: null };
/** So close to an edge of the window, the list scrolls by itself. */
const EDGE_PX = 56;
const SCROLL_PX = 12;

/**
 * Moves the items of a list by their grips: dragged with a mouse, a pen or a finger, or with the arrows, Home and End.
 * Escape lets go.
 *
 * @param list - holds the items, each with `data-item`
 * @param onMove - `to`: index in the list without the item
 */
export function useReorder({
  list,
  ids,
  onMove,
}: {
  readonly list: RefObject<HTMLElement | null>;
  readonly ids: readonly AgendaItemId[];
  readonly onMove: (id: AgendaItemId, to: number) => void;
}) {
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  // Followed by the window's listeners, which are set once a drag.
  const latest = useRef({ ids, onMove });
  latest.current = { ids, onMove };

  const lift = (id: AgendaItemId, from: number) => (event: PointerEvent) => {
    if (event.button !== 0 || !list.current) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).focus();
    const container = list.current;
    const startY = event.clientY - container.getBoundingClientRect().top;
    let pointerY = event.clientY;
    let at: Dragging = { id, from, to: from, offset: 0 };

    const follow = () => {
      const offset = pointerY - container.getBoundingClientRect().top - startY;
      at = { ...at, offset, to: indexAt(container, id, pointerY) };
      setDragging(at);
    };
    const scroll = setInterval(() => {
      const by = pointerY < EDGE_PX ? -SCROLL_PX : pointerY > window.innerHeight - EDGE_PX ? SCROLL_PX : 0;
      if (by === 0) return;
      scrollerOf(container).scrollBy(0, by);
      follow();
    }, 16);
    const listening = new AbortController();
    const end = (dropped: boolean) => {
      clearInterval(scroll);
      listening.abort();
      stop.current = null;
      setDragging(null);
      if (dropped && at.to !== from) latest.current.onMove(id, at.to);
    };
    stop.current = () => end(false);
    const { signal } = listening;
    window.addEventListener(
      'pointermove',
      (move) => {
        pointerY = move.clientY;
        follow();
      },
      { signal },
    );
    window.addEventListener('pointerup', () => end(true), { signal });
    window.addEventListener('pointercancel', () => end(false), { signal });
    window.addEventListener('keydown', (key) => key.key === 'Escape' && end(false), { signal });
  };

  return {
    gripProps: (id: AgendaItemId, index: number): GripProps => ({
      'data-grip': true,
      onPointerDown: lift(id, index),
      onKeyDown: (event) => {
        const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: ids.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        onMove(id, to);
      },
    }),
    dragOf: (id: AgendaItemId, index: number): Drag => {
      if (dragging === null) return STILL;
      if (dragging.id === id) return { offset: dragging.offset, line: null };
      // Indexes as the list would be without the dragged item.
      const place = index > dragging.from ? index - 1 : index;
      if (dragging.to === dragging.from) return STILL;
      if (place === dragging.to) return { offset: null, line: 'above' };
      const isLast = place === ids.length - 2;
      return isLast && dragging.to > place ? { offset: null, line: 'below' } : STILL;
    },
  };
}

/** Among the items but the dragged one, how many have their middle above the pointer. */
function indexAt(list: HTMLElement, id: AgendaItemId, pointerY: number): number {
  const others = [...list.querySelectorAll<HTMLElement>('[data-item]')].filter((item) => item.dataset.item !== id);
  return others.filter((item) => {
    const { top, height } = item.getBoundingClientRect();
    return top + height / 2 < pointerY;
  }).length;
}

/** What scrolls when the list is longer than its screen. */
function scrollerOf(element: HTMLElement): Element {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if (/auto|scroll/.test(overflowY) && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}
