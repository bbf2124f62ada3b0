/** Reading CSS as browsers read it, one token at a time: a pattern would miss `u\72 l(…)` in a custom property. */

export const NAME_START = /[-_a-zA-Z\\\u0080-\uffff]/;
const NAME = /(?:[-_a-zA-Z0-9\u0080-\uffff]|\\[0-9a-fA-F]{1,6}[ \t\n\f\r]?|\\[^\n\f\r0-9a-fA-F])+/y;

/** The name that begins here; empty when none does. */
export function readName(source: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(source)?.[0] ?? '';
}

/** A token's value, and where the next one begins. */
export interface Read {
  readonly value: string;
  readonly end: number;
}

/** The string that begins here with its quotation mark. It ends where browsers end it: at its mark, at a line's end, at the end. */
export function readString(source: string, at: number): Read {
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
export function readAddress(source: string, at: number): Read {
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
export function endOfStatement(source: string, at: number): number {
  let end = at;
  while (end < source.length && source[end] !== ';' && source[end] !== '}') end = endOfToken(source, end);
  return source[end] === ';' ? end + 1 : end;
}

/** Where the block that was just opened closes: at its `}`, or at the end. */
export function endOfBlock(source: string, at: number): number {
  let depth = 1;
  let end = at;
  while (end < source.length) {
    if (source[end] === '{') depth += 1;
    else if (source[end] === '}') depth -= 1;
    if (depth === 0) return end;
    end = endOfToken(source, end);
  }
  return source.length;
}

/** The parts of a text between separators, those inside strings and parentheses left alone. */
export function splitAt(source: string, separator: ',' | ';'): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let at = 0;
  while (at < source.length) {
    const char = source[at];
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === separator && depth <= 0) {
      parts.push(source.slice(start, at));
      start = at + 1;
    }
    at = endOfToken(source, at);
  }
  parts.push(source.slice(start));
  return parts;
}

function endOfToken(source: string, at: number): number {
  const char = source[at];
  if (char === '"' || char === "'") return readString(source, at).end;
  if (char === '/' && source[at + 1] === '*') return endOfComment(source, at);
  if ((char === 'u' || char === 'U') && /^url\(/i.test(source.slice(at, at + 4)))
    return readAddress(source, at + 4).end;
  return at + (char === '\\' ? 2 : 1);
}

/** Past the comment that begins here. */
export function endOfComment(source: string, at: number): number {
  const end = source.indexOf('*/', at + 2);
  return end < 0 ? source.length : end + 2;
}

export function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:([0-9a-fA-F]{1,6})[ \t\n\f\r]?|\r\n|([\s\S]))/g, (_, hex?: string, char?: string) => {
    if (hex !== undefined) {
      const code = Number.parseInt(hex, 16);
      return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
    }
    return char === undefined || /[\n\f\r]/.test(char) ? '' : char;
  });
}

/** A string that reads back as the same text, and cannot end the `<style>` it stands in. */
export function quote(text: string): string {
  const escaped = text.replace(/["\\\n\f\r\0<]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `);
  return `"${escaped}"`;
}
