/** One figure. `peers`: the others measured beside it, or the floor nobody can go under. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly peers?: Readonly<Record<string, number>>;
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
  /** How it was measured, or why there is no peer. */
  readonly note: string;
  /** What the figure is made of, page by page: in the JSON only. */
  readonly details?: unknown;
}

export interface BenchOptions {
  /** Only proves that it still runs: small sizes, everything once. */
  readonly quick: boolean;
  /** What people do takes the time that people take. */
  readonly full: boolean;
  /** A row for each page, not only for all of them. */
  readonly pages: boolean;
  /** The pages to take, by name; none: all. */
  readonly only: readonly string[];
  /** The parts to run, by name; none: all. */
  readonly parts: readonly string[];
  readonly log: (line: string) => void;
}

export interface Bench {
  readonly name: string;
  run(options: BenchOptions): Promise<readonly Row[]>;
}

export type BenchPart = (options: BenchOptions) => Promise<readonly Row[]>;

/** A bench of parts that can be run one by one: `pnpm bench NAME PART`. */
export function benchOfParts(name: string, parts: Readonly<Record<string, BenchPart>>): Bench {
  return {
    name,
    async run(options) {
      const asked = options.parts;
      const unknown = asked.filter((part) => !(part in parts));
      if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')} (${Object.keys(parts).join(', ')})`);
      const rows: Row[] = [];
      for (const [part, run] of Object.entries(parts)) {
        if (asked.length > 0 && !asked.includes(part)) continue;
        options.log(`${name} ${part}`);
        rows.push(...(await run(options)));
      }
      return rows;
    },
  };
}

/** The median of an odd or even number of figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The smallest figure that `share` of all do not exceed. @param share - 0.95 for p95 */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

/** Smallest to largest, for a note: `120–340`. */
export const range = (figures: readonly number[]): string =>
  `${Math.round(Math.min(...figures))}–${Math.round(Math.max(...figures))}`;
