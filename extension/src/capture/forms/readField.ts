import { type FieldControl, type FormField, FormLimits, withoutSecrets } from '@liasse/core';
import { inputTypeOf, roleOf } from '../controls.ts';
import { attribute, getter, isElement, nameOf, parentOf, queryAll } from '../dom.ts';
import { fieldOf } from '../privacy/index.ts';
import { descriptionOf, errorOf, nameOfField } from './accessibleName.ts';
import type { FoundControl } from './findControls.ts';
import { type Held, heldByControl } from './held.ts';
import { holdsDenied, saidBy } from './saidBy.ts';
import { selectorsOf } from './selectors.ts';

/** What the reader of one field is told by the reader of the page. */
export interface FieldContext {
  readonly key: string;
  readonly form: number | null;
  readonly ordinal: number;
  /** The radio buttons of the same name, this one included; itself alone otherwise. */
  readonly group: readonly Element[];
  readonly isTicked: boolean;
  /** Entries of the form's data, for components, whose values stand nowhere else. */
  readonly dataOf: (name: string) => string | null;
}

/** One field, by its verdict: of a denied one nothing is read but its name and its place. */
export function readField(found: FoundControl, context: FieldContext): FormField {
  const { element, kind } = found;
  const radios = kind === 'input:radio' || kind === 'role:radio';
  const own = radios ? groupName(element, context.group) : nameOfField(element);
  const rules = context.group.map(fieldOf);
  const rule = rules.includes('drop') ? 'drop' : rules.includes('mask') ? 'mask' : 'keep';
  const keeping = rule === 'drop' ? 'dropped' : rule === 'keep' ? 'kept' : context.isTicked ? 'ticked' : 'masked';
  const isRead = keeping === 'kept' || keeping === 'ticked';
  const held: Held = isRead ? heldByControl(found, context) : NOTHING;
  return withoutSecrets({
    key: context.key,
    form: context.form,
    path: pathOf(element),
    name: own,
    control: controlOf(kind, element),
    role: roleOf(element) || implicitRole(kind, element),
    type: kind.startsWith('input:') ? kind.slice(6) : kind.replace(/^role:/, ''),
    keeping,
    value: held.value,
    shown: held.shown,
    options: held.options.slice(0, FormLimits.options),
    optionsCut: Math.max(0, held.options.length - FormLimits.options),
    required: has(element, 'required') || attribute(element, 'aria-required') === 'true',
    readOnly: has(element, 'readonly') || attribute(element, 'aria-readonly') === 'true',
    disabled: isDisabled(element),
    rendered: isRendered(element),
    limits: limitsOf(element),
    invalid: isRead ? invalidOf(element) : [],
    description: isRead ? descriptionOf(element) : null,
    // A message may repeat what was typed.
    error: isRead ? errorOf(element) : null,
    selectors: selectorsOf(found, own.text, context.ordinal),
  });
}

const NOTHING: Held = { value: null, shown: null, options: [] };

const has = (element: Element, name: string): boolean => attribute(element, name) !== null;

function controlOf(kind: string, element: Element): FieldControl {
  if (kind === 'textarea' || kind === 'editable') return 'area';
  if (kind === 'select') return has(element, 'multiple') ? 'choices' : 'choice';
  if (kind === 'role:combobox') return 'choice';
  if (kind === 'role:listbox') return attribute(element, 'aria-multiselectable') === 'true' ? 'choices' : 'choice';
  if (/:(?:checkbox|switch)$/.test(kind)) return 'switch';
  if (/:radio(?:group)?$/.test(kind)) return 'radios';
  if (/:(?:range|slider)$/.test(kind)) return 'range';
  if (kind === 'role:grid') return 'grid';
  if (kind === 'role:textbox' && attribute(element, 'aria-multiline') === 'true') return 'area';
  return kind === 'component' || kind === 'input:color' || kind === 'input:file' ? 'other' : 'text';
}

const ROLES: Readonly<Record<string, string>> = {
  'input:checkbox': 'checkbox',
  'input:radio': 'radiogroup',
  'input:range': 'slider',
  'input:number': 'spinbutton',
  'input:search': 'searchbox',
  select: 'combobox',
};

function implicitRole(kind: string, element: Element): string {
  if (kind === 'select' && (has(element, 'multiple') || Number(attribute(element, 'size') ?? '1') > 1))
    return 'listbox';
  if (kind === 'role:radio') return 'radiogroup';
  if (kind.startsWith('input:') && has(element, 'list') && inputTypeOf(element) !== 'range') return 'combobox';
  return ROLES[kind] ?? 'textbox';
}

/** Radio buttons are named by what stands around them; where nothing does, by the first one's own group name. */
function groupName(element: Element, group: readonly Element[]): FormField['name'] {
  for (let at = parentOf(element); at !== null && isElement(at); at = parentOf(at)) {
    if (!group.every((radio) => at?.contains(radio))) continue;
    if (nameOf(at) === 'fieldset' || /^(?:radiogroup|group)$/.test(roleOf(at))) {
      const text = groupText(at);
      if (text !== '') return { text, from: nameOf(at) === 'fieldset' ? 'legend' : nameOfField(at).from };
    }
    if (nameOf(at) === 'form' || nameOf(at) === 'body') break;
  }
  return nameOfField(element);
}

function groupText(group: Element): string {
  if (nameOf(group) !== 'fieldset') return nameOfField(group).text;
  const legend = queryAll(group, 'legend')[0];
  if (legend !== undefined && holdsDenied(legend)) return saidBy(legend, 500);
  const { text, from } = nameOfField(group);
  return from === 'near' || text === '' ? (legend === undefined ? '' : saidBy(legend, 500)) : text;
}

/** Names of the fieldsets and groups around a field, outermost first. */
function pathOf(element: Element): string[] {
  const path: string[] = [];
  let levels = 0;
  for (let at = parentOf(element); at !== null && isElement(at) && levels < 60; at = parentOf(at), levels++) {
    if (nameOf(at) !== 'fieldset' && !/^(?:group|radiogroup)$/.test(roleOf(at))) continue;
    const text = groupText(at).slice(0, 500);
    if (text !== '' && path.length < 8) path.unshift(text);
  }
  return path;
}

function isDisabled(element: Element): boolean {
  if (attribute(element, 'aria-disabled') === 'true') return true;
  return Element.prototype.matches.call(element, ':disabled');
}

function isRendered(element: Element): boolean {
  return Element.prototype.getClientRects.call(element).length > 0 && getComputedStyle(element).visibility !== 'hidden';
}

function limitsOf(element: Element): FormField['limits'] {
  const text = (name: string) => attribute(element, name)?.slice(0, 500) ?? null;
  const length = (name: string) => {
    const count = Number.parseInt(attribute(element, name) ?? '', 10);
    return Number.isSafeInteger(count) && count >= 0 ? count : null;
  };
  return {
    pattern: text('pattern'),
    min: text('min') ?? text('aria-valuemin'),
    max: text('max') ?? text('aria-valuemax'),
    step: text('step'),
    minLength: length('minlength'),
    maxLength: length('maxlength'),
  };
}

const validities: Readonly<Record<string, (of: never) => ValidityState>> = {
  input: getter(HTMLInputElement.prototype, 'validity'),
  select: getter(HTMLSelectElement.prototype, 'validity'),
  textarea: getter(HTMLTextAreaElement.prototype, 'validity'),
};

const FLAGS = [
  'badInput',
  'customError',
  'patternMismatch',
  'rangeOverflow',
  'rangeUnderflow',
  'stepMismatch',
  'tooLong',
  'tooShort',
  'typeMismatch',
  'valueMissing',
] as const;

function invalidOf(element: Element): string[] {
  const validity = validities[nameOf(element)]?.(element as never);
  if (validity !== undefined) return FLAGS.filter((flag) => validity[flag]);
  return attribute(element, 'aria-invalid') === 'true' ? ['customError'] : [];
}
