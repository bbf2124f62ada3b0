import { queryAll, styleSheetsOf } from '../dom.ts';
import { CaptureLimits } from '../limits.ts';
import type { MissingCount } from '../missing.ts';
import { inertCss } from './css.ts';
import type { ReadBytes } from './images.ts';
import { escapeAttribute } from './markup.ts';

interface StyleOptions {
  readonly read: ReadBytes;
  readonly signal: AbortSignal;
  readonly missing: MissingCount;
}

/** The page's style sheets as `<style>` elements, inert. A sheet that cannot be read is counted. */
export async function readStyles(document: Document, options: StyleOptions): Promise<string> {
  const sheets = [...Array.from(styleSheetsOf(document)), ...adoptedSheets(document)];
  const texts = await Promise.all(sheets.map((sheet) => sheetText(sheet, options)));
  let left: number = CaptureLimits.styleSheetCharacters;
  let styles = '';
  let fonts = 0;
  let others = 0;
  for (const [index, text] of texts.entries()) {
    const sheet = sheets[index];
    if (text === null || sheet === undefined) continue;
    const inert = inertCss(text);
    if (inert.css.length > left) {
      options.missing.add('style', sheet.href);
      continue;
    }
    left -= inert.css.length;
    fonts += inert.fonts;
    others += inert.others;
    const media = sheet.media.mediaText;
    styles += `<style${media === '' ? '' : ` media="${escapeAttribute(media)}"`}>${inert.css}</style>`;
  }
  if (fonts > 0) options.missing.add('font', null, fonts);
  if (others > 0) options.missing.add('other', null, others);
  const absent =
    queryAll(document, 'link[rel~="stylesheet" i][href]').length - sheets.filter((sheet) => sheet.href !== null).length;
  if (absent > 0 && sheets.length === 0) options.missing.add('style', null, absent);
  return styles;
}

/** Null when the sheet is off, or belongs to another origin that does not share it. */
async function sheetText(sheet: CSSStyleSheet, options: StyleOptions): Promise<string | null> {
  if (sheet.disabled) return null;
  const rules = rulesOf(sheet);
  if (rules !== null) return rules;
  const { href } = sheet;
  const blob = href === null || options.signal.aborted ? null : await options.read(href, options.signal);
  if (blob !== null && /^text\/css\b/i.test(blob.type) && blob.size <= CaptureLimits.styleSheetCharacters)
    return blob.text();
  options.missing.add('style', href);
  return null;
}

/** The rules as the browser reads them, imported ones in place; null when they may not be read. */
function rulesOf(sheet: CSSStyleSheet, depth = 0): string | null {
  try {
    return Array.from(sheet.cssRules, (rule) => {
      if (!isImport(rule)) return rule.cssText;
      const imported = rule.styleSheet === null || depth > 8 ? null : rulesOf(rule.styleSheet, depth + 1);
      if (imported === null) return '';
      const media = rule.media.mediaText;
      return media === '' ? imported : `@media ${media} {${imported}}`;
    }).join('\n');
  } catch {
    return null;
  }
}

const isImport = (rule: CSSRule): rule is CSSImportRule => 'styleSheet' in rule;

function adoptedSheets(document: Document): readonly CSSStyleSheet[] {
  const get = Object.getOwnPropertyDescriptor(Document.prototype, 'adoptedStyleSheets')?.get;
  return get === undefined ? [] : Array.from(get.call(document) as Iterable<CSSStyleSheet>);
}
