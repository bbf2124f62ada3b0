import { attribute, nameOf, queryAll } from '../dom.ts';
import { chooseInCombobox, chooseInList, press, stepTo } from './fillWidget.ts';
import type { ReadField } from './index.ts';
import type { CapturedField, Hand } from './refillTypes.ts';

/** Whether there is a way to fill a field at all: what a component holds is set by its own code only. */
export const isFillable = ({ found: { kind } }: ReadField): boolean => kind !== 'component' && kind !== 'input:file';

/** Fills one field as a person would, as seen by the page. */
export async function fill(
  { found: { element, kind }, group }: ReadField,
  captured: CapturedField,
  hand: Hand,
): Promise<void> {
  const { value } = captured;
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'select':
      select(element, captured);
      return;
    case 'input:checkbox':
      if (Boolean(checked.get(element)) !== value) toggle(element, value === true);
      return;
    case 'input:radio':
    case 'role:radio':
    case 'role:radiogroup':
      pick(kind === 'role:radiogroup' ? queryAll(element, '[role="radio"]') : group, captured);
      return;
    case 'role:checkbox':
    case 'role:switch':
      if ((attribute(element, 'aria-checked') === 'true') !== value) press(element);
      return;
    case 'role:combobox':
      await chooseInCombobox(element, captured, hand);
      return;
    case 'role:listbox':
      await chooseInList(queryAll(element, '[role="option"]'), captured, hand);
      return;
    case 'role:grid':
      await chooseInList(queryAll(element, '[role="gridcell"][aria-selected]'), captured, hand);
      return;
    case 'role:slider':
    case 'role:spinbutton':
      await stepTo(element, text, hand);
      return;
    default:
      if (kind.startsWith('input:') || kind === 'textarea') write(element, text);
      else writeEditable(element, text);
      if (attribute(element, 'role') === 'combobox') await chooseInCombobox(element, captured, hand);
  }
}

function setter(prototype: object, key: string) {
  const property = Object.getOwnPropertyDescriptor(prototype, key);
  return {
    set: (of: Element, value: unknown) => property?.set?.call(of, value),
    get: (of: Element): unknown => property?.get?.call(of),
  };
}

const inputValue = setter(HTMLInputElement.prototype, 'value');
const areaValue = setter(HTMLTextAreaElement.prototype, 'value');
const checked = setter(HTMLInputElement.prototype, 'checked');
const selectedOption = setter(HTMLOptionElement.prototype, 'selected');
const optionValue = setter(HTMLOptionElement.prototype, 'value');
const optionLabel = setter(HTMLOptionElement.prototype, 'label');

/** The value first, then the events: frameworks compare the two, and an event before its value says nothing new to them. */
function write(element: Element, text: string): void {
  focus(element);
  (nameOf(element) === 'textarea' ? areaValue : inputValue).set(element, text);
  tell(element);
}

function tell(element: Element): void {
  element.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
}

const focus = (element: Element): void => HTMLElement.prototype.focus.call(element, { preventScroll: true });

function toggle(box: Element, on: boolean): void {
  HTMLElement.prototype.click.call(box);
  if (Boolean(checked.get(box)) === on) return;
  checked.set(box, on);
  tell(box);
}

/** By value, else by what people read: the same list may be numbered anew. */
function select(element: Element, { value, shown }: CapturedField): void {
  const wanted = new Set(Array.isArray(value) ? value : [value]);
  const options = queryAll(element, 'option');
  const byValue = options.filter((option) => wanted.has(optionValue.get(option) as string));
  const labels = new Set((shown ?? '').split(', '));
  const on = new Set(
    byValue.length > 0 ? byValue : options.filter((option) => labels.has(String(optionLabel.get(option)).trim())),
  );
  if (on.size === 0 && wanted.size > 0 && !Array.isArray(value)) return;
  focus(element);
  if (attribute(element, 'multiple') === null)
    for (const option of [...on].slice(0, 1)) selectedOption.set(option, true);
  else for (const option of options) selectedOption.set(option, on.has(option));
  tell(element);
}

function pick(radios: readonly Element[], { value, options }: CapturedField): void {
  const native = (radio: Element) => nameOf(radio) === 'input';
  const at = options.findIndex((option) => option.value === value);
  const byValue = radios.find(
    (radio) => (native(radio) ? inputValue.get(radio) : attribute(radio, 'data-value')) === value,
  );
  const target = byValue ?? radios[at];
  if (target === undefined) return;
  if (native(target)) toggle(target, true);
  else press(target);
}

/** As typed: editors listen to the browser's own command, and undo it. */
function writeEditable(region: Element, text: string): void {
  focus(region);
  const page = region.ownerDocument;
  const selection = page.getSelection();
  selection?.selectAllChildren(region);
  const typed = typeof page.execCommand === 'function' && page.execCommand('insertText', false, text);
  if (typed) return;
  region.textContent = text;
  tell(region);
}
