/** Where a link may lead: what one person pastes is opened by the others. */
const LINK_SCHEMES: readonly string[] = ['http:', 'https:', 'mailto:', 'tel:'];

/** An address that a link may have, in full; null when it leads anywhere else. `legifrance.gouv.fr` gets `https://`. */
export function linkAddress(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return null;
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text);
  const address = hasScheme ? text : text.includes('@') && !text.includes('/') ? `mailto:${text}` : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && LINK_SCHEMES.includes(url.protocol) ? url.href : null;
}
