/** What is looked at of each sampled node: 20 properties that text, colour, ground, border, box and place show by. */
export const PROPERTIES = [
  'background-color',
  'background-image',
  'border-top-color',
  'border-top-style',
  'border-top-width',
  'box-shadow',
  'color',
  'display',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'letter-spacing',
  'line-height',
  'list-style-type',
  'opacity',
  'position',
  'text-align',
  'text-decoration-line',
  'text-transform',
] as const;

/** Two pixels: what fonts of another origin's cache, or a rounded zoom, may move a box by without anyone seeing it. */
const BOX_TOLERANCE_PX = 2;

/** A node as it is drawn: its box on the page, and `PROPERTIES` in their order. */
export interface DrawnNode {
  readonly box: readonly [left: number, top: number, width: number, height: number];
  readonly properties: readonly string[];
}

/** What differs between a node and its copy: names of properties, `box`, or `absent`. Nothing when they agree. */
export function differences(original: DrawnNode, copy: DrawnNode | null): string[] {
  if (copy === null) return ['absent'];
  const others: string[] = PROPERTIES.filter(
    (_, at) => comparable(original.properties[at] ?? '') !== comparable(copy.properties[at] ?? ''),
  );
  const isMoved = original.box.some((side, at) => Math.abs(side - (copy.box[at] as number)) > BOX_TOLERANCE_PX);
  return isMoved ? [...others, 'box'] : others;
}

/** A copy holds its images itself: that there is one is compared, its address is not. */
const comparable = (value: string) => value.replace(/url\((?:"(?:[^"\\]|\\.)*"|[^)]*)\)/g, 'url()');
