import { allowedAttribute, SVG_ELEMENTS, svgSpelling } from './allowed.ts';
import { type CssAddress, readCss, writeCss } from './css.ts';
import { expandedSize, type UsedElement } from './svgUses.ts';
import { type XmlToken, xmlTokens } from './xmlTokens.ts';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';

/** Parsers stop at 256. */
const MOST_DEPTH = 200;
/** Elements, those included that `<use>` stands for: a drawing of more brings down who draws it. */
const MOST_ELEMENTS = 200_000;

/** Read as HTML, run, load or change what was judged: left out with all that is in them. */
const LEFT_OUT = new Set(['foreignobject', 'view']);

/** An element that is open. `written`: null where it is left out. */
interface Open {
  readonly name: string;
  readonly written: string | null;
  readonly isStyle: boolean;
  readonly namespaces: ReadonlyMap<string, string>;
}

/**
 * A drawing that runs nothing and loads nothing, also when its file is opened by itself: shown as an image none ever does, but a
 * piece's resources are files of an exported archive, which people open. Written anew from the elements and attributes of the
 * snapshot's own list; null when it is no drawing, not well-formed, or made to explode.
 *
 * @see SPEC.md C24
 */
export function inertSvg(source: string): string | null {
  try {
    return written(source);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Larger ones take too long to be judged. */
const MOST_BYTES = 8 * 1024 * 1024;

/** The file of a drawing, made inert; null as for its text. */
export async function inertSvgFile(file: Blob): Promise<Blob | null> {
  if (file.size > MOST_BYTES) return null;
  const bytes = await file.arrayBuffer();
  const declared = /^<\?xml[^>]*\bencoding\s*=\s*["']([-\w]+)/.exec(
    new TextDecoder('latin1').decode(bytes.slice(0, 200)),
  );
  const svg = inertSvg(decode(bytes, declared?.[1] ?? 'utf-8'));
  return svg === null ? null : new Blob([svg], { type: 'image/svg+xml' });
}

function decode(bytes: ArrayBuffer, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function written(source: string): string | null {
  const out: string[] = [];
  const open: Open[] = [];
  const elements: UsedElement[] = [];
  const parents: number[] = [];
  let css = '';
  let isOver = false;

  for (const token of xmlTokens(source)) {
    const within = open.at(-1);
    if (token.kind === 'text') {
      if (within === undefined) {
        if (token.text.trim() !== '') return null;
      } else if (within.isStyle) css += token.text;
      else if (within.written !== null) out.push(escapeXml(token.text));
      continue;
    }
    if (token.kind === 'close') {
      if (within?.name !== token.name) return null;
      close(within);
      continue;
    }
    if (isOver) return null;
    const opened = openOne(token, within);
    if (opened === null) return null;
    open.push(opened);
    if (opened.written !== null) {
      const attributes = attributesOf(token, opened, out.length === 0);
      out.push(`<${opened.written}${attributes.text}>`);
      elements.push({ parent: parents.at(-1) ?? -1, id: attributes.id, uses: attributes.uses });
      parents.push(elements.length - 1);
    }
    if (token.isEmpty) close(opened);
  }
  return isOver && expandedSize(elements, MOST_ELEMENTS) <= MOST_ELEMENTS ? out.join('') : null;

  function openOne({ name, attributes }: XmlToken & { kind: 'open' }, within: Open | undefined): Open | null {
    const namespaces = namespacesOf(attributes, within?.namespaces ?? new Map());
    const { prefix, local } = split(name);
    const lower = local.toLowerCase();
    const isDrawn = namespaces.get(prefix) === SVG && (local === lower || svgSpelling(lower) === local);
    if (within === undefined)
      return isDrawn && lower === 'svg' ? { name, written: 'svg', isStyle: false, namespaces } : null;
    const isStyle = isDrawn && lower === 'style' && within.written !== null;
    const isKept =
      isStyle ||
      (isDrawn && within.written !== null && !within.isStyle && SVG_ELEMENTS.has(lower) && !LEFT_OUT.has(lower));
    return { name, written: isKept && open.length < MOST_DEPTH ? local : null, isStyle, namespaces };
  }

  function close({ written: name, isStyle }: Open): void {
    open.pop();
    isOver = open.length === 0;
    if (name === null) return;
    parents.pop();
    if (isStyle) out.push(escapeXml(inertCss(css)));
    css = '';
    out.push(`</${name}>`);
  }
}

interface Attributes {
  readonly text: string;
  readonly id: string | null;
  /** The id of what it stands for. */
  readonly uses: string | null;
}

function attributesOf(
  { attributes }: XmlToken & { kind: 'open' },
  { written: name, namespaces }: Open,
  isRoot: boolean,
): Attributes {
  let text = isRoot ? ` xmlns="${SVG}"` : '';
  let uses: string | null = null;
  const add = (key: string, value: string) => {
    text += ` ${key}="${escapeXml(value)}"`;
  };
  for (const [key, value] of attributes) {
    const { prefix, local } = split(key);
    const isHref = (prefix === '' && key === 'href') || (local === 'href' && namespaces.get(prefix) === XLINK);
    if (isHref) {
      if (text.includes(' href="')) continue;
      if (/^#[^\s]*$/.test(value)) {
        if (name === 'use') uses = value.slice(1);
        if (name !== 'a') add('href', value);
      } else if (name === 'image' && CARRIED_IMAGE.test(value)) add('href', value.trim());
    } else if (key === 'style') add(key, inertCss(value));
    else if (key === 'xml:space' && value === 'preserve') add(key, value);
    else if (prefix === '') {
      const allowed = allowedAttribute('svg', key.toLowerCase(), NONE);
      if (allowed === key) add(key, value.includes('(') ? inertCss(value) : value);
    }
  }
  return { text, id: attributes.get('id') ?? null, uses };
}

const NONE: ReadonlySet<string> = new Set();
/** Not a drawing: one within the other would have to be judged in turn. */
const CARRIED_IMAGE = /^\s*data:image\/(?:png|jpe?g|gif|webp|avif|bmp)[;,]/i;
const CARRIED = /^data:(?:image\/(?:png|jpe?g|gif|webp|avif|bmp)|font\/|application\/(?:x-)?font)/i;

const inertCss = (css: string): string =>
  writeCss(readCss(css), ({ address }: CssAddress) => (CARRIED.test(address) ? address : null));

const split = (name: string): { readonly prefix: string; readonly local: string } => {
  const colon = name.indexOf(':');
  return colon < 0 ? { prefix: '', local: name } : { prefix: name.slice(0, colon), local: name.slice(colon + 1) };
};

function namespacesOf(
  attributes: ReadonlyMap<string, string>,
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  let inner: Map<string, string> | null = null;
  for (const [key, value] of attributes) {
    if (key !== 'xmlns' && !key.startsWith('xmlns:')) continue;
    inner ??= new Map(outer);
    inner.set(key === 'xmlns' ? '' : key.slice(6), value);
  }
  return inner ?? outer;
}

const escapeXml = (text: string): string =>
  // Control characters that XML cannot hold would end the drawing where they stand.
  text.replace(/[&<>"]|[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, (char) => ESCAPES[char] ?? '');

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
