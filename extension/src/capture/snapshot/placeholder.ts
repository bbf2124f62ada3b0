import { attribute } from '../dom.ts';
import { originOf } from '../missing.ts';
import { absoluteAddress, escapeText } from './markup.ts';
import type { SerializeOptions } from './options.ts';

const KINDS: Readonly<Record<string, 'frame' | 'media' | 'canvas'>> = {
  iframe: 'frame',
  frame: 'frame',
  frameset: 'frame',
  fencedframe: 'frame',
  object: 'media',
  embed: 'media',
  video: 'media',
  audio: 'media',
  canvas: 'canvas',
};

/**
 * What stands where something could not be kept: a box of its size that names its site. Null for what is kept, or left
 * out without a trace.
 */
export function placeholder(element: Element, name: string, options: SerializeOptions): string | null {
  if (name === 'textarea') return '<div class="liasse-field"></div>';
  if (name === 'img' && options.imageOf(element) === null) return missingImage(element, options);
  const kind = KINDS[name];
  if (kind === undefined) return null;
  const source = absoluteAddress(attribute(element, 'src') ?? attribute(element, 'data'), options.base);
  options.missing.add(kind, source);
  return `<div class="liasse-missing"${boxOf(element)}>${escapeText(siteOf(source))}</div>`;
}

function missingImage(element: Element, options: SerializeOptions): string {
  const alt = attribute(element, 'alt')?.trim() ?? '';
  return `<span class="liasse-missing" role="img"${boxOf(element)}>${escapeText(alt === '' ? siteOf(absoluteAddress(attribute(element, 'src'), options.base)) : alt)}</span>`;
}

const siteOf = (url: string | null): string => {
  const origin = url === null ? null : originOf(url);
  return origin === null ? '' : new URL(origin).host;
};

function boxOf(element: Element): string {
  const { width, height } = element.getBoundingClientRect();
  if (!(width > 0 && height > 0)) return '';
  return ` style="width:${Math.round(width)}px;height:${Math.round(height)}px"`;
}
