import { isTyped, roleOf } from '../controls.ts';
import { attribute, firstChildOf, foldedText, isElement, nameOf, nextSiblingOf, parentOf, walk } from '../dom.ts';
import { drawsEye, plainWords, showsPassword } from './words.ts';

/** How far up from a field its control may stand, and how much of the page is looked at there. */
const MAX_LEVELS = 5;
const MAX_NODES = 300;

/**
 * Whether a control beside the field shows and hides what was typed in it: shown, a password is a field of type text. A control
 * belongs to the field that stands with it in the smallest element; to the one before it, where several do.
 */
export function hasPasswordToggle(field: Element): boolean {
  let around = parentOf(field);
  for (let level = 0; around !== null && isElement(around) && level < MAX_LEVELS; level++) {
    const found = look(around);
    if (found === null) return false;
    if (governs(field, found)) return true;
    if (nameOf(around) === 'form') return false;
    around = parentOf(around);
  }
  return false;
}

/** Fields and controls in reading order; a control that stands with a field in a smaller element is not in it. */
interface Surroundings {
  readonly order: readonly { readonly element: Element; readonly is: 'field' | 'toggle' | 'eye' }[];
}

function governs(field: Element, { order }: Surroundings): boolean {
  const fields = order.filter(({ is }) => is === 'field');
  return order.some(({ element, is }, at) => {
    if (is === 'field') return false;
    const controlled = attribute(element, 'aria-controls') ?? attribute(element, 'for') ?? '';
    if (controlled !== '') return controlled.split(/\s+/).includes(attribute(field, 'id') ?? '');
    if (fields.length === 1) return fields[0]?.element === field;
    if (is === 'eye') return false;
    const before = order.slice(0, at).findLast((other) => other.is === 'field');
    return (before ?? fields[0])?.element === field;
  });
}

/** Null where there is too much to look at. */
function look(around: Element): Surroundings | null {
  const order: Surroundings['order'][number][] = [];
  let nodes = 0;
  for (let branch = firstChildOf(around); branch !== null; branch = nextSiblingOf(branch)) {
    const inside: Surroundings['order'][number][] = [];
    walk(branch, {
      enter(node) {
        nodes += 1;
        if (!isElement(node) || nodes > MAX_NODES) return false;
        if (isTyped(node)) inside.push({ element: node, is: 'field' });
        else inside.push(...toggle(node));
        return true;
      },
      leave() {},
    });
    if (nodes > MAX_NODES) return null;
    const holdsField = inside.some(({ is }) => is === 'field');
    order.push(...(holdsField ? inside.filter(({ is }) => is === 'field') : inside));
  }
  return { order };
}

function toggle(element: Element): readonly { readonly element: Element; readonly is: 'toggle' | 'eye' }[] {
  const pressed = PRESSED.has(nameOf(element)) || PRESSED_ROLES.has(roleOf(element));
  const said = ['aria-label', 'title', 'class', 'id', 'name', 'value'].map((name) => attribute(element, name));
  const words = [...said, pressed ? foldedText(element, 60) : null]
    .filter((text) => text !== null && text !== '')
    .map((text) => plainWords(text as string));
  if (words.some(showsPassword)) return [{ element, is: 'toggle' }];
  return words.some(drawsEye) ? [{ element, is: 'eye' }] : [];
}

const PRESSED = new Set(['button', 'a', 'label', 'summary']);
const PRESSED_ROLES = new Set(['button', 'switch', 'checkbox', 'link']);
