/** An element of a drawing. `parent`: its place in the list, -1 for none; `uses`: the id of what it stands for. */
export interface UsedElement {
  readonly parent: number;
  readonly id: string | null;
  readonly uses: string | null;
}

/**
 * How many elements a drawing is once every `<use>` stands for what it uses: ten references to ten references, ten deep, are ten
 * thousand million. Infinite where one refers to itself, and past `most`, where counting stops.
 */
export function expandedSize(elements: readonly UsedElement[], most: number): number {
  if (elements.every(({ uses }) => uses === null)) return elements.length;
  const targets = new Map<string, number>();
  for (const [at, { id }] of elements.entries()) if (id !== null && !targets.has(id)) targets.set(id, at);
  const children = elements.map((): number[] => []);
  for (const [at, { parent }] of elements.entries()) children[parent]?.push(at);
  const next = (at: number): readonly number[] => {
    const uses = elements[at]?.uses ?? null;
    const target = uses === null ? undefined : targets.get(uses);
    return target === undefined ? (children[at] ?? []) : [...(children[at] ?? []), target];
  };

  const sizes = new Map<number, number>();
  const UNDERWAY = Number.POSITIVE_INFINITY;
  const waiting = [0];
  // Each element twice: to begin with what is in it, then to add it up. Without recursion, whatever the depth.
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (sizes.has(at) && sizes.get(at) !== UNDERWAY) continue;
    const inner = next(at);
    const isBegun = sizes.has(at);
    if (!isBegun) {
      sizes.set(at, UNDERWAY);
      const open = inner.filter((one) => !sizes.has(one));
      if (open.length > 0) {
        waiting.push(at, ...open);
        continue;
      }
    }
    let size = 1;
    for (const one of inner) size += sizes.get(one) ?? 0;
    if (size > most) return UNDERWAY;
    sizes.set(at, size);
  }
  return sizes.get(0) ?? 0;
}
