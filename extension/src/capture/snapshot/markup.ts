/** Text as markup that reads back as the same text. */
export function escapeText(text: string): string {
  return text.replace(/[&<>\u00a0\0]/g, (char) => ESCAPES[char] as string);
}

/** An attribute's value between double quotes. */
export function escapeAttribute(value: string): string {
  return value.replace(/[&<>"`\u00a0\0]/g, (char) => ESCAPES[char] as string);
}

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
