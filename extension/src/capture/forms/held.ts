import { type FieldOption, type FieldValue, FormLimits } from '@liasse/core';
import { areaValueOf, inputValueOf, isChecked, optionsOf } from '../controls.ts';
import { attribute, foldedText, query, queryAll, rootOf } from '../dom.ts';
import { nameOfField } from './accessibleName.ts';
import type { FoundControl } from './findControls.ts';

/** What a field holds: its value, what people see of it where that differs, and what could be chosen. */
export interface Held {
  readonly value: FieldValue;
  readonly shown: string | null;
  readonly options: FieldOption[];
}

const cut = (text: string): string => text.slice(0, FormLimits.valueCharacters);
const plain = (value: string): Held => ({ value: cut(value), shown: null, options: [] });
const option = (value: string, label: string): FieldOption => ({
  value: cut(value),
  label: label.trim().slice(0, 500),
});

export function heldByControl(
  { element, kind }: FoundControl,
  { group, dataOf }: { readonly group: readonly Element[]; readonly dataOf: (name: string) => string | null },
): Held {
  switch (kind) {
    case 'textarea':
      return plain(areaValueOf(element as HTMLTextAreaElement));
    case 'select':
      return selected(element);
    case 'input:checkbox':
      return { value: isChecked(element as HTMLInputElement), shown: null, options: [] };
    case 'input:radio':
      return chosen(
        group.map((radio) => [radio, inputValueOf(radio as HTMLInputElement), isChecked(radio as HTMLInputElement)]),
      );
    case 'role:checkbox':
    case 'role:switch':
      return { value: attribute(element, 'aria-checked') === 'true', shown: null, options: [] };
    case 'role:radio':
      return chosen(group.map(ariaRadio));
    case 'role:radiogroup':
      return chosen(queryAll(element, '[role="radio"]').map(ariaRadio));
    case 'role:combobox':
      return combobox(element);
    case 'role:listbox':
      return listbox(
        element,
        queryAll(element, '[role="option"]'),
        attribute(element, 'aria-multiselectable') === 'true',
      );
    case 'role:grid':
      return listbox(element, queryAll(element, '[role="gridcell"][aria-selected]'), true);
    case 'role:slider':
    case 'role:spinbutton':
      return numeric(element);
    case 'component':
      return component(element, dataOf);
    default:
      return kind.startsWith('input:')
        ? plain(inputValueOf(element as HTMLInputElement))
        : plain(editableText(element));
  }
}

function selected(select: Element): Held {
  const all = optionsOf(select);
  const options = all.map(({ value, label }) => option(value, label));
  const chosenOnes = all.filter((one) => one.selected);
  const shown = chosenOnes.map(({ label }) => label.trim()).join(', ');
  const values = chosenOnes.slice(0, FormLimits.options).map(({ value }) => cut(value));
  const value = attribute(select, 'multiple') === null ? (values[0] ?? null) : values;
  return { value, shown: cut(shown), options };
}

type Radio = readonly [element: Element, value: string, checked: boolean];

const ariaRadio = (radio: Element): Radio => {
  const label = nameOfField(radio).text;
  return [radio, attribute(radio, 'data-value') ?? label, attribute(radio, 'aria-checked') === 'true'];
};

function chosen(radios: readonly Radio[]): Held {
  const options = radios.map(([element, value]) => option(value, nameOfField(element).text));
  const at = radios.findIndex(([, , checked]) => checked);
  return { value: options[at]?.value ?? null, shown: options[at]?.label ?? null, options };
}

/** What the text of an option is taken for, where it has no value of its own. */
const optionOf = (element: Element): FieldOption => {
  const label = attribute(element, 'aria-label') ?? foldedText(element, 500);
  return option(attribute(element, 'data-value') ?? label, label);
};

function listbox(_list: Element, elements: readonly Element[], many: boolean): Held {
  const isOn = (element: Element) =>
    /true/.test(`${attribute(element, 'aria-selected')} ${attribute(element, 'aria-checked')}`);
  const options = elements.map(optionOf);
  const on = options.filter((_, at) => isOn(elements[at] as Element));
  const values = on.map(({ value }) => value).slice(0, FormLimits.options);
  return { value: many ? values : (values[0] ?? null), shown: cut(on.map(({ label }) => label).join(', ')), options };
}

/** A combobox without a native input: what it shows is what was chosen. Its list is read where the page has it. */
function combobox(element: Element): Held {
  const ids = `${attribute(element, 'aria-controls') ?? ''} ${attribute(element, 'aria-owns') ?? ''}`.split(/\s+/);
  const lists = ids.flatMap((id) => (id === '' ? [] : (query(rootOf(element), `[id="${CSS.escape(id)}"]`) ?? [])));
  const options = lists.flatMap((list) => queryAll(list, '[role="option"]').map(optionOf));
  const shown = attribute(element, 'aria-valuetext') ?? foldedText(element, FormLimits.valueCharacters);
  return { value: cut(shown), shown: null, options };
}

function numeric(element: Element): Held {
  const now = attribute(element, 'aria-valuenow');
  const said = attribute(element, 'aria-valuetext');
  return { value: now ?? (foldedText(element, 500) || null), shown: said === now ? null : said, options: [] };
}

function component(element: Element, dataOf: (name: string) => string | null): Held {
  const name = attribute(element, 'name');
  const entry = name === null ? null : dataOf(name);
  const value = entry ?? attribute(element, 'aria-valuenow') ?? attribute(element, 'value');
  return { value: value === null ? null : cut(value), shown: attribute(element, 'aria-valuetext'), options: [] };
}

/** Undefined where there is no layout. */
const innerText = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'innerText')?.get;

/** Lines as people see them: a block, or a break, begins one. */
function editableText(region: Element): string {
  const text = innerText?.call(region);
  return typeof text === 'string' ? text.replace(/\n$/, '') : foldedText(region);
}
