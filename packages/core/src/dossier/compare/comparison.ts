import type { TextBlock } from '../text.ts';

/** Words that both texts have, or one of them. Same and removed runs together are the earlier text, same and added the later. */
export interface WordRun {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/**
 * What became of one block. `before` and `after` are its places in the two texts.
 * `reshaped`: the same words in another layout or typography. `changed` without `words`: it would have taken too long to tell which.
 * `moved`: stands here now, word for word; `moved-away`: stood here.
 */
export type BlockChange =
  | { readonly kind: 'same'; readonly before: number; readonly after: number }
  | {
      readonly kind: 'reshaped' | 'changed';
      readonly before: number;
      readonly after: number;
      readonly former: TextBlock;
      readonly block: TextBlock;
      readonly words: readonly WordRun[] | null;
    }
  | { readonly kind: 'added'; readonly after: number; readonly block: TextBlock }
  | { readonly kind: 'removed'; readonly before: number; readonly former: TextBlock }
  | { readonly kind: 'moved'; readonly before: number; readonly after: number; readonly block: TextBlock }
  | { readonly kind: 'moved-away'; readonly before: number; readonly after: number; readonly former: TextBlock };

/** An article, or what stands under a heading, in the later text's order; what was removed stands where it was. */
export interface SectionChange {
  readonly status: 'same' | 'changed' | 'added' | 'removed';
  /** Whether it stands elsewhere among its neighbours than before. Its words may have changed too. */
  readonly moved: boolean;
  /** Whether it is an article; else a passage under a heading, or before the first. */
  readonly article: boolean;
  /** As printed: `Article L. 212-3`, or the heading; empty for what stands before any. */
  readonly label: string;
  /** Its label in the earlier text, where that was another. */
  readonly formerLabel: string | null;
  /** For a moved one, the label of what it stood after; empty at the very beginning. Null otherwise. */
  readonly formerlyAfter: string | null;
  readonly blocks: readonly BlockChange[];
}

export interface SectionCounts {
  readonly same: number;
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  readonly moved: number;
  readonly renumbered: number;
}

/** Two texts, part by part. */
export interface Comparison {
  readonly sections: readonly SectionChange[];
  readonly counts: {
    readonly articles: SectionCounts;
    /** What is not in an article. */
    readonly passages: SectionCounts;
    readonly words: { readonly added: number; readonly removed: number };
  };
  /** Blocks that were shown whole because telling their words apart would have taken too long. */
  readonly coarse: number;
}
