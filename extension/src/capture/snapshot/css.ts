import {
  endOfBlock,
  endOfComment,
  endOfStatement,
  NAME_START,
  quote,
  readAddress,
  readName,
  readString,
  withoutEscapes,
} from './cssText.ts';

/** A place in CSS where an address stands. */
export interface CssAddress {
  readonly address: string;
  readonly use: 'image' | 'font';
}

/** CSS read once, its addresses apart: what they become is known only once their content was read. */
export type CssPart = string | CssAddress;

/** What is asked about the rules of a style sheet. */
export interface CssRules {
  /** The selector as it goes out, or null to leave the whole rule out. */
  selector(selector: string): string | null;
  /** What a `@font-face` becomes; null leaves it out. */
  fontFace(descriptors: string): readonly CssPart[] | null;
}

/** An address that loads nothing: an empty `url()` would be the document itself. */
const NOTHING = '"data:,"';
/** Functions whose strings are addresses. */
const ADDRESS_FUNCTIONS = new Set('image-set -webkit-image-set image cross-fade -webkit-cross-fade src'.split(' '));
/** At-rules that load or that change how addresses are read; they end at their semicolon. */
const DROPPED_RULES = new Set(['import', 'namespace', 'charset']);
/** At-rules whose block holds rules that apply under a condition. In any other block, what stands before `{` is no selector. */
const CONDITIONS = new Set('media supports layer container scope starting-style document -moz-document'.split(' '));

interface Block {
  readonly kind: 'rules' | 'style' | 'other';
  /** Where the statement that opened it begins in what was written; -1 keeps it whatever happens. */
  readonly from: number;
  readonly isKept: boolean;
}

/**
 * Reads CSS: comments and `@import` go, addresses are set apart, rules are asked about. What remains stands safely in a
 * `<style>` element or a `style` attribute.
 *
 * @param rules - none for declarations alone
 */
export function readCss(source: string, rules?: CssRules): CssPart[] {
  const out: CssPart[] = [];
  const functions: string[] = [];
  const blocks: Block[] = [];
  /** Where the statement being read begins in `out`. */
  let statement = 0;
  /** The at-rule being read, if one is. */
  let rule = '';
  let at = 0;

  const address = (value: string) => {
    if (/^#[\w.:-]+$/.test(value)) out.push(quote(value));
    else if (value.trim() === '') out.push(NOTHING);
    else out.push({ address: value.trim(), use: 'image' });
  };
  const begin = () => {
    statement = out.length;
    rule = '';
  };

  const open = () => {
    const within = blocks.at(-1)?.kind ?? 'rules';
    const from = statement;
    let kind: Block['kind'] = 'other';
    let isKept = true;
    if (rule !== '') kind = CONDITIONS.has(rule) && within !== 'other' ? within : 'other';
    else if (within !== 'other') {
      kind = 'style';
      const selector = rules === undefined ? null : text(out, from);
      const written = selector === null ? null : (rules?.selector(selector) ?? null);
      if (selector !== null && written !== null) out.splice(from, out.length - from, written);
      isKept = selector === null || written !== null;
    }
    blocks.push({ kind, from, isKept });
    out.push('{');
    begin();
  };

  while (at < source.length) {
    const char = source[at] as string;
    if (char === '/' && source[at + 1] === '*') {
      at = endOfComment(source, at);
      out.push(' ');
    } else if (char === '"' || char === "'") {
      const string = readString(source, at);
      at = string.end;
      const isAddress =
        ADDRESS_FUNCTIONS.has(functions.at(-1) ?? '') || /^\s*(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(string.value);
      if (isAddress) address(string.value);
      else out.push(quote(string.value));
    } else if (char === '@') {
      const name = readName(source, at + 1);
      rule = withoutEscapes(name).toLowerCase();
      at += 1 + name.length;
      if (DROPPED_RULES.has(rule)) {
        at = endOfStatement(source, at);
        begin();
      } else if (rule === 'font-face' && rules !== undefined) {
        const start = source.indexOf('{', at);
        const body = start < 0 ? source.length : start + 1;
        const end = endOfBlock(source, body);
        out.push(...(rules.fontFace(source.slice(body, end)) ?? []));
        at = end + 1;
        begin();
      } else out.push('@', name);
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
      if (called === 'url') {
        const read = readAddress(source, at);
        at = read.end;
        out.push('url(');
        address(read.value);
        out.push(')');
      } else if (called === 'url-prefix' || called === 'domain') {
        at = readAddress(source, at).end;
        out.push('url(', NOTHING, ')');
      } else {
        functions.push(called);
        out.push(name, '(');
      }
    } else {
      at += 1;
      if (char === '(') functions.push('');
      else if (char === ')') functions.pop();
      if (char === '{') open();
      else if (char === '}') {
        out.push(char);
        const block = blocks.pop();
        if (block?.isKept === false) out.length = block.from;
        // Strings and parentheses do not reach past their block.
        functions.length = 0;
        begin();
      } else {
        out.push(char);
        if (char === ';') begin();
      }
    }
  }
  const unkept = blocks.find(({ isKept }) => !isKept);
  if (unkept !== undefined) out.length = unkept.from;
  return out;
}

/** The text of what was read since `from`; null when an address stands in it. */
function text(parts: readonly CssPart[], from: number): string | null {
  let whole = '';
  for (let index = from; index < parts.length; index++) {
    const part = parts[index];
    if (typeof part !== 'string') return null;
    whole += part;
  }
  return whole;
}

/** Writes CSS out. `addressOf` gives what stands for an address; null takes it out. */
export function writeCss(parts: readonly CssPart[], addressOf: (address: CssAddress) => string | null): string {
  let css = '';
  let own = '';
  for (const part of parts) {
    if (typeof part === 'string') own += part;
    else {
      const written = addressOf(part);
      css += ofPage(own) + (written === null ? NOTHING : quote(written));
      own = '';
    }
  }
  return css + ofPage(own);
}

/** What a page wrote: it neither ends the element it stands in nor names a resource [C3]. */
const ofPage = (css: string): string =>
  css.replaceAll('</', '<\\/').replace(/(liasse-resource|sha256):(?=[0-9a-f])/g, '$1\\3a ');
