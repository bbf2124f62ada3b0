const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/msword': 'doc',
  'application/pdf': 'pdf',
  'application/vnd.liasse.text+json': 'json',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'font/otf': 'otf',
  'font/ttf': 'ttf',
  'font/woff': 'woff',
  'font/woff2': 'woff2',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/webp': 'webp',
  'image/x-icon': 'ico',
  'message/rfc822': 'eml',
  'text/css': 'css',
  'text/html': 'html',
  'text/plain': 'txt',
};

/** How the name of a file of that media type ends, without its dot. */
export const extensionOf = (mediaType: string): string => EXTENSIONS[mediaType] ?? 'bin';

// Names that Windows keeps for devices, whatever follows them.
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const MAX_NAME_CHARACTERS = 100;

/**
 * A file's name as any file system and any unzipper keeps it: ASCII, without separators, not hidden. The true name stands in the
 * manifest beside it.
 */
export function safeFileName(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-');
  const [extension = ''] = /\.[A-Za-z0-9]{1,10}$/.exec(ascii) ?? [];
  const stem = ascii.slice(0, ascii.length - extension.length).replace(/^[-.]+|[-.]+$/g, '');
  const bare = `${stem.slice(0, MAX_NAME_CHARACTERS)}${extension}`.replace(/^\.|[-.]+$/g, '') || 'document';
  return DEVICES.test(bare) ? `_${bare}` : bare;
}
