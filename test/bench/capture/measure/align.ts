/** Beyond so many additions and losses, the shortest script is not looked for: two such documents have little in common. */
const MOST_EDITS = 3000;

/**
 * Which element of `copy` each element of `original` is found again in, in order: the longest common subsequence, so that one
 * lost or added element does not shift all that follow. -1 where there is none.
 */
export function align(original: readonly string[], copy: readonly string[]): Int32Array {
  const found = new Int32Array(original.length).fill(-1);
  let start = 0;
  let endA = original.length;
  let endB = copy.length;
  for (; start < endA && start < endB && original[start] === copy[start]; start += 1) found[start] = start;
  for (; endA > start && endB > start && original[endA - 1] === copy[endB - 1]; endA -= 1, endB -= 1) {
    found[endA - 1] = endB - 1;
  }
  const pairs =
    shortestScript(original.slice(start, endA), copy.slice(start, endB)) ??
    byOccurrence(original.slice(start, endA), copy.slice(start, endB));
  for (const [a, b] of pairs) found[start + a] = start + b;
  return found;
}

type Pair = readonly [original: number, copy: number];

/** Myers, "An O(ND) difference algorithm", 1986; null past the bound. */
function shortestScript(a: readonly string[], b: readonly string[]): Pair[] | null {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const reach = new Int32Array(2 * most + 3);
  const centre = most + 1;
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reach.slice(centre - edits - 1, centre + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const left = reach[centre + diagonal - 1] as number;
      const above = reach[centre + diagonal + 1] as number;
      const down = diagonal === -edits || (diagonal !== edits && left < above);
      let x = down ? above : left + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reach[centre + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return walkBack(trace, a.length, b.length);
    }
  }
  return null;
}

function walkBack(trace: readonly Int32Array[], lengthA: number, lengthB: number): Pair[] {
  const pairs: Pair[] = [];
  let x = lengthA;
  let y = lengthB;
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reach = trace[edits] as Int32Array;
    const at = (diagonal: number) => reach[diagonal + edits + 1] as number;
    const diagonal = x - y;
    const down = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const before = down ? diagonal + 1 : diagonal - 1;
    const fromX = edits === 0 ? 0 : at(before);
    const fromY = fromX - before;
    while (x > (down ? fromX : fromX + 1) || (edits === 0 && x > 0)) {
      x -= 1;
      y -= 1;
      pairs.push([x, y]);
    }
    x = fromX;
    y = fromY;
  }
  return pairs;
}

function byOccurrence(a: readonly string[], b: readonly string[]): Pair[] {
  const places = new Map<string, number[]>();
  for (const [at, key] of b.entries()) places.set(key, [...(places.get(key) ?? []), at]);
  return a.flatMap((key, at): Pair[] => {
    const place = places.get(key)?.shift();
    return place === undefined ? [] : [[at, place]];
  });
}
