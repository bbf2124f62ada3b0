import { ByteReader, Malformed } from './byteReader.ts';
import { type Budget, spendTicks, walkContent, walkKey } from './content.ts';

/** Clocks `[from, to)`. */
export interface ClockRange {
  readonly from: number;
  readonly to: number;
}

export interface Id {
  readonly client: number;
  readonly clock: number;
}

/** What an update says it brings and what it leans on, known without applying it. */
export interface UpdateShape {
  /** New structs, per client id. */
  readonly structs: ReadonlyMap<number, ClockRange>;
  /** Clocks that must be there already, per client id, or be brought by this same update: all below the number. */
  readonly needs: ReadonlyMap<number, number>;
  /** Ends of skipped ranges: all below must be there already. */
  readonly gaps: readonly { readonly client: number; readonly to: number }[];
  /** Of each type that it brings (a map, a list, a text): what it stands in or beside; null at the top of the document. */
  readonly types: readonly (Id | null)[];
  /** Deleted ranges, per client id, in order and apart. */
  readonly deletes: ReadonlyMap<number, readonly ClockRange[]>;
}

const LIMITS = {
  // A struct takes some 200 bytes of memory: this many is a large team's whole board, offline for a year.
  structs: 500_000,
  values: 2_000_000,
  // The deleted text of a long life; a clock near 2^53 would break every later edit of its client.
  unpaidTicks: 2 ** 26,
};

const ORIGIN = 0x80;
const RIGHT_ORIGIN = 0x40;
const PARENT_SUB = 0x20;
const CONTENT = 0x1f;
const GC = 0;
const TYPE = 7;
const SKIP = 10;

/**
 * Walks over an update (V1) without building anything from it; null when it is malformed or abusive.
 *
 * `Y.parseUpdateMeta` is no gate: it decodes the contents (a few bytes can ask it for gigabytes), does not look at
 * deletions, and accepts what later makes `applyUpdate` throw halfway, with half of the update in the document.
 */
export function shapeOf(update: Uint8Array): UpdateShape | null {
  try {
    const reader = new ByteReader(update);
    const walked = walkStructs(reader);
    const deletes = walkDeletes(reader);
    reader.end();
    return { ...walked, deletes };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function walkStructs(reader: ByteReader): Omit<UpdateShape, 'deletes'> {
  const structs = new Map<number, ClockRange>();
  const needs = new Map<number, number>();
  const gaps: { client: number; to: number }[] = [];
  const types: (Id | null)[] = [];
  const budget: Budget = { values: LIMITS.values, unpaidTicks: LIMITS.unpaidTicks };
  let structsLeft = LIMITS.structs;

  const clients = reader.count(3);
  for (let i = 0; i < clients; i += 1) {
    const count = reader.count(1);
    const client = reader.varUint();
    const from = reader.varUint();
    structsLeft -= count;
    if (structsLeft < 0) throw new Malformed('too many structs');
    // Yjs keeps the second block of a client and drops the first without a word.
    if (structs.has(client)) throw new Malformed('a client twice');
    let clock = from;
    let to = from;
    let gap = false;
    for (let j = 0; j < count; j += 1) {
      const info = reader.byte();
      const kind = info & CONTENT;
      if (kind === SKIP) {
        clock += spendTicks(budget, reader.varUint());
        gap = true;
        continue;
      }
      if (gap) gaps.push({ client, to: clock });
      gap = false;
      if (kind === GC) clock += spendTicks(budget, reader.varUint());
      else clock += walkItem(reader, info, { client, clock }, { needs, types, budget });
      if (clock > Number.MAX_SAFE_INTEGER) throw new Malformed('number out of range');
      to = clock;
    }
    structs.set(client, { from, to });
  }
  return { structs, needs, gaps, types };
}

interface Found {
  readonly needs: Map<number, number>;
  readonly types: (Id | null)[];
  readonly budget: Budget;
}

function walkItem(reader: ByteReader, info: number, own: Id, { needs, types, budget }: Found): number {
  let anchor: Id | null = null;
  const need = () => {
    const client = reader.varUint();
    const clock = reader.varUint();
    // Yjs trusts an item to lean only on earlier ones of its own client, and throws halfway when it does not.
    if (client === own.client && clock >= own.clock) throw new Malformed('an item that leans on itself');
    if (clock >= (needs.get(client) ?? 0)) needs.set(client, clock + 1);
    anchor = { client, clock };
  };
  if (info & ORIGIN) need();
  if (info & RIGHT_ORIGIN) need();
  if ((info & (ORIGIN | RIGHT_ORIGIN)) === 0) {
    if (reader.varUint() === 1) walkKey(reader);
    else need();
    if (info & PARENT_SUB) walkKey(reader);
  }
  if ((info & CONTENT) === TYPE) types.push(anchor);
  return walkContent(reader, info & CONTENT, budget);
}

function walkDeletes(reader: ByteReader): Map<number, readonly ClockRange[]> {
  const deletes = new Map<number, readonly ClockRange[]>();
  const clients = reader.count(2);
  for (let i = 0; i < clients; i += 1) {
    const client = reader.varUint();
    const count = reader.count(2);
    if (deletes.has(client)) throw new Malformed('a client twice');
    const ranges: ClockRange[] = [];
    let last = 0;
    for (let j = 0; j < count; j += 1) {
      const from = reader.varUint();
      const to = from + reader.varUint();
      // Overlapping ranges make Yjs walk over the same structs again for each: every encoder merges them.
      if (from < last || to <= from || to > Number.MAX_SAFE_INTEGER) throw new Malformed('deletions out of order');
      ranges.push({ from, to });
      last = to;
    }
    deletes.set(client, ranges);
  }
  return deletes;
}
