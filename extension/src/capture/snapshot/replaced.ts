/** Elements whose content is not markup: what the browser shows in their place is read from it, or said to be missing. */
import { attribute, imageHeightOf, imageWidthOf, liveProperty } from '../dom.ts';
import { originOf } from '../missing.ts';
import { inertDeclarations } from './attributes.ts';
import type { PageContext } from './context.ts';
import { framed } from './frames.ts';
import { shownImage } from './images.ts';
import { absoluteAddress, escapeMarkup, escapeText } from './markup.ts';
import { type Resource, writtenAs } from './shelf.ts';
import type { Written } from './types.ts';

/**
 * Tells the viewer how large the stand-in of something missing is, and whose it was: `640x480 cdn.example`. An image of that
 * size under the page's own styles takes the place that the real one took.
 */
const MISSING = 'data-liasse-missing';

const siteOf = (address: string | null): string => {
  const origin = address === null ? null : originOf(address);
  return origin === null ? '' : new URL(origin).host;
};

/** What `<img>` has of its own. */
export function imageAttributes(image: Element, parent: Element | null, page: PageContext): Written {
  const { address, descriptor, isBroken } = shownImage(image, parent, page.base);
  if (isBroken) return '';
  const resource = page.capture.shelf.want('image', address);
  if (resource === null) return '';
  const width = imageWidthOf(image as HTMLImageElement);
  const height = imageHeightOf(image as HTMLImageElement);
  const missing = ` ${MISSING}="${width}x${height} ${escapeText(siteOf(address))}"`;
  return () => {
    const written = attributeAddress(resource);
    // A candidate is ended by a space or a comma, which a `data:` address may hold.
    const isSet = descriptor !== '' && resource.inline === null;
    const place = isSet ? ` srcset="${written} ${descriptor}"` : ` src="${written}"`;
    return resource.state === 'kept' ? place : place + missing;
  };
}

/** A resource where an attribute's address stands. */
export const attributeAddress = (resource: Resource): string =>
  resource.inline === null ? resource.token : escapeText(resource.inline);

/** `<iframe>` whole: its document is a resource of its own, or its site is named. */
export function frameMarkup(frame: Element, attributes: readonly Written[], page: PageContext): Written[] {
  const state = framed(frame, page.base);
  const within = state.kind === 'here' ? page.capture.frame(state.document, page) : null;
  if (within !== null) return [`<iframe src="${within.token}"`, ...attributes, '></iframe>'];
  if (state.kind === 'empty') return ['<iframe', ...attributes, '></iframe>'];
  const address = state.kind === 'away' ? state.address : absoluteAddress(attribute(frame, 'src'), page.base);
  page.capture.options.missing.add('frame', address);
  const place = placeOfFrame(address, page);
  return [`<iframe${place}`, ...attributes, ` ${MISSING}="${escapeText(siteOf(address))}"></iframe>`];
}

/** Where the document of another site's frame will stand, once it may be read; nothing where it has no address. */
function placeOfFrame(url: string | null, { capture }: PageContext): string {
  const origin = url === null ? null : originOf(url);
  if (url === null || origin === null || url.length > 8192 || !/^https?:/.test(url)) return '';
  const token = capture.nextToken();
  capture.framesAway.push({ token, url, kind: 'frame', origin, uses: 1 });
  return ` src="${token}"`;
}

/**
 * What was drawn, as the element's background: style sheets that speak of canvases still find one. Where no script may run a canvas
 * has no size of its own, and shows what is inside it.
 */
export function canvasStyle(canvas: Element, page: PageContext): Written {
  const declarations = inertDeclarations(attribute(canvas, 'style') ?? '', page);
  const { width, height } = canvas as HTMLCanvasElement;
  const drawn = drawingOf(canvas as HTMLCanvasElement, page);
  page.usesMarks = true;
  return () => {
    const background = drawn?.state === 'kept' ? DRAWN.replace('$', () => writtenAs(drawn)) : '';
    const size = `--liasse-width:${Number(width)};--liasse-height:${Number(height)}`;
    const style = [size, declarations.write(), background].filter((part) => part !== '').join(';');
    return ` style="${escapeMarkup(style)}"`;
  };
}

function drawingOf(canvas: HTMLCanvasElement, page: PageContext): Resource | null {
  if (!(canvas.width > 0 && canvas.height > 0)) return null;
  try {
    return page.capture.shelf.draw(bytesOf(canvas));
  } catch {
    // What was drawn on it came from another site.
    page.capture.options.missing.add('canvas', null);
    return null;
  }
}

/** What a canvas shows, as an image. Throws at once, and not later, where another site's image is on it. */
function bytesOf(canvas: HTMLCanvasElement): Promise<Blob | null> {
  let done: BlobCallback = () => {};
  const bytes = new Promise<Blob | null>((resolve) => {
    done = resolve;
  });
  HTMLCanvasElement.prototype.toBlob.call(canvas, done, 'image/png');
  return bytes;
}

const DRAWN =
  'background:url("$") 0 0/100% 100% no-repeat content-box content-box!important;print-color-adjust:exact!important';

/** A video's poster, else the frame on screen; its sound and its film are counted as missing. */
export function mediaAttributes(media: Element, name: 'video' | 'audio', page: PageContext): Written {
  const source = liveProperty(media, 'currentSrc');
  const address = absoluteAddress(
    typeof source === 'string' && source !== '' ? source : attribute(media, 'src'),
    page.base,
  );
  page.capture.options.missing.add('media', address);
  if (name === 'audio') return '';
  const poster = attribute(media, 'poster');
  const size = sizeOf(media as HTMLVideoElement);
  const resource = poster === null || poster === '' ? null : page.wantAt('image', poster);
  if (resource !== null) return () => `${size} poster="${attributeAddress(resource)}"`;
  const frame = frameOnScreen(media as HTMLVideoElement, page);
  return frame === null ? size : () => (frame.state === 'kept' ? `${size} poster="${attributeAddress(frame)}"` : size);
}

/** Without its film a video no longer knows its size. */
function sizeOf(video: HTMLVideoElement): string {
  const { videoWidth, videoHeight } = video;
  if (!(videoWidth > 0 && videoHeight > 0) || attribute(video, 'width') !== null || attribute(video, 'height') !== null)
    return '';
  return ` width="${videoWidth}" height="${videoHeight}"`;
}

function frameOnScreen(video: HTMLVideoElement, page: PageContext): Resource | null {
  const { videoWidth: width, videoHeight: height, readyState } = video;
  if (readyState < 2 || !(width > 0 && height > 0)) return null;
  try {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return page.capture.shelf.draw(bytesOf(canvas));
  } catch {
    // Of another site: its film is counted already.
    return null;
  }
}

/** `<object>` and `<embed>`: an image where that is what they show, else a box of their size that names their site. */
export function embeddedMarkup(element: Element, attributes: readonly Written[], page: PageContext): Written[] {
  const address = absoluteAddress(attribute(element, 'data') ?? attribute(element, 'src'), page.base);
  const type = attribute(element, 'type')?.toLowerCase() ?? '';
  const isImage = type.startsWith('image/') || /\.(?:svg|png|jpe?g|gif|webp|avif)(?:[?#].*)?$/i.test(address ?? '');
  const resource = isImage ? page.capture.shelf.want('image', address) : null;
  if (resource !== null) return ['<img', ...attributes, () => ` src="${attributeAddress(resource)}">`];
  page.capture.options.missing.add('media', address);
  const { width, height } = element.getBoundingClientRect();
  const box = width > 0 && height > 0 ? ` style="width:${Math.round(width)}px;height:${Math.round(height)}px"` : '';
  return [`<div class="liasse-missing"${box}>${escapeText(siteOf(address))}</div>`];
}
