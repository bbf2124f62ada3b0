import { secretsIn } from '@liasse/core';
import { heldBy, inputTypeOf, isButtonType, isTyped } from '../controls.ts';
import { attribute, isElement, nameOf, parentOf, queryAll } from '../dom.ts';
import { wordsOf } from './fieldWords.ts';
import { hasPasswordToggle } from './passwordToggle.ts';
import { namesCard, namesExpiry, namesPersonalNumber, namesSecret, namesToken } from './words.ts';

/**
 * What may be kept of a field. `drop`: nothing of what it holds, ever, in any artifact. `mask`: nothing, until the agent ticks this
 * field. `keep`: what it holds.
 */
export type FieldRule = 'keep' | 'mask' | 'drop';

/**
 * The one verdict on a field: the snapshot, the form reader and the masks of screenshots all ask here, before they read.
 *
 * It judges the field as it is now. A field that was a password a moment ago, was shown since, and has neither its name nor its
 * control left, looks like any other: that is the limit of it.
 *
 * @param field - a native control, an element with a widget's role, a `contenteditable` region or a component
 * @see SPEC.md F1–F5
 */
export function fieldOf(field: Element): FieldRule {
  const type = nameOf(field) === 'input' ? inputTypeOf(field) : '';
  if (type === 'hidden' || type === 'password' || type === 'file') return 'drop';
  if (isButtonType(type)) return 'keep';
  if (deniedByAutocomplete(field) || isDisguised(field)) return 'drop';
  const words = wordsOf(field);
  if (words.some(namesToken) || isOfCard(field, words)) return 'drop';
  const typed = isTyped(field);
  // As good as a hidden one: people are shown another, or none, and robots fill it.
  if (typed && attribute(field, 'hidden') !== null) return 'drop';
  // The address that a forgotten password is sent to is no password.
  if (typed && type !== 'email' && (words.some(namesSecret) || hasPasswordToggle(field))) return 'drop';
  const held = heldBy(field).filter((value) => value !== '');
  const secrets = held.flatMap(secretsIn);
  if (secrets.some(({ kind }) => kind === 'card')) return 'drop';
  return secrets.length > 0 || (typed && held.length > 0 && words.some(namesPersonalNumber)) ? 'mask' : 'keep';
}

function deniedByAutocomplete(field: Element): boolean {
  const tokens = (attribute(field, 'autocomplete') ?? '').toLowerCase().trim().split(/\s+/);
  return tokens.some((token) => /^cc-|-password$|^one-time-code$/.test(token));
}

/** Shown as dots by its style: `-webkit-text-security`, or a font whose every letter is a dot. */
function isDisguised(field: Element): boolean {
  const style = getComputedStyle(field);
  const security = style.getPropertyValue('-webkit-text-security');
  return (security !== '' && security !== 'none') || /text-?security|password|dotsfont/i.test(style.fontFamily);
}

/** Named after a payment card; or the date of one, in a form that asks for a card. */
function isOfCard(field: Element, words: readonly string[]): boolean {
  const name = nameOf(field);
  if (name !== 'select' && !isTyped(field)) return false;
  if (words.some(namesCard)) return true;
  return words.some(namesExpiry) && formAsksForCard(field);
}

/** More fields than any payment form has. */
const MAX_FIELDS = 100;

function formAsksForCard(field: Element): boolean {
  let form = parentOf(field);
  while (form !== null && isElement(form) && nameOf(form) !== 'form') form = parentOf(form);
  if (form === null || !isElement(form)) return false;
  return queryAll(form, 'input')
    .slice(0, MAX_FIELDS)
    .some((input) => isTyped(input) && (wordsOf(input).some(namesCard) || deniedByAutocomplete(input)));
}
