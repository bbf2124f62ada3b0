import type { NameSource } from '@liasse/core';
import { computeAccessibleDescription, computeAccessibleName } from 'dom-accessibility-api';
import {
  attribute,
  charactersOf,
  isElement,
  isText,
  nameOf,
  parentOf,
  previousSiblingOf,
  query,
  rootOf,
} from '../dom.ts';
import { labelsOf } from '../privacy/fieldWords.ts';
import { holdsDenied, saidBy } from './saidBy.ts';

export interface FieldName {
  readonly text: string;
  readonly from: NameSource;
}

const folded = (text: string): string => text.replace(/\s+/gu, ' ').trim().slice(0, 500);

/** The name that browsers compute for a field, and where it came from; the text before it where there is none. */
export function nameOfField(field: Element): FieldName {
  const stated = statedName(field);
  // Browsers take a placeholder for a name where there is no other (HTML-AAM 4.1); the library does not.
  const text = stated === '' ? folded(attribute(field, 'placeholder') ?? '') : stated;
  if (text === '') {
    const near = textBefore(field);
    return near === '' ? { text: '', from: 'none' } : { text: near, from: 'near' };
  }
  return { text, from: sourceOf(field, text) };
}

/** The library joins the words before and after a line break; ours has the same letters then, and the space. */
function statedName(field: Element): string {
  const own = folded(ownName(field));
  const namers = [...labelsOf(field), ...named(field, 'aria-labelledby')];
  const theirs = namers.some(holdsDenied) ? null : computed(computeAccessibleName, field);
  if (theirs === null) return own;
  return theirs.replace(/\s/gu, '') === own.replace(/\s/gu, '') ? own : folded(theirs);
}

/** What explains a field, by `aria-describedby` or its title. */
export function descriptionOf(field: Element): string | null {
  const isDenied = named(field, 'aria-describedby').some(holdsDenied);
  const theirs = isDenied ? null : computed(computeAccessibleDescription, field);
  const text = folded(theirs ?? referred(field, 'aria-describedby'));
  return text === '' ? null : text;
}

/** The message that a field in error points to. */
export function errorOf(field: Element): string | null {
  if (!/^(?:true|grammar|spelling)$/.test(attribute(field, 'aria-invalid') ?? '')) return null;
  const text = referred(field, 'aria-errormessage');
  return text === '' ? null : text;
}

/**
 * The library reads properties as pages may have renamed them (`document.getElementById` where an image is called so): what throws
 * there is computed here, by the same order, from getters that pages do not reach.
 */
function computed(compute: typeof computeAccessibleName, field: Element): string | null {
  try {
    // Words that a style sheet puts before and after; only browsers have them.
    const computedStyleSupportsPseudoElements = CSS.supports?.('selector(::before)') ?? false;
    const text: unknown = compute(field, { computedStyleSupportsPseudoElements });
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

function ownName(field: Element): string {
  const candidates = [
    referred(field, 'aria-labelledby'),
    attribute(field, 'aria-label') ?? '',
    labelsOf(field)
      .map((label) => saidBy(label, 500))
      .join(' '),
    attribute(field, 'title') ?? '',
    attribute(field, 'placeholder') ?? '',
  ];
  return candidates.find((text) => text.trim() !== '') ?? '';
}

/** The text of the elements that an attribute names. */
const referred = (element: Element, name: string): string =>
  folded(
    named(element, name)
      .map((found) => attribute(found, 'aria-label') ?? saidBy(found, 500))
      .join(' '),
  );

/** The elements that an attribute names. */
function named(element: Element, name: string): readonly Element[] {
  const ids = (attribute(element, name) ?? '').split(/\s+/).filter((id) => id !== '');
  const root = rootOf(element);
  return ids.slice(0, 20).flatMap((id) => query(root, `[id="${CSS.escape(id)}"]`) ?? []);
}

function sourceOf(field: Element, text: string): NameSource {
  if (referred(field, 'aria-labelledby') !== '') return 'aria-labelledby';
  if ((attribute(field, 'aria-label') ?? '').trim() !== '') return 'aria-label';
  if (labelsOf(field).some((label) => saidBy(label, 500) !== '')) return 'label';
  if (folded(attribute(field, 'title') ?? '') === text) return 'title';
  if (folded(attribute(field, 'placeholder') ?? attribute(field, 'aria-placeholder') ?? '') === text)
    return 'placeholder';
  return 'content';
}

/** As old pages label: the words just before the field, in its own cell or in the one before. */
function textBefore(field: Element): string {
  let at: Node | null = field;
  for (let level = 0; at !== null && level < 3; level++) {
    for (let before = previousSiblingOf(at); before !== null; before = previousSiblingOf(before)) {
      if (isElement(before) && /^(?:input|select|textarea|button|form|fieldset)$/.test(nameOf(before))) return '';
      const text = isText(before) ? folded(charactersOf(before)) : isElement(before) ? saidBy(before, 200) : '';
      if (text !== '') return text.length <= 200 ? text.replace(/\s*[:*]+\s*$/u, '') : '';
    }
    const parent: Node | null = parentOf(at);
    if (parent === null || !isElement(parent) || !/^(?:td|span|div|p|dd|font|b)$/.test(nameOf(parent))) return '';
    at = parent;
  }
  return '';
}
