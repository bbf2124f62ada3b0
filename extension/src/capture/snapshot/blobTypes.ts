const IMAGE_TYPE = /^image\/(?:png|apng|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)$/;

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((char, index) => bytes[at + index] === char.charCodeAt(0));

/** The type of an image, by what its server says, else by how it begins; null when it is none. */
export async function imageType(blob: Blob): Promise<string | null> {
  const declared = blob.type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (IMAGE_TYPE.test(declared)) return declared;
  if (declared !== '' && declared !== 'application/octet-stream' && declared !== 'binary/octet-stream') return null;
  const head = await headOf(blob);
  if (startsWith(head, '\x89PNG')) return 'image/png';
  if (startsWith(head, '\xff\xd8\xff')) return 'image/jpeg';
  if (startsWith(head, 'GIF8')) return 'image/gif';
  if (startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8)) return 'image/webp';
  return startsWith(head, 'ftypavif', 4) ? 'image/avif' : null;
}

/** The type of a font by how it begins, for servers say anything of fonts; null when it is none. */
export async function fontType(blob: Blob): Promise<string | null> {
  const head = await headOf(blob);
  if (startsWith(head, 'wOF2')) return 'font/woff2';
  if (startsWith(head, 'wOFF')) return 'font/woff';
  if (startsWith(head, 'OTTO')) return 'font/otf';
  return startsWith(head, '\0\x01\0\0') || startsWith(head, 'true') || startsWith(head, 'ttcf') ? 'font/ttf' : null;
}

const headOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.slice(0, 16).arrayBuffer());

/** The blob as an address of its own. */
export async function dataAddress(blob: Blob, type: string): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return `data:${type};base64,${btoa(binary)}`;
}

/** Arguments of one call: engines limit them. */
const CHUNK = 0x8000;
