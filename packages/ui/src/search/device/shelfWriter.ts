import type { SearchShelf, SegmentToKeep } from '@liasse/core/replica';
import { encodeSegment, type SearchIndex, type Segment } from '@liasse/core/search';

/** Keeps an index on its shelf: new segments as they come, of the others what is deleted. @see SPEC.md X16 */
export class ShelfWriter {
  readonly #index: SearchIndex;
  readonly #shelf: SearchShelf;
  readonly #isWriter: () => Promise<boolean>;
  /** The segments that are on the shelf, under which number. */
  #kept = new Map<Segment, number>();
  #removedTexts: string[] = [];
  /** The segments kept last, by number and deletions. */
  #shape = '';
  #lastId = 0;
  #wasWriter = false;

  constructor(
    index: SearchIndex,
    { shelf, isWriter }: { readonly shelf: SearchShelf; readonly isWriter: () => Promise<boolean> },
  ) {
    this.#index = index;
    this.#shelf = shelf;
    this.#isWriter = isWriter;
  }

  /** Says that a segment was read from the shelf. */
  isKept(segment: Segment, id: number): void {
    this.#kept.set(segment, id);
    this.#lastId = Math.max(this.#lastId, id);
  }

  removeText(key: string): void {
    this.#removedTexts.push(key);
  }

  /** To be called before the shelf is read: what is read by the one that writes stays as it is. */
  async begin(): Promise<void> {
    this.#wasWriter = await this.#isWriter();
  }

  async keep(): Promise<void> {
    if (!(await this.#isWriter())) return;
    if (!this.#wasWriter) await this.#takeOver();
    this.#wasWriter = true;
    this.#index.freeze();
    const kept = new Map<Segment, number>();
    const segments = this.#index.segments.map((segment): SegmentToKeep => {
      const known = this.#kept.get(segment);
      const id = known ?? ++this.#lastId;
      kept.set(segment, id);
      return { id, bytes: known === undefined ? encodeSegment(segment) : null, deleted: [...segment.deleted] };
    });
    const shape = segments.map(({ id, deleted }) => `${id} ${deleted.length}`).join();
    if (shape !== this.#shape) await this.#shelf.keep(segments);
    this.#shape = shape;
    this.#kept = kept;
    const removed = this.#removedTexts.filter((key) => this.#index.entry(key) === null);
    this.#removedTexts = [];
    if (removed.length > 0) await this.#shelf.removeTexts(removed);
  }

  /** Another context wrote until now: what is on the shelf is its own, and the whole of this index takes its place. */
  async #takeOver(): Promise<void> {
    this.#kept = new Map();
    for (const key of await this.#shelf.textKeys()) if (this.#index.entry(key) === null) this.removeText(key);
  }
}
