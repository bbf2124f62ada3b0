import { attribute, liveProperty } from '../dom.ts';
import type { FieldRule } from '../privacy/index.ts';
import { escapeText } from './markup.ts';

/** What leaves a field when nobody says otherwise: what was chosen and ticked, and nothing that was typed. */
export function conservativeRule(field: Element): FieldRule {
  const type = typeOf(field);
  return type === 'checkbox' || type === 'radio' || field.localName === 'select' ? 'keep' : 'drop';
}

export const typeOf = (input: Element): string => attribute(input, 'type')?.trim().toLowerCase() ?? 'text';

/** Buttons are named by their value. */
const LABELLED = new Set(['submit', 'button', 'reset']);
/** A value that nobody sees, or that is nobody's business, whatever the rule says [C10]. */
const NEVER = new Set(['password', 'hidden', 'file']);
/** As long as any other, so that it tells nothing. */
export const MASK = '••••••••';

/** The state attributes of an `<input>` [C10]. */
export function inputState(input: Element, rule: FieldRule): string {
  const type = typeOf(input);
  if (LABELLED.has(type)) return valueAttribute(attribute(input, 'value'));
  if (NEVER.has(type)) return type === 'file' ? ' inert' : '';
  if (type === 'checkbox' || type === 'radio') return rule === 'keep' && isOn(input, 'checked') ? ' checked' : '';
  if (rule === 'keep') return valueAttribute(textOf(input));
  // A date cannot be eight dots: where a mask does not fit, nothing is shown.
  return rule === 'mask' && TEXTUAL.has(type) && textOf(input) !== '' ? valueAttribute(MASK) : '';
}

const TEXTUAL = new Set(['text', 'search', 'tel', 'url', 'email']);

const valueAttribute = (value: string | null): string => (value === null ? '' : ` value="${escapeText(value)}"`);

/** What a `<textarea>` holds. */
export function areaText(area: Element, rule: FieldRule): string {
  if (rule === 'drop') return '';
  const text = textOf(area);
  return rule === 'mask' && text !== '' ? MASK : text;
}

function textOf(field: Element): string {
  const value = liveProperty(field, 'value');
  return typeof value === 'string' ? value : '';
}

export const isOn = (control: Element, property: 'checked' | 'selected' | 'indeterminate'): boolean =>
  liveProperty(control, property) === true;
