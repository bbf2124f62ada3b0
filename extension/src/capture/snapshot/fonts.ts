import type { CssPart } from './css.ts';
import { quote, readAddress, readString, splitAt, withoutEscapes } from './cssText.ts';

/** A face of `document.fonts` or of a `@font-face` rule, as a key: `family` alone, and with all that tells faces apart. */
interface FaceKey {
  readonly family: string;
  readonly whole: string;
}

/** The faces that a document has loaded; null where the browser does not say. */
export interface LoadedFaces {
  readonly families: ReadonlySet<string>;
  readonly faces: ReadonlySet<string>;
}

/** What `FontFace` has that tells faces apart. */
export interface FaceLike {
  readonly family: string;
  readonly style: string;
  readonly weight: string;
  readonly stretch: string;
  readonly unicodeRange: string;
  readonly status: string;
}

export function loadedFaces(fonts: Iterable<FaceLike> | null): LoadedFaces | null {
  if (fonts === null) return null;
  const keys = Array.from(fonts)
    .filter(({ status }) => status === 'loaded')
    .map(({ family, style, weight, unicodeRange }) => keyOf(family, style, weight, unicodeRange));
  return { families: new Set(keys.map(({ family }) => family)), faces: new Set(keys.map(({ whole }) => whole)) };
}

function keyOf(family: string, style: string, weight: string, range: string): FaceKey {
  const name = withoutEscapes(family.trim().replace(/^(["'])([\s\S]*)\1$/, '$2')).toLowerCase();
  const spelled = { normal: '400', bold: '700' }[weight.trim().toLowerCase()] ?? weight.trim();
  const spread =
    range.trim() === ''
      ? 'u+0-10ffff'
      : range
          .toLowerCase()
          .replace(/\s+/g, '')
          .replace(/u\+0*(?=[0-9a-f])/g, 'u+');
  return { family: name, whole: [name, style.trim().toLowerCase() || 'normal', spelled || '400', spread].join('|') };
}

/** Formats by preference of size; others (`embedded-opentype`, `svg`) no browser of today reads. */
const FORMATS = ['woff2', 'woff', 'opentype', 'truetype', ''];
const EXTENSIONS: Readonly<Record<string, string>> = { woff2: 'woff2', woff: 'woff', otf: 'opentype', ttf: 'truetype' };

/**
 * A `@font-face` with one file; null when no text of the page is written with it. A family of which no face is recognised
 * keeps them all: better a font too many than a text in another.
 */
export function fontFace(body: string, loaded: LoadedFaces | null): CssPart[] | null {
  const descriptors = new Map<string, string>();
  for (const declaration of splitAt(body, ';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const name = declaration
      .slice(0, colon)
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .trim()
      .toLowerCase();
    descriptors.set(name, declaration.slice(colon + 1).trim());
  }
  const value = (name: string) => descriptors.get(name) ?? '';
  if (loaded !== null) {
    const { family, whole } = keyOf(
      value('font-family'),
      value('font-style'),
      value('font-weight'),
      value('unicode-range'),
    );
    if (!loaded.families.has(family)) return null;
    const isRecognised = [...loaded.faces].some((face) => face.startsWith(`${family}|`) && FACES_SEEN.test(face));
    if (isRecognised && !loaded.faces.has(whole)) return null;
  }
  const source = chosenSource(value('src'));
  if (source === null) return null;
  descriptors.delete('src');
  const others = [...descriptors].filter(([name, text]) => DESCRIPTORS.has(name) && !/[{}<\\]|\/\*/.test(text));
  return ['@font-face{', ...others.map(([name, text]) => `${name}:${text};`), 'src:', ...source, '}'];
}

/** A face whose weight is a number or a range of numbers, as browsers and authors both write them. */
const FACES_SEEN = /\|\d+(?: \d+)?\|u\+/;

const DESCRIPTORS = new Set(
  'font-family font-style font-weight font-stretch font-display unicode-range font-feature-settings font-variation-settings ascent-override descent-override line-gap-override size-adjust'.split(
    ' ',
  ),
);

/** The fonts of this machine that come first, then the best file. */
function chosenSource(src: string): CssPart[] | null {
  const locals: string[] = [];
  let best: { address: string; rank: number; format: string } | null = null;
  for (const entry of splitAt(src, ',')) {
    const text = entry.trim();
    const local = /^local\(\s*(?=["'])/i.exec(text);
    if (local !== null && best === null) locals.push(`local(${quote(readString(text, local[0].length).value)})`);
    if (!/^url\(/i.test(text)) continue;
    const { value, end } = readAddress(text, 4);
    const stated = /format\(\s*["']?([\w-]+)/i.exec(text.slice(end))?.[1]?.toLowerCase();
    const extension = /\.(\w+)(?:[?#].*)?$/.exec(value)?.[1]?.toLowerCase() ?? '';
    const format = (stated ?? EXTENSIONS[extension] ?? '').replace(/-variations$/, '');
    const rank = FORMATS.indexOf(format);
    if (value !== '' && rank >= 0 && (best === null || rank < best.rank)) best = { address: value, rank, format };
  }
  if (best === null) return null;
  const format = best.format === '' ? '' : ` format("${best.format}")`;
  return [...locals.map((local) => `${local},`), 'url(', { address: best.address, use: 'font' }, `)${format}`];
}
