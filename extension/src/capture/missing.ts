import type { Missing } from '@liasse/core';

/** Counts what could not be kept, by kind and by origin. */
export class MissingCount {
  readonly #counts = new Map<string, { kind: Missing['kind']; origin: string | null; count: number }>();

  /** @param url - the address it would have come from, absolute, or null where it has none */
  add(kind: Missing['kind'], url: string | null, count = 1): void {
    const origin = url === null ? null : originOf(url);
    const key = `${kind} ${origin ?? ''}`;
    const entry = this.#counts.get(key);
    if (entry === undefined) this.#counts.set(key, { kind, origin, count });
    else entry.count += count;
  }

  addAll(other: MissingCount): void {
    for (const { kind, origin, count } of other.#counts.values()) this.add(kind, origin, count);
  }

  /** At most 200 lines; the others are added up by kind, so that the number stays true. */
  list(): Missing[] {
    const all = [...this.#counts.values()].sort((a, b) => b.count - a.count);
    const rest = new Map<Missing['kind'], Missing>();
    for (const { kind, count } of all.slice(KEPT)) {
      rest.set(kind, { kind, origin: null, count: (rest.get(kind)?.count ?? 0) + count });
    }
    return [...all.slice(0, KEPT), ...rest.values()];
  }
}

const KEPT = 180;

/** The origin of an absolute address, or null when it has none (`data:`, `about:`, malformed). */
export function originOf(url: string): string | null {
  try {
    const { origin } = new URL(url);
    return origin === 'null' ? null : origin.slice(0, 300);
  } catch {
    return null;
  }
}
