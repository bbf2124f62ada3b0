import { FileLimits } from './fileLimits.ts';

/** What is met in an XML text, in its order. Names are local ones: prefixes are whatever a writer likes. */
export interface XmlVisitor {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  text(text: string): void;
}

/** XML that is none, or that was made to hinder. */
export class BadXml extends Error {}

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s<>/!?]+)((?:"[^"]*"|'[^']*'|[^"'<>])*)>|([^<]+)|(<)/g;
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Reads XML as office suites write it, where there is no `DOMParser`: a worker has none. A document type is refused, so that there
 * are no entities but the five and numbers: none can swell, and none can name a file.
 *
 * @throws {BadXml}
 */
export function readXml(xml: string, visitor: XmlVisitor): void {
  const stack: string[] = [];
  for (const [, cdata, slash, qualified, rest, text, stray] of xml.matchAll(TOKEN)) {
    if (stray !== undefined) throw new BadXml('a stray <, or a document type');
    if (cdata !== undefined) visitor.text(cdata);
    else if (text !== undefined) visitor.text(unescaped(text));
    else if (qualified !== undefined) {
      const name = localName(qualified);
      if (slash === '/') {
        if (stack.pop() !== name) throw new BadXml(`</${name}> closes nothing`);
        visitor.close(name);
        continue;
      }
      visitor.open(name, attributesOf(rest ?? ''));
      if (rest?.endsWith('/')) visitor.close(name);
      else if (stack.push(name) > FileLimits.depth) throw new BadXml('nested too deep');
    }
  }
  if (stack.length > 0) throw new BadXml('cut in the middle');
}

const localName = (qualified: string): string => qualified.slice(qualified.indexOf(':') + 1);

function attributesOf(source: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of source.matchAll(ATTRIBUTE)) {
    found.set(localName(name), unescaped(double ?? single ?? ''));
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const point = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
