import {
  attribute,
  baseAddressOf,
  charactersOf,
  firstChildOf,
  nextSiblingOf,
  queryAll,
  styleSheetsOf,
} from '../dom.ts';
import { CaptureLimits } from '../limits.ts';
import type { MissingCount } from '../missing.ts';
import { adoptedSheetsOf } from './engine.ts';
import { absoluteAddress } from './markup.ts';
import type { ReadBytes } from './types.ts';

/** Part of a sheet: imported ones are read in place. `before`, `after`: the conditions they were imported under. */
interface Segment {
  readonly css: string;
  /** What relative addresses in it are relative to. */
  readonly base: string;
  readonly before: string;
  readonly after: string;
}

/** A style sheet that applies. */
export interface Sheet {
  readonly media: string;
  /** Null while, and when, it could not be read. */
  segments: readonly Segment[] | null;
  /** Where its source is, when that must be read: null when it need not, or has no address. */
  readonly address: string | null;
}

/** The style sheets of one document and of its shadow trees, each read once however many trees share it. */
export class SheetReader {
  readonly #known = new Map<CSSStyleSheet, Sheet>();
  readonly #sheets: Sheet[] = [];
  #left: number = CaptureLimits.styleSheetCharacters;
  readonly #missing: MissingCount;

  constructor(missing: MissingCount) {
    this.#missing = missing;
  }

  /** The sheets of a tree as the browser holds them now, in their order. */
  sheetsOf(root: Document | ShadowRoot): readonly Sheet[] {
    const base = baseAddressOf(root);
    const sheets = [...Array.from(styleSheetsIn(root)), ...adoptedSheetsOf(root)];
    const applied = root.nodeType === 9 ? inUse(sheets) : sheets.filter(({ disabled }) => !disabled);
    const here = applied.map((sheet) => this.#sheet(sheet, base));
    return [...here, ...(root.nodeType === 9 ? this.#pending(root as Document, sheets) : [])];
  }

  /** Every sheet of the document and its trees, once, in the order they were met. */
  all(): readonly Sheet[] {
    return this.#sheets;
  }

  /** Reads, as the page could, the source of what the browser does not show, or shows with something lost. */
  async readSources(read: ReadBytes, signal: AbortSignal): Promise<void> {
    await Promise.all(
      this.#sheets.map(async (sheet) => {
        if (sheet.address === null || signal.aborted) return;
        const blob = await read(sheet.address, signal);
        const isCss = blob !== null && /^text\/css\b/i.test(blob.type);
        if (!isCss || blob.size > CaptureLimits.styleSheetCharacters) return;
        sheet.segments = [{ css: await blob.text(), base: sheet.address, before: '', after: '' }];
      }),
    );
  }

  #sheet(sheet: CSSStyleSheet, base: string): Sheet {
    const known = this.#known.get(sheet);
    if (known !== undefined) return known;
    const read = this.#read(sheet, base);
    this.#known.set(sheet, read);
    this.#sheets.push(read);
    return read;
  }

  #read(sheet: CSSStyleSheet, base: string): Sheet {
    const media = sheet.media.mediaText;
    const rules = rulesOf(sheet);
    if (rules === null) return { media, segments: null, address: sheet.href };
    const segments: Segment[] = [];
    const absent = gather(rules, sheet.href ?? base, segments, 0);
    for (const address of absent) this.#missing.add('style', address);
    const length = segments.reduce((sum, { css }) => sum + css.length, 0);
    if (length > this.#left) {
      this.#missing.add('style', sheet.href);
      return { media, segments: [], address: null };
    }
    this.#left -= length;
    const only = segments.length === 1 ? (segments[0] as Segment) : null;
    if (only === null || !LOST_DECLARATION.test(only.css)) return { media, segments, address: null };
    // Chrome forgets a shorthand that holds a variable when a longhand follows it: the source still has it.
    if (sheet.href !== null) return { media, segments, address: sheet.href };
    const source = sheet.ownerNode === null ? '' : sourceOf(sheet.ownerNode);
    return { media, segments: saysTheSame(source, rules) ? [{ ...only, css: source }] : segments, address: null };
  }

  /** Links whose sheet has not come: the page would have it in a moment. */
  #pending(document: Document, sheets: readonly CSSStyleSheet[]): Sheet[] {
    const here = new Set<unknown>(sheets.map(({ ownerNode }) => ownerNode));
    return queryAll(document, 'link[rel~="stylesheet" i][href]:not([disabled], [rel~="alternate" i])').flatMap(
      (link) => {
        const address = here.has(link) ? null : absoluteAddress(attribute(link, 'href'), baseAddressOf(document));
        if (address === null) return [];
        const sheet: Sheet = { media: attribute(link, 'media') ?? '', segments: null, address };
        this.#sheets.push(sheet);
        return [sheet];
      },
    );
  }
}

/**
 * Those of a document that apply. Of the titled ones it is one set: the first that is no alternate, or what a script turned on in its place. Chromium does
 * not call the others disabled.
 */
function inUse(sheets: readonly CSSStyleSheet[]): readonly CSSStyleSheet[] {
  const first = sheets.find(({ title, ownerNode }) => title && !isAlternate(ownerNode));
  const isLeft = first !== undefined && sheets.every(({ title, disabled }) => title !== first.title || disabled);
  return sheets.filter(({ title, disabled, ownerNode }) => {
    if (disabled) return false;
    if (isLeft) return true;
    return !isAlternate(ownerNode) && (!title || title === first?.title);
  });
}

const isAlternate = (owner: Element | ProcessingInstruction | null): boolean =>
  owner !== null && owner.nodeType === 1 && /(?:^|\s)alternate(?:\s|$)/i.test(attribute(owner as Element, 'rel') ?? '');

/** `background: ;` is what Chrome writes for `background: var(--a); background-color: red`. */
const LOST_DECLARATION = /[{;]\s*[-a-z]+:\s*;/;
const IMPORT_DEPTH = 8;

const shadowSheetsOf = (root: ShadowRoot): StyleSheetList | readonly CSSStyleSheet[] => root.styleSheets ?? [];

const styleSheetsIn = (root: Document | ShadowRoot): ArrayLike<CSSStyleSheet> =>
  root.nodeType === 9 ? styleSheetsOf(root as Document) : shadowSheetsOf(root as ShadowRoot);

/** Null when they may not be read: a sheet of another origin that does not share it. */
function rulesOf(sheet: CSSStyleSheet): readonly CSSRule[] | null {
  try {
    return Array.from(sheet.cssRules);
  } catch {
    return null;
  }
}

/** Writes rules out, imported ones in place. Answers the addresses of imported sheets that may not be read. */
function gather(rules: readonly CSSRule[], base: string, into: Segment[], depth: number): string[] {
  const absent: string[] = [];
  const texts: string[] = [];
  for (const rule of rules) {
    if (!isImport(rule)) {
      texts.push(rule.cssText);
      continue;
    }
    const address = absoluteAddress(rule.href, base);
    const imported = rule.styleSheet === null || depth >= IMPORT_DEPTH ? null : rulesOf(rule.styleSheet);
    if (imported === null) {
      if (address !== null) absent.push(address);
      continue;
    }
    const inner: Segment[] = [];
    absent.push(...gather(imported, address ?? base, inner, depth + 1));
    const conditions = conditionsOf(rule);
    const before = conditions.map((condition) => `${condition}{`).join('');
    const after = '}'.repeat(conditions.length);
    for (const segment of inner)
      into.push({ ...segment, before: before + segment.before, after: segment.after + after });
  }
  into.push({ css: texts.join('\n'), base, before: '', after: '' });
  return absent;
}

function conditionsOf(rule: CSSImportRule): readonly string[] {
  const { layerName, supportsText } = rule as { layerName?: string | null; supportsText?: string | null };
  const media = rule.media.mediaText;
  return [
    ...(layerName === null || layerName === undefined ? [] : [`@layer ${layerName}`]),
    ...(supportsText === null || supportsText === undefined ? [] : [`@supports (${supportsText})`]),
    ...(media === '' ? [] : [`@media ${media}`]),
  ];
}

const isImport = (rule: CSSRule): rule is CSSImportRule => 'styleSheet' in rule;

function sourceOf(owner: Node): string {
  let source = '';
  for (let child = firstChildOf(owner); child !== null; child = nextSiblingOf(child)) source += charactersOf(child);
  return source;
}

/** Whether a source still is what applies: a script may have inserted rules since. */
function saysTheSame(source: string, rules: readonly CSSRule[]): boolean {
  try {
    const parsed = new CSSStyleSheet();
    parsed.replaceSync(source);
    return parsed.cssRules.length === rules.length;
  } catch {
    return false;
  }
}
