/** The places of a longest strictly increasing subsequence (patience sorting, n log n). */
export function longestIncreasing(values: readonly number[]): ReadonlySet<number> {
  // The last value of the best run of each length, and what comes before each value in its run.
  const ends: number[] = [];
  const previous: number[] = [];
  values.forEach((value, place) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[ends[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous[place] = low === 0 ? -1 : (ends[low - 1] as number);
    ends[low] = place;
  });
  const places = new Set<number>();
  for (let place = ends.at(-1) ?? -1; place !== -1; place = previous[place] as number) places.add(place);
  return places;
}
