/** Media types by the bytes that files of them begin with. */
const SIGNATURES: readonly (readonly [type: string, at: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavi'],
  ['image/bmp', 0, 'BM'],
  ['image/tiff', 0, 'II*\0'],
  ['image/tiff', 0, 'MM\0*'],
  ['application/x-cfb', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['application/zip', 0, 'PK\x03\x04'],
  ['application/x-7z-compressed', 0, "7z\xbc\xaf'\x1c"],
  ['application/gzip', 0, '\x1f\x8b'],
  ['application/x-msdownload', 0, 'MZ'],
];

/** What is looked at of a file to tell its kind: readers of PDF look for its header as far. */
const HEAD_BYTES = 1024;
/** An ODT names its type in its first entry, a DOCX its parts in the names of its own. */
const ZIP_HEAD_BYTES = 8192;
const ODT = 'application/vnd.oasis.opendocument.text';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/**
 * The media type that a file's content shows; `application/octet-stream` for one that shows none. A name can say anything, and
 * so can whoever sent it.
 */
export function typeOfContent(bytes: Uint8Array): string {
  const head = latin1(bytes.subarray(0, HEAD_BYTES));
  if (head.includes('%PDF-')) return 'application/pdf';
  const signed = SIGNATURES.find(([, at, start]) => head.startsWith(start, at))?.[0];
  if (signed === 'application/zip') return typeOfZip(bytes);
  if (signed !== undefined) return signed;
  const text = textOf(bytes.subarray(0, HEAD_BYTES * 4), bytes.length > HEAD_BYTES * 4);
  return text === null ? 'application/octet-stream' : typeOfText(text);
}

function typeOfZip(bytes: Uint8Array): string {
  const head = latin1(bytes.subarray(0, ZIP_HEAD_BYTES));
  if (head.startsWith(`mimetype${ODT}`, 30)) return ODT;
  // The names of all entries stand at the end, whatever their order.
  const names = head + latin1(bytes.subarray(-65_536));
  return names.includes('word/document.xml') ? DOCX : 'application/zip';
}

function typeOfText(text: string): string {
  const start = text.replace(/^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*/, '');
  if (/^<svg[\s>]|^<!doctype svg/i.test(start)) return 'image/svg+xml';
  if (/^<!doctype html|^<(?:html|head|body|meta|title)[\s>]/i.test(start)) return 'text/html';
  return isMessage(text) ? 'message/rfc822' : 'text/plain';
}

/** Header lines first, with some that every message has: a text may well begin with one word and a colon. */
function isMessage(text: string): boolean {
  const names = new Set<string>();
  for (const line of text.replace(/^From [^\n]*\n/, '').split(/\r?\n/)) {
    if (line === '') break;
    if (/^[ \t]/.test(line) && names.size > 0) continue;
    const name = /^([!-9;-~]+):/.exec(line)?.[1];
    if (name === undefined) return false;
    names.add(name.toLowerCase());
  }
  return names.has('from') && ['date', 'subject', 'to', 'message-id', 'received'].some((name) => names.has(name));
}

/** The bytes as text: UTF-8, or what Windows wrote for decades; null when they are none. */
export function textOf(bytes: Uint8Array, isCut = false): string | null {
  const encoding = latin1(bytes.subarray(0, 2)) === '\xff\xfe' ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isCut });
    return CONTROLS.test(text) ? null : text;
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return CONTROLS.test(text) ? null : text;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text has
const CONTROLS = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/;

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
