/** Text, or an attribute's value between double quotes, as markup that reads back as the same text, and never as the name of a resource [C3]. */
export function escapeText(text: string): string {
  return SPECIAL.test(text) ? text.replace(ESCAPED, escapeOne) : text;
}

/** As `escapeText`, for text that holds names of ours: what the page wrote in their shape must be broken already. */
export const escapeMarkup = (text: string): string =>
  text.replace(/[&<>"`\u00a0\0]/g, (char) => ESCAPES[char] as string);

const SPECIAL = /[&<>"`\u00a0\0]|liasse-resource:|sha256:/;
const ESCAPED = /[&<>"`\u00a0\0]|(?:liasse-resource|sha256):/g;

const escapeOne = (found: string): string => ESCAPES[found] ?? found.replace(':', '&#58;');

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '`': '&#96;',
  '\u00a0': '&nbsp;',
  '\0': '\ufffd',
};

const OPENED = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Where a link leads, whole, if the app may open it one day; null for `javascript:`, `data:` and what is malformed. */
export function openedAddress(href: string | null, base: string): string | null {
  if (href === null) return null;
  if (/^#[^\s]*$/.test(href)) return href;
  try {
    const url = new URL(href, base);
    return OPENED.has(url.protocol) && url.href.length <= 8192 ? url.href : null;
  } catch {
    return null;
  }
}

/** An address made whole, or null. */
export function absoluteAddress(address: string | null, base: string): string | null {
  if (address === null || address.trim() === '') return null;
  try {
    return new URL(address, base).href;
  } catch {
    return null;
  }
}
