/** An invitation or owner link, taken apart. */
export interface ParsedLink {
  /** Of the server that made it. */
  readonly origin: string;
  readonly token: string;
}

/** Reads `https://server/rejoindre#<token>` as pasted: with spaces around it, or in a sentence’s chevrons. Null when it is no link. */
export function parseLink(text: string): ParsedLink | null {
  try {
    const url = new URL(text.trim().replace(/^<|>$/g, ''));
    const token = decodeURIComponent(url.hash.slice(1));
    const plain = url.protocol === 'https:' || url.protocol === 'http:';
    return plain && token.length >= 16 && !/[/\s]/.test(token) ? { origin: url.origin, token } : null;
  } catch {
    return null;
  }
}

/** The origin of a server's address as typed; `https://` may be left out. An address that is none comes back as it is. */
export function originOf(address: string): string {
  const text = address.trim();
  try {
    return new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`).origin;
  } catch {
    return text;
  }
}
