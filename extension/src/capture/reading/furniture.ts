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

const named = (words: string): RegExp =>
  new RegExp(`(?:^|[^a-z0-9])(?:${words.replaceAll(' ', '|')})(?:$|[^a-z0-9])`, 'i');

/** What hardly any site calls a text. */
const APART = named(
  'share[sd]? sharing sharebar sharedaddy social socials follow newsletters? subscribe cookies? breadcrumbs? crumbs filariane ' +
    'pagination pager related relatedposts ads? advert advertisement adslot dfp feedback signature noprint navbox catlinks printfooter ' +
    'editsection toolbar toolbox vote votes votecell likes',
);
/** What most sites call the things after a text, and some a part of it. */
const AFTER = named('comments? respond footer actions profile postprofile');
/** Names of places in a layout, and of what is on a table as well as on a screen: what stands there may be the text itself. */
const BESIDE = named('side sidebars? widgets? promos? header menus? nav navbar navigation banner rail links');

const namesOf = (element: Element): string =>
  // `InlinePromo` and `post_buttons` are two words each.
  `${attribute(element, 'class') ?? ''} ${attribute(element, 'id') ?? ''}`.replace(/([a-z])(?=[A-Z])/g, '$1-');

/** Whether an element is called what hardly any site calls a text: buttons to share, newsletters, ways back. */
export const isNamedApart = (element: Element): boolean => APART.test(namesOf(element));

/** Whether it is called what stands around most texts. Names lie: alone this takes nothing out of a text. */
export const isNamedAround = (element: Element): boolean =>
  isNamedApart(element) || AFTER.test(namesOf(element)) || BESIDE.test(namesOf(element));

/** Whether nothing but a name of its place, or none, speaks against it. */
export const isNamedBeside = (element: Element): boolean =>
  BESIDE.test(namesOf(element)) && !isNamedApart(element) && !AFTER.test(namesOf(element));
