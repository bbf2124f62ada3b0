import { baseAddressOf, compatModeOf } from '../dom.ts';
import { CaptureLimits } from '../limits.ts';
import type { FieldRule } from '../privacy/index.ts';
import { absoluteAddress } from './markup.ts';
import { attributesStyled, type Names, noNames } from './selectors.ts';
import { type Resource, Shelf } from './shelf.ts';
import { Sprites } from './sprites.ts';
import { type Sheet, SheetReader } from './styles.ts';
import type { SnapshotOptions, UnreachedResource, Written } from './types.ts';

/** What the documents of one snapshot share. */
export class Capture {
  readonly shelf: Shelf;
  readonly options: SnapshotOptions;
  /** Every document, in the order they were met: the page, then its frames, a frame always after what holds it. */
  readonly pages: PageContext[] = [];
  /** Frames of other sites. */
  readonly framesAway: UnreachedResource[] = [];
  /** Markup that may still be written, in UTF-16 units. */
  charactersLeft: number = CaptureLimits.documentCharacters;
  readonly #deadline: number;
  #tokens = 0;

  constructor(options: SnapshotOptions) {
    this.options = options;
    this.#deadline = options.clock.now() + CaptureLimits.passMs;
    this.shelf = new Shelf({ ...options, nextToken: () => this.nextToken() });
  }

  nextToken(): string {
    this.#tokens += 1;
    return `liasse-resource:${this.#tokens}`;
  }

  /** Whether no more markup is to be written. */
  isSpent(): boolean {
    return this.charactersLeft <= 0 || this.options.clock.now() > this.#deadline;
  }

  /** Takes in a framed document; null past the limits. */
  frame(document: Document, within: PageContext): PageContext | null {
    const isFull = this.pages.length > CaptureLimits.frames || within.depth >= CaptureLimits.frameDepth;
    return isFull || this.isSpent() ? null : this.page(document, within.depth + 1);
  }

  page(document: Document, depth: number): PageContext {
    const page = new PageContext(this, document, depth);
    this.pages.push(page);
    return page;
  }
}

/** One document of a snapshot, while it is written. */
export class PageContext {
  readonly capture: Capture;
  readonly document: Document;
  /** How many frames it stands in. */
  readonly depth: number;
  /** Of the framed document, as the one that holds it refers to it. */
  readonly token: string;
  readonly base: string;
  readonly isQuirky: boolean;
  readonly names: Names = noNames();
  /** Attributes that its style sheets look at. */
  readonly styled = new Set<string>();
  readonly sheets: SheetReader;
  readonly body: Written[] = [];
  headSheets: readonly Sheet[] = [];
  /** Of the `<select>` being written. */
  selectRule: FieldRule = 'keep';
  readonly sprites = new Sprites();
  /** Whether the tree being written holds something that the copy's own style sheet speaks of. */
  usesMarks = false;

  constructor(capture: Capture, document: Document, depth: number) {
    this.capture = capture;
    this.document = document;
    this.depth = depth;
    this.token = capture.nextToken();
    this.base = baseAddressOf(document);
    this.isQuirky = compatModeOf(document) === 'BackCompat';
    this.sheets = new SheetReader(capture.options.missing);
  }

  /** The sheets of a tree, and the attributes that they look at. */
  sheetsOf(root: Document | ShadowRoot): readonly Sheet[] {
    const sheets = this.sheets.sheetsOf(root);
    for (const { segments } of sheets) for (const { css } of segments ?? []) attributesStyled(css, this.styled);
    return sheets;
  }

  /** Asks for what is behind an address as it is written in this document. */
  wantAt(kind: 'image' | 'font', address: string, base = this.base): Resource | null {
    return this.capture.shelf.want(kind, absoluteAddress(address, base));
  }

  noteClasses(value: string): void {
    if (!/[\t\n\f\r ]/.test(value)) this.names.classes.add(value);
    else for (const name of value.split(/[\t\n\f\r ]+/)) this.names.classes.add(name);
  }
}
