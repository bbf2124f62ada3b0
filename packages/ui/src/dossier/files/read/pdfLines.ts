import type { BlockList } from './blockList.ts';

/** A run of characters where a page has it. */
export interface PlacedText {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly height: number;
  readonly width: number;
  /** The last two are its place, in points from the page’s lower left corner. */
  readonly transform: readonly number[];
}

interface Line {
  text: string;
  readonly top: number;
  size: number;
  end: number;
}

/**
 * Makes paragraphs of what a page shows, in the order in which the page writes it: a gap larger than the lines around it begins
 * another paragraph; larger letters than most make a heading.
 */
export function addLines(items: readonly PlacedText[], list: BlockList): void {
  const lines = linesOf(items);
  const usual = usualSize(lines);
  let paragraph = '';
  let before: Line | null = null;
  const end = () => {
    if (before !== null && before.size > usual * 1.2 && paragraph.length < 300) {
      list.heading(before.size > usual * 1.6 ? 1 : 2, paragraph);
    } else {
      list.paragraph(paragraph);
    }
    paragraph = '';
  };
  for (const line of lines) {
    if (before !== null && isApart(before, line)) end();
    // A word that was broken at the end of a line is one word again, unless it has a hyphen of its own.
    const isBroken = /\p{Ll}[-\u00ad]$/u.test(paragraph) && /^\p{Ll}/u.test(line.text);
    paragraph = isBroken ? paragraph.slice(0, -1) + line.text : `${paragraph} ${line.text}`.trim();
    before = line;
  }
  end();
}

function linesOf(items: readonly PlacedText[]): readonly Line[] {
  const lines: Line[] = [];
  let line: Line | null = null;
  for (const { str, hasEOL, height, width, transform } of items) {
    const [, , , , left = 0, top = 0] = transform;
    if (str.trim() !== '') {
      if (line === null || Math.abs(line.top - top) > Math.max(line.size, height) * 0.6) {
        line = { text: '', top, size: height, end: left };
        lines.push(line);
      }
      // Columns of one line are apart by more than a space.
      const gap = left - line.end > height * 0.15 && line.text !== '' ? ' ' : '';
      line.text += gap + str;
      line.size = Math.max(line.size, height);
    } else if (line !== null && str !== '') line.text += ' ';
    if (line !== null) line.end = left + width;
    if (hasEOL) line = null;
  }
  return lines.map((each) => ({ ...each, text: each.text.replace(/\s+/gu, ' ').trim() }));
}

const isApart = (before: Line, line: Line): boolean =>
  before.top - line.top > Math.max(before.size, line.size) * 1.6 ||
  line.top > before.top + before.size ||
  Math.abs(before.size - line.size) > Math.min(before.size, line.size) * 0.15;

/** The size that most characters have. */
function usualSize(lines: readonly Line[]): number {
  const weights = new Map<number, number>();
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2;
    weights.set(rounded, (weights.get(rounded) ?? 0) + text.length);
  }
  return [...weights].reduce((most, each) => (each[1] > most[1] ? each : most), [12, 0])[0];
}
