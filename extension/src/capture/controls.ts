import { attribute, foldedText, getter, nameOf, queryAll } from './dom.ts';

/** What form controls hold, read as dom.ts reads the tree. Getters work across windows, so a frame's controls are read alike. */

export const inputValueOf = getter(HTMLInputElement.prototype, 'value');
export const areaValueOf = getter(HTMLTextAreaElement.prototype, 'value');
export const isChecked = getter(HTMLInputElement.prototype, 'checked');
const optionValueOf = getter(HTMLOptionElement.prototype, 'value');
const isOptionSelected = getter(HTMLOptionElement.prototype, 'selected');
const optionLabelOf = getter(HTMLOptionElement.prototype, 'label');

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

/** The options of a `<select>`. */
export const optionsOf = (select: Element): readonly Option[] =>
  queryAll(select, 'option').map((option) => ({
    value: optionValueOf(option as HTMLOptionElement),
    label: optionLabelOf(option as HTMLOptionElement),
    selected: isOptionSelected(option as HTMLOptionElement),
  }));

/** The type of an `<input>`, as browsers understand what is written there. */
export function inputTypeOf(input: Element): string {
  const type = (attribute(input, 'type') ?? '').trim().toLowerCase();
  return TYPES.has(type) ? type : 'text';
}

const TYPES = new Set(
  (
    'button checkbox color date datetime-local email file hidden image month number password radio range reset search ' +
    'submit tel text time url week'
  ).split(' '),
);

/** Inputs that are pressed, not filled. */
export const isButtonType = (type: string): boolean => /^(?:button|image|reset|submit)$/.test(type);

/** What a role says that an element is, in small letters; the first of a list. */
export const roleOf = (element: Element): string =>
  (attribute(element, 'role') ?? '').trim().toLowerCase().split(/\s+/)[0] ?? '';

const TYPED_ROLES = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton']);

/** Whether people write in it: a `contenteditable` region, or a component that says so. */
export const isEditable = (element: Element): boolean =>
  /^(?:true|plaintext-only|)$/i.test(attribute(element, 'contenteditable') ?? 'no');

/** Whether people type into an element. Of a component that has a name, and says no more, it is supposed. */
export function isTyped(element: Element): boolean {
  const name = nameOf(element);
  if (name === 'input')
    return !/^(?:checkbox|radio|range|color|file|hidden|button|image|reset|submit)$/.test(inputTypeOf(element));
  if (name === 'textarea') return true;
  if (name === 'select') return false;
  return (
    isEditable(element) ||
    TYPED_ROLES.has(roleOf(element)) ||
    (name.includes('-') && attribute(element, 'name') !== null)
  );
}

/** Longer texts are scanned this far. */
const SCANNED_CHARACTERS = 200_000;

/** All that a field holds or shows as its value. */
export function heldBy(field: Element): readonly string[] {
  const name = nameOf(field);
  if (name === 'input') return [inputValueOf(field as HTMLInputElement), attribute(field, 'value') ?? ''];
  if (name === 'textarea') return [areaValueOf(field as HTMLTextAreaElement), foldedText(field, SCANNED_CHARACTERS)];
  if (name === 'select')
    return optionsOf(field).flatMap(({ value, label, selected }) => (selected ? [value, label] : []));
  return [
    attribute(field, 'aria-valuetext') ?? '',
    attribute(field, 'value') ?? '',
    foldedText(field, SCANNED_CHARACTERS),
  ];
}
