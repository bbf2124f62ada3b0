import { attribute, queryAll, shownSource } from '../dom.ts';
import { CaptureLimits } from '../limits.ts';
import type { MissingCount } from '../missing.ts';
import { absoluteAddress } from './markup.ts';

/** Reads the bytes behind an address as the page could; null when it cannot. */
export type ReadBytes = (url: string, signal: AbortSignal) => Promise<Blob | null>;

const IMAGE_TYPE = /^image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)$/i;
const AT_ONCE = 6;

/**
 * The content of the page's images, by address, within the limits; what is not there is counted, each image as often as
 * it is shown.
 */
export async function readImages(
  document: Document,
  options: { base: string; read: ReadBytes; signal: AbortSignal; missing: MissingCount },
): Promise<(image: Element) => string | null> {
  const contents = new Map<string, string | null>();
  const shown = new Map<string, number>();
  for (const image of queryAll(document, 'img')) {
    const address = addressOf(image, options.base);
    if (address !== null) shown.set(address, (shown.get(address) ?? 0) + 1);
  }
  let leftBytes: number = CaptureLimits.imagesBytes;
  const waiting = [...shown.keys()];

  const worker = async () => {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      const blob = await readImage(address, options);
      const fits = blob !== null && blob.size <= Math.min(CaptureLimits.imageBytes, leftBytes);
      if (fits) leftBytes -= blob.size;
      contents.set(address, fits ? await dataAddress(blob) : null);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  for (const [address, count] of shown) {
    if ((contents.get(address) ?? null) === null) options.missing.add('image', address, count);
  }
  return (image) => contents.get(addressOf(image, options.base) ?? '') ?? null;
}

/** What the browser chose to show, else what the page says. */
function addressOf(image: Element, base: string): string | null {
  const current = shownSource(image);
  return absoluteAddress(current === '' ? attribute(image, 'src') : current, base);
}

async function readImage(address: string, options: { read: ReadBytes; signal: AbortSignal }): Promise<Blob | null> {
  if (options.signal.aborted || !/^(?:https?|data|blob):/.test(address)) return null;
  const blob = await options.read(address, options.signal);
  return blob !== null && IMAGE_TYPE.test(blob.type.split(';')[0]?.trim() ?? '') ? blob : null;
}

async function dataAddress(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return `data:${blob.type.split(';')[0]?.trim()};base64,${btoa(binary)}`;
}

/** Arguments of one call: engines limit them. */
const CHUNK = 0x8000;
