import type { FieldSelectors } from '@liasse/core';
import {
  attribute,
  firstChildOf,
  isElement,
  nameOf,
  nextSiblingOf,
  parentOf,
  query,
  queryAll,
  rootOf,
} from '../dom.ts';
import type { FoundControl } from './findControls.ts';

const cut = (text: string | null, length = 500): string | null =>
  text === null || text === '' ? null : text.slice(0, length);

/** The form around a field, by what it is called. */
export function formAround(field: Element): Element | null {
  const named = attribute(field, 'form');
  if (named !== null) return query(rootOf(field), `form[id="${CSS.escape(named)}"]`);
  for (let at = parentOf(field); at !== null && isElement(at); at = parentOf(at)) if (nameOf(at) === 'form') return at;
  return null;
}

/** What a form calls itself, without the parts of its address that change. */
export function formNameOf(form: Element): string | null {
  return cut(attribute(form, 'id') ?? attribute(form, 'name') ?? attribute(form, 'aria-label'));
}

export function selectorsOf({ element, through }: FoundControl, label: string, ordinal: number): FieldSelectors {
  const form = formAround(element);
  return {
    id: cut(attribute(element, 'id')),
    name: cut(attribute(element, 'name')),
    form: form === null ? null : formNameOf(form),
    autocomplete: cut(attribute(element, 'autocomplete')),
    label: cut(label),
    css: [...through, element].map((at) => pathOf(at).slice(0, 2_000)),
    ordinal,
  };
}

/** A path to an element within its tree: from the nearest id that is alone in it, else from the top. */
function pathOf(element: Element): string {
  const root = rootOf(element);
  const steps: string[] = [];
  for (let at: Node | null = element; at !== null && isElement(at) && steps.length < 40; at = parentOf(at)) {
    const id = attribute(at, 'id');
    if (id !== null && id !== '' && queryAll(root, `[id="${CSS.escape(id)}"]`).length === 1) {
      steps.unshift(`[id="${CSS.escape(id)}"]`);
      break;
    }
    const name = nameOf(at);
    if (name === 'body' || name === 'html') {
      steps.unshift(name);
      break;
    }
    steps.unshift(`${CSS.escape(name)}:nth-of-type(${placeOf(at, name)})`);
  }
  return steps.join(' > ');
}

function placeOf(element: Element, name: string): number {
  let place = 1;
  const parent = parentOf(element);
  for (let at = parent === null ? null : firstChildOf(parent); at !== null && at !== element; at = nextSiblingOf(at)) {
    if (isElement(at) && nameOf(at) === name) place += 1;
  }
  return place;
}
