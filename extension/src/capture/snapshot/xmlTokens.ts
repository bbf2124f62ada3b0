/**
 * Reading XML as text, one token at a time: the extension's worker, which completes snapshots, has no parser. Strict as XML is:
 * what is not well-formed is no token, and the whole is given up.
 */
export type XmlToken =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly isEmpty: boolean;
    }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

const NAME = '[A-Za-z_:\\u00b7-\\uffff][-\\w.:\\u00b7-\\uffff]*';
const PASSED_OVER = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>/y;
const DOCTYPE =
  /<!DOCTYPE(?:"[^"]*"|'[^']*'|[^"'[>])*(?:\[((?:<!--[\s\S]*?-->|"[^"]*"|'[^']*'|[^"'\]<]|<(?!!--))*)\]\s*)?>/y;
const ENTITY = /<!ENTITY\s+([A-Za-z_][-\w.]*)\s+(?:"([^"]*)"|'([^']*)')\s*>/g;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const CLOSE = new RegExp(`</(${NAME})\\s*>`, 'y');
const OPEN = new RegExp(`<(${NAME})`, 'y');
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^<"]*)"|'([^<']*)')`, 'y');
const TAG_END = /\s*(\/?)>/y;
const TEXT = /[^<]+/y;

/** Characters that a document's own entities may grow into, all together: they name short things, namespaces mostly. */
const MOST_EXPANDED = 100_000;

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The tokens of a document, in order. @throws {SyntaxError} where it is not well-formed, or grows out of all measure */
export function* xmlTokens(source: string): Generator<XmlToken> {
  const entities = new Map<string, string>();
  let expanded = 0;
  let at = source.startsWith('\ufeff') ? 1 : 0;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const plain = (text: string): string => {
    if (!text.includes('&')) return text;
    return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([A-Za-z_][-\w.]*));?/g, (whole, decimal, hex, name) => {
      if (!whole.endsWith(';')) throw new SyntaxError('a reference without an end');
      if (name === undefined) return character(Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10));
      const value = PREDEFINED[name] ?? entities.get(name);
      if (value === undefined) throw new SyntaxError(`unknown entity ${name}`);
      expanded += value.length;
      if (expanded > MOST_EXPANDED) throw new SyntaxError('entities without measure');
      return value;
    });
  };

  while (at < source.length) {
    if (take(PASSED_OVER) !== null) continue;
    const doctype = take(DOCTYPE);
    if (doctype !== null) {
      for (const [, name, double, single] of (doctype[1] ?? '').matchAll(ENTITY)) {
        const value = double ?? single ?? '';
        // One that holds markup or other entities is how documents explode.
        if (name !== undefined && !/[<&%]/.test(value) && !entities.has(name)) entities.set(name, value);
      }
      continue;
    }
    const data = take(CDATA);
    if (data !== null) {
      yield { kind: 'text', text: data[1] ?? '' };
      continue;
    }
    const close = take(CLOSE);
    if (close !== null) {
      yield { kind: 'close', name: close[1] as string };
      continue;
    }
    const open = take(OPEN);
    if (open !== null) {
      const attributes = new Map<string, string>();
      for (let found = take(ATTRIBUTE); found !== null; found = take(ATTRIBUTE)) {
        const name = found[1] as string;
        if (attributes.has(name)) throw new SyntaxError(`attribute ${name} twice`);
        attributes.set(name, plain(found[2] ?? found[3] ?? ''));
      }
      const end = take(TAG_END);
      if (end === null) throw new SyntaxError('a tag without an end');
      yield { kind: 'open', name: open[1] as string, attributes, isEmpty: end[1] === '/' };
      continue;
    }
    const text = take(TEXT);
    if (text === null) throw new SyntaxError(`not well-formed at ${at}`);
    yield { kind: 'text', text: plain(text[0]) };
  }
}

function character(code: number): string {
  const isSurrogate = code >= 0xd800 && code < 0xe000;
  if (code === 0 || code > 0x10ffff || isSurrogate) throw new SyntaxError('no such character');
  return String.fromCodePoint(code);
}
