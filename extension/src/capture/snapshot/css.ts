/** CSS without anything that would load. `fonts`, `others`: how many addresses were taken out. */
export interface InertCss {
  readonly css: string;
  readonly fonts: number;
  readonly others: number;
}

/** An address that loads nothing: an empty `url()` would be the document itself. */
const NOTHING = '"data:,"';
const KEPT_DATA = /^data:(?:image\/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|svg\+xml)|font\/|application\/(?:x-)?font)/i;
/** Functions whose strings are addresses. */
const ADDRESS_FUNCTIONS = new Set([
  'image-set',
  '-webkit-image-set',
  'image',
  'cross-fade',
  '-webkit-cross-fade',
  'src',
]);
const NAME_START = /[-_a-zA-Z\\\u0080-\uffff]/;
const NAME = /(?:[-_a-zA-Z0-9\u0080-\uffff]|\\[0-9a-fA-F]{1,6}[ \t\n\f\r]?|\\[^\n\f\r0-9a-fA-F])+/y;
/** At-rules that load or that change how addresses are read; they end at their semicolon. */
const DROPPED_RULES = new Set(['import', 'namespace', 'charset']);

/**
 * Takes every address out of CSS except `data:` images and fonts and `#fragments`, comments and `@import` with them, and
 * makes it safe inside `<style>`. Reads tokens as browsers do: a pattern would miss `u\72 l(…)` in a custom property.
 */
export function inertCss(source: string): InertCss {
  const out: string[] = [];
  const functions: string[] = [];
  let fonts = 0;
  let others = 0;
  let inFontFace = false;
  let at = 0;

  const drop = () => {
    if (inFontFace) fonts += 1;
    else others += 1;
    return NOTHING;
  };
  const keptAddress = (address: string): string =>
    /^#[\w-]+$/.test(address) || KEPT_DATA.test(address) ? quote(address) : address.trim() === '' ? NOTHING : drop();

  while (at < source.length) {
    const char = source[at] as string;
    if (char === '/' && source[at + 1] === '*') {
      const end = source.indexOf('*/', at + 2);
      at = end < 0 ? source.length : end + 2;
      out.push(' ');
    } else if (char === '"' || char === "'") {
      const string = readString(source, at);
      at = string.end;
      const isAddress =
        ADDRESS_FUNCTIONS.has(functions.at(-1) ?? '') || /^\s*(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(string.value);
      out.push(isAddress ? keptAddress(string.value) : quote(string.value));
    } else if (char === '@') {
      const name = readName(source, at + 1);
      const rule = withoutEscapes(name).toLowerCase();
      at += 1 + name.length;
      if (DROPPED_RULES.has(rule)) {
        if (rule === 'import') others += 1;
        at = endOfStatement(source, at);
      } else {
        if (rule === 'font-face') inFontFace = true;
        out.push('@', name);
      }
    } else if (NAME_START.test(char)) {
      const name = readName(source, at);
      if (name === '') {
        // A lone backslash before a line's end escapes nothing.
        at += 1;
        continue;
      }
      at += name.length;
      if (source[at] !== '(') {
        out.push(name);
        continue;
      }
      at += 1;
      const called = withoutEscapes(name).toLowerCase();
      if (called === 'url' || called === 'url-prefix' || called === 'domain') {
        const address = readAddress(source, at);
        at = address.end;
        out.push('url(', keptAddress(address.value), ')');
      } else {
        functions.push(called);
        out.push(name, '(');
      }
    } else {
      if (char === '(') functions.push('');
      else if (char === ')') functions.pop();
      else if (char === '}') inFontFace = false;
      out.push(char);
      at += 1;
    }
  }
  // `</style` would end the element; in CSS a slash may always be escaped inside strings, and stands nowhere else after `<`.
  return { css: out.join('').replaceAll('</', '<\\/'), fonts, others };
}

function readName(source: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(source)?.[0] ?? '';
}

function readString(source: string, at: number): { value: string; end: number } {
  const mark = source[at];
  let end = at + 1;
  while (end < source.length && source[end] !== mark && !/[\n\f\r]/.test(source[end] as string)) {
    end += source[end] === '\\' ? (source.startsWith('\r\n', end + 1) ? 3 : 2) : 1;
  }
  return {
    value: withoutEscapes(source.slice(at + 1, Math.min(end, source.length))),
    end: Math.min(end + 1, source.length),
  };
}

/** What stands between `url(` and its `)`. */
function readAddress(source: string, at: number): { value: string; end: number } {
  let start = at;
  while (/\s/.test(source[start] ?? '')) start += 1;
  if (source[start] === '"' || source[start] === "'") {
    const string = readString(source, start);
    const close = source.indexOf(')', string.end);
    return { value: string.value, end: close < 0 ? source.length : close + 1 };
  }
  let end = start;
  while (end < source.length && source[end] !== ')') end += source[end] === '\\' ? 2 : 1;
  return {
    value: withoutEscapes(source.slice(start, Math.min(end, source.length))).trim(),
    end: Math.min(end + 1, source.length),
  };
}

/** Past the semicolon that ends an at-rule without a block. */
function endOfStatement(source: string, at: number): number {
  let end = at;
  while (end < source.length && source[end] !== ';' && source[end] !== '}') {
    const char = source[end];
    if (char === '"' || char === "'") end = readString(source, end).end;
    else if (/^url\(/i.test(source.slice(end, end + 4))) end = readAddress(source, end + 4).end;
    else end += char === '\\' ? 2 : 1;
  }
  return source[end] === ';' ? end + 1 : end;
}

function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:([0-9a-fA-F]{1,6})[ \t\n\f\r]?|\r\n|([\s\S]))/g, (_, hex?: string, char?: string) => {
    if (hex !== undefined) {
      const code = Number.parseInt(hex, 16);
      return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
    }
    return char === undefined || /[\n\f\r]/.test(char) ? '' : char;
  });
}

function quote(text: string): string {
  const escaped = text.replace(/["\\\n\f\r\0<]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `);
  return `"${escaped}"`;
}
