export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Calls `act` so often a second, by the clock and not by the last call, for so long; catches up when it was late. */
export async function paced(perSecond: number, seconds: number, act: (n: number) => void): Promise<number> {
  const startedMs = performance.now();
  const total = Math.round(perSecond * seconds);
  let done = 0;
  while (done < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) / 1000) * perSecond) + 1);
    while (done < due) {
      act(done);
      done += 1;
    }
    await pause(Math.max(1, startedMs + (done * 1000) / perSecond - performance.now()));
  }
  return done;
}

/** Waits until it is so, or the time is over. @returns whether it is so */
export async function comesTrue(isTrue: () => boolean, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (!isTrue()) {
    if (performance.now() > deadline) return false;
    await pause(5);
  }
  return true;
}

/** Does it with each, so many at a time. */
export async function inBatches<T, R>(
  items: readonly T[],
  atOnce: number,
  act: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(act))));
  }
  return results;
}
