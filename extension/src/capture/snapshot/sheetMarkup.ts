import { CaptureLimits } from '../limits.ts';
import type { Capture, PageContext } from './context.ts';
import { type CssPart, type CssRules, readCss, writeCss } from './css.ts';
import { type FaceLike, fontFace, loadedFaces } from './fonts.ts';
import { escapeText } from './markup.ts';
import { mayMatch, selectorOfCopy } from './selectors.ts';
import { type Resource, writtenAs } from './shelf.ts';
import type { Sheet } from './styles.ts';
import type { SnapshotResource, UnreachedResource } from './types.ts';

/** A sheet that was read: its parts, and what its addresses became. */
interface ReadSheet {
  readonly parts: readonly CssPart[];
  readonly resources: ReadonlyMap<CssPart, Resource | null>;
}

/** The style sheets of a snapshot as markup: short ones stand in it, others are resources of their own. */
export class SheetMarkup {
  readonly #capture: Capture;
  readonly #read = new Map<Sheet, ReadSheet>();
  readonly #markup = new Map<Sheet, string>();
  readonly #tokens = new Map<string, string>();
  readonly resources: SnapshotResource[] = [];
  readonly unreached: UnreachedResource[] = [];

  constructor(capture: Capture) {
    this.#capture = capture;
  }

  /** Reads a document's sheets, once its names are known, and asks for what they load. */
  read(page: PageContext): void {
    const loaded = loadedFaces(fontsOf(page.document));
    const rules: CssRules = {
      // In quirks mode names match whatever their case.
      selector: (selector) => (page.isQuirky || mayMatch(selector, page.names) ? selectorOfCopy(selector) : null),
      fontFace: (descriptors) => fontFace(descriptors, loaded),
    };
    for (const sheet of page.sheets.all()) {
      if (sheet.segments === null) {
        this.#unread(sheet);
        continue;
      }
      const parts: CssPart[] = [];
      const resources = new Map<CssPart, Resource | null>();
      for (const { css, base, before, after } of sheet.segments) {
        const inner = readCss(css, rules);
        if (inner.every((part) => typeof part === 'string' && part.trim() === '')) continue;
        for (const part of inner)
          if (typeof part !== 'string') resources.set(part, page.wantAt(part.use, part.address, base));
        parts.push(before, ...inner, after);
      }
      this.#read.set(sheet, { parts, resources });
    }
  }

  /** The sheets of one tree. Call it once everything was read. */
  markup(sheets: readonly Sheet[]): string {
    return sheets.map((sheet) => this.#one(sheet)).join('');
  }

  #one(sheet: Sheet): string {
    const known = this.#markup.get(sheet);
    if (known !== undefined) return known;
    const read = this.#read.get(sheet);
    if (read === undefined) return '';
    const css = writeCss(read.parts, (part) => {
      const resource = read.resources.get(part) ?? null;
      return resource === null ? null : writtenAs(resource);
    }).trim();
    const media = sheet.media === '' ? '' : ` media="${escapeText(sheet.media)}"`;
    const markup =
      css === ''
        ? ''
        : css.length < CaptureLimits.inlineBytes
          ? `<style${media}>${css}</style>`
          : `<link rel="stylesheet" href="${this.#token(css)}"${media}>`;
    this.#markup.set(sheet, markup);
    return markup;
  }

  #token(css: string): string {
    const known = this.#tokens.get(css);
    if (known !== undefined) return known;
    const token = this.#capture.nextToken();
    this.#tokens.set(css, token);
    this.resources.push({ token, type: 'text/css', bytes: new Blob([css], { type: 'text/css' }) });
    return token;
  }

  #unread(sheet: Sheet): void {
    this.#capture.options.missing.add('style', sheet.address);
    if (sheet.address === null || !/^https?:/.test(sheet.address) || sheet.address.length > 8192) return;
    const token = this.#capture.nextToken();
    const media = sheet.media === '' ? '' : ` media="${escapeText(sheet.media)}"`;
    this.#markup.set(sheet, `<link rel="stylesheet" href="${token}"${media}>`);
    this.unreached.push({ token, url: sheet.address, kind: 'style', origin: new URL(sheet.address).origin, uses: 1 });
  }
}

/** Null where the browser does not say which fonts are in use. */
function fontsOf(document: Document): Iterable<FaceLike> | null {
  try {
    return (document.fonts as Iterable<FaceLike> | undefined) ?? null;
  } catch {
    return null;
  }
}
