/** A stretch that both sequences have: `length` values from `a` in the first, from `b` in the second. */
export interface Match {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** What a comparison has cost so far, in elementary steps: the same on every machine, so tests can hold it to a bound. */
export interface Meter {
  steps: number;
}

/** A rectangle of the edit graph that is still to be compared. */
type Region = readonly [aFrom: number, aTo: number, bFrom: number, bTo: number];

/**
 * What two sequences share when one becomes the other by the fewest insertions and removals; null when that takes more than
 * `maxEdits` (unless one only adds to the other, which is seen at once). E. Myers, “An O(ND) Difference Algorithm and Its Variations” (1986), in its linear-space form: the middle of the shortest
 * path is met from both ends, then each half is compared alone. The bound is checked while the first middle is looked for, so
 * giving up is as bounded as going on.
 */
export function shortestEdit(
  a: Int32Array,
  b: Int32Array,
  { maxEdits, meter }: { readonly maxEdits: number; readonly meter: Meter },
): readonly Match[] | null {
  const matches: Match[] = [];
  // Each half of a split region is at most as far apart as the whole was, so only the first search can run into the bound.
  const regions: Region[] = [[0, a.length, 0, b.length]];
  const reach = Math.min(a.length + b.length, maxEdits) + 3;
  const forward = new Int32Array(2 * reach);
  const backward = new Int32Array(2 * reach);
  for (let region = regions.pop(); region !== undefined; region = regions.pop()) {
    let [aFrom, aTo, bFrom, bTo] = region;
    let length = 0;
    while (aFrom + length < aTo && bFrom + length < bTo && a[aFrom + length] === b[bFrom + length]) length++;
    if (length > 0) matches.push({ a: aFrom, b: bFrom, length });
    aFrom += length;
    bFrom += length;
    let tail = 0;
    while (aTo - tail > aFrom && bTo - tail > bFrom && a[aTo - tail - 1] === b[bTo - tail - 1]) tail++;
    aTo -= tail;
    bTo -= tail;
    if (tail > 0) matches.push({ a: aTo, b: bTo, length: tail });
    meter.steps += length + tail + 1;
    if (aFrom === aTo || bFrom === bTo) continue;
    const middle = meetInTheMiddle(a, b, [aFrom, aTo, bFrom, bTo], { forward, backward, maxEdits, meter });
    if (middle === 'too-far') return null;
    if (middle === 'nothing-shared') continue;
    regions.push([middle.a, aTo, middle.b, bTo], [aFrom, middle.a, bFrom, middle.b]);
  }
  return joined(matches.sort((x, y) => x.a - y.a));
}

interface Search {
  /** Furthest reached on each diagonal from the start, and from the end. */
  readonly forward: Int32Array;
  readonly backward: Int32Array;
  readonly maxEdits: number;
  readonly meter: Meter;
}

function meetInTheMiddle(
  a: Int32Array,
  b: Int32Array,
  [aFrom, aTo, bFrom, bTo]: Region,
  { forward, backward, maxEdits, meter }: Search,
): { readonly a: number; readonly b: number } | 'too-far' | 'nothing-shared' {
  const n = aTo - aFrom;
  const m = bTo - bFrom;
  const rounds = Math.min(Math.ceil((n + m) / 2), Math.ceil(maxEdits / 2));
  const zero = rounds + 1;
  forward.fill(-1, 0, 2 * zero + 1);
  backward.fill(-1, 0, 2 * zero + 1);
  forward[zero + 1] = 0;
  backward[zero + 1] = 0;
  const delta = n - m;
  // The two searches meet on a forward step when the distance is odd, on a backward one when it is even.
  const odd = delta % 2 !== 0;
  // Diagonals that have run off the rectangle are not followed further.
  const off = { low: 0, high: 0, backLow: 0, backHigh: 0 };

  for (let d = 0; d <= rounds; d++) {
    for (let k = -d + off.low; k <= d - off.high; k += 2) {
      const down = k === -d || (k !== d && at(forward, zero + k - 1) < at(forward, zero + k + 1));
      let x = down ? at(forward, zero + k + 1) : at(forward, zero + k - 1) + 1;
      let y = x - k;
      const from = x;
      while (x < n && y < m && a[aFrom + x] === b[bFrom + y]) {
        x++;
        y++;
      }
      meter.steps += x - from + 1;
      forward[zero + k] = x;
      if (x > n) off.high += 2;
      else if (y > m) off.low += 2;
      else if (odd) {
        const other = delta - k;
        if (Math.abs(other) < d && at(backward, zero + other) !== -1 && x >= n - at(backward, zero + other)) {
          return { a: aFrom + x, b: bFrom + y };
        }
      }
    }
    for (let k = -d + off.backLow; k <= d - off.backHigh; k += 2) {
      const down = k === -d || (k !== d && at(backward, zero + k - 1) < at(backward, zero + k + 1));
      let x = down ? at(backward, zero + k + 1) : at(backward, zero + k - 1) + 1;
      let y = x - k;
      const from = x;
      while (x < n && y < m && a[aTo - x - 1] === b[bTo - y - 1]) {
        x++;
        y++;
      }
      meter.steps += x - from + 1;
      backward[zero + k] = x;
      if (x > n) off.backHigh += 2;
      else if (y > m) off.backLow += 2;
      else if (!odd) {
        const other = delta - k;
        if (Math.abs(other) <= d && at(forward, zero + other) !== -1) {
          const reached = at(forward, zero + other);
          if (reached >= n - x) return { a: aFrom + reached, b: bFrom + reached - other };
        }
      }
    }
  }
  return maxEdits >= n + m ? 'nothing-shared' : 'too-far';
}

const at = (values: Int32Array, index: number): number => values[index] as number;

/** Neighbouring stretches as one. */
function joined(matches: readonly Match[]): readonly Match[] {
  const whole: Match[] = [];
  for (const match of matches) {
    const last = whole.at(-1);
    if (last !== undefined && last.a + last.length === match.a && last.b + last.length === match.b) {
      whole[whole.length - 1] = { ...last, length: last.length + match.length };
    } else whole.push(match);
  }
  return whole;
}
