import { attribute, nameOf } from '../dom.ts';

const ROLES = new Set(
  'navigation search banner contentinfo complementary menu menubar toolbar dialog alertdialog'.split(' '),
);
const NAMES = new Set(['nav', 'aside', 'search', 'button', 'footer']);

/** What stands around a text and is no part of it, by what it says of itself. */
export function isFurniture(element: Element): boolean {
  const role = attribute(element, 'role');
  return role === null ? NAMES.has(nameOf(element)) : ROLES.has(role);
}
