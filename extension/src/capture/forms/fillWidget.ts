import { attribute, foldedText, nameOf, query, queryAll, rootOf } from '../dom.ts';
import type { CapturedField, Hand } from './refillTypes.ts';

/** A list that opens by itself is waited for so long. */
const TRIES = 20;
const TRY_MS = 50;
/** Further, the arrow keys of a slider are no way. */
const MAX_STEPS = 500;

/** A press as pages hear it: some open on the button going down, others on the click. */
export function press(element: Element): void {
  const at = { bubbles: true, cancelable: true, composed: true, button: 0 };
  const pointer = typeof PointerEvent === 'function' ? PointerEvent : MouseEvent;
  element.dispatchEvent(new pointer('pointerdown', at));
  element.dispatchEvent(new MouseEvent('mousedown', at));
  element.dispatchEvent(new pointer('pointerup', at));
  element.dispatchEvent(new MouseEvent('mouseup', at));
  HTMLElement.prototype.click.call(element);
}

/** What an option is known by: its value, or what people read in it. */
const isOption = (element: Element, value: string): boolean =>
  attribute(element, 'data-value') === value ||
  (attribute(element, 'aria-label') ?? foldedText(element, 500)) === value;

/** Opens the list, chooses the option, and closes the list where nothing in it is the one. */
export async function chooseInCombobox(element: Element, { value }: CapturedField, hand: Hand): Promise<void> {
  const wanted = typeof value === 'string' ? value : '';
  const isOpen = () => attribute(element, 'aria-expanded') === 'true';
  const typed = nameOf(element) === 'input';
  if (!isOpen() && !typed) press(element);
  for (let tries = 0; tries < TRIES; tries++) {
    const option = optionsFor(element).find((one) => isOption(one, wanted));
    if (option !== undefined) {
      press(option);
      await hand.wait(TRY_MS);
      return;
    }
    // What was typed may be all there is to it.
    if (typed && tries > 3 && !isOpen()) return;
    await hand.wait(TRY_MS);
  }
  if (isOpen()) key(element, 'Escape');
}

function optionsFor(element: Element): readonly Element[] {
  const ids = `${attribute(element, 'aria-controls') ?? ''} ${attribute(element, 'aria-owns') ?? ''}`.split(/\s+/);
  const root = rootOf(element);
  const lists = ids.flatMap((id) => (id === '' ? [] : (query(root, `[id="${CSS.escape(id)}"]`) ?? [])));
  const inNamed = lists.flatMap((list) => queryAll(list, '[role="option"]'));
  if (inNamed.length > 0) return inNamed;
  // A list that its combobox does not name: the one that is open.
  return queryAll(root, '[role="listbox"] [role="option"]').filter((option) => option.getClientRects().length > 0);
}

const isOn = (element: Element): boolean =>
  attribute(element, 'aria-selected') === 'true' || attribute(element, 'aria-checked') === 'true';

/** Presses the options that are not as they were. */
export async function chooseInList(elements: readonly Element[], { value }: CapturedField, hand: Hand): Promise<void> {
  const wanted = Array.isArray(value) ? value : [value];
  for (const element of elements) {
    const on = wanted.some((one) => typeof one === 'string' && isOption(element, one));
    // Pressing the chosen one of a list for one choice would take it away.
    if (on === isOn(element) || (!on && !Array.isArray(value))) continue;
    press(element);
    await hand.wait(0);
  }
}

/** Reaches a value by the arrow keys, as the pattern of sliders and spin buttons has it. */
export async function stepTo(element: Element, wanted: string, hand: Hand): Promise<void> {
  HTMLElement.prototype.focus.call(element, { preventScroll: true });
  const now = () => Number(attribute(element, 'aria-valuenow') ?? Number.NaN);
  const goal = Number(wanted);
  for (let steps = 0; steps < MAX_STEPS && now() !== goal; steps++) {
    const before = now();
    if (Number.isNaN(before) || Number.isNaN(goal)) return;
    key(element, before < goal ? 'ArrowUp' : 'ArrowDown');
    if (now() === before) await hand.wait(TRY_MS);
    // It does not answer, or it stepped over the goal and would swing around it.
    if (now() === before || before < goal !== now() <= goal) return;
  }
}

function key(element: Element, name: string): void {
  for (const type of ['keydown', 'keyup'])
    element.dispatchEvent(
      new KeyboardEvent(type, { key: name, code: name, bubbles: true, cancelable: true, composed: true }),
    );
}
