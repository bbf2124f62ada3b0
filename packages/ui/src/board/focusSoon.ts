/** A menu or a dialog gives the focus back in the frame after it has gone. */
const SETTLING_FRAMES = 2;
/** What just moved is drawn within a few frames; a lane that draws only what is in sight may need more. */
const DRAWING_FRAMES = 20;

/**
 * Puts the focus on what `find` finds, once what is closing has closed and what is moving has moved. Frames may be long:
 * who has gone on meanwhile, and is somewhere, is left there, or what they type would end up in another card.
 */
function focusSoon(find: () => HTMLElement | null | undefined): void {
  const ended = new AbortController();
  const { signal } = ended;
  let wentOn = false;
  const note = (event: Event) => {
    // A key held down is still the one that began this.
    if (!(event instanceof KeyboardEvent && event.repeat)) wentOn = true;
  };
  for (const gesture of ['keydown', 'pointerdown']) document.addEventListener(gesture, note, { capture: true, signal });

  let frame = 0;
  const look = () => {
    frame += 1;
    const isSomewhere = wentOn && document.activeElement !== document.body;
    const found = frame > SETTLING_FRAMES && !isSomewhere ? find() : null;
    found?.focus();
    if (found || isSomewhere || frame >= SETTLING_FRAMES + DRAWING_FRAMES) ended.abort();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Where in a lane: 0 at the top, 1 at the end. */
export interface InLane {
  readonly columnId: string;
  readonly share: number;
}

/** Scrolls a lane to a place in it. */
export function showInLane({ columnId, share }: InLane): void {
  const list = document.querySelector(`[data-lane="${CSS.escape(columnId)}"] [role="grid"]`);
  if (list) list.scrollTop = share * (list.scrollHeight - list.clientHeight);
}

/**
 * Puts the focus on a card of the board, wherever it has gone.
 *
 * @param place - where it went, for a lane that draws only the cards in sight
 */
export function focusCard(cardId: string, place?: InLane): void {
  focusSoon(() => {
    const row = document.querySelector<HTMLElement>(`[role="row"][data-key="${CSS.escape(cardId)}"]`);
    if (row === null && place) showInLane(place);
    return row;
  });
}

/** On a board that has just begun: puts the focus where its first card is written. */
export function focusFirstLane(): void {
  focusSoon(() => document.querySelector<HTMLElement>('[data-lane] > button'));
}

/** Puts the focus on the menu of a column; on the button that adds one when there is none. */
export function focusColumn(columnId: string | undefined): void {
  focusSoon(() => {
    const place = columnId === undefined ? '[data-add-column]' : `[data-column="${CSS.escape(columnId)}"]`;
    return document.querySelector<HTMLElement>(`${place} button`);
  });
}
