import type { HighlightId, TextBlock } from '@liasse/core';
import { createContext } from 'react';

/** A stretch of the text to draw as highlighted, in offsets of its projection. */
export interface Mark {
  readonly id: HighlightId;
  readonly start: number;
  readonly end: number;
  readonly comment: string;
  readonly who: string;
}

/** What drawing the words of a text needs to know of its highlights. */
export interface MarkedReading {
  readonly marks: readonly Mark[];
  /** Where a block begins; undefined for a block of another text. */
  readonly startOf: (block: TextBlock) => number | undefined;
}

export const MarkedReadingContext = createContext<MarkedReading | null>(null);

/** A stretch of words with the highlights that lie over it. */
export interface Run {
  readonly text: string;
  readonly at: number;
  readonly marks: readonly Mark[];
}

/** Cuts words that begin at `at` where highlights begin and end. */
export function runsOf(text: string, at: number, marks: readonly Mark[]): readonly Run[] {
  const end = at + text.length;
  const over = marks.filter((mark) => mark.start < end && mark.end > at);
  if (over.length === 0) return [{ text, at, marks: [] }];
  const inside = over.flatMap((mark) => [mark.start, mark.end]).filter((cut) => cut > at && cut < end);
  const cuts = [...new Set([at, ...inside, end])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] as number;
    return {
      text: text.slice(from - at, to - at),
      at: from,
      marks: over.filter((mark) => mark.start <= from && mark.end >= to),
    };
  });
}

/** The element that holds a highlight's comment, after its passage. */
export const commentId = (id: string): string => `comment-${id}`;
