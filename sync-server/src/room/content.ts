import { type ByteReader, Malformed } from './byteReader.ts';

// Deeper values overflow the stack of whoever encodes them again, on every device.
const MAX_DEPTH = 100;
const ROOT_TYPES = 7;
const XML_ELEMENT = 3;
const XML_HOOK = 5;

/** How much an update may still unfold into: a byte of it can become a hundred in memory. */
export interface Budget {
  values: number;
  /** Clock ticks that no byte pays for (deleted or skipped ranges). */
  unpaidTicks: number;
}

/** Spends from the budget of clock ticks that no byte pays for. */
export function spendTicks(budget: Budget, ticks: number): number {
  budget.unpaidTicks -= ticks;
  if (ticks === 0 || budget.unpaidTicks < 0) throw new Malformed('an implausible advance of the clock');
  return ticks;
}

function spendValues(budget: Budget, values: number): void {
  budget.values -= values;
  if (budget.values < 0) throw new Malformed('too many values');
}

/** Walks over an item's content and returns its length in clock ticks. Numbers as in Yjs' `contentRefs`. */
export function walkContent(reader: ByteReader, ref: number, budget: Budget): number {
  switch (ref) {
    case 1:
      return spendTicks(budget, reader.varUint());
    case 2:
      return walkMany(reader, budget, () => walkJson(reader.string()));
    case 3:
      reader.block();
      return 1;
    case 4:
      return atLeastOne(reader.string().length);
    case 5:
      walkJson(reader.string());
      return 1;
    case 6:
      walkKey(reader);
      walkJson(reader.string());
      return 1;
    case 7:
      walkType(reader);
      return 1;
    case 8:
      return walkMany(reader, budget, () => walkAny(reader, budget, 0));
    default:
      // 9 is a document within a document: ours hold none, and its options would be a stranger's.
      throw new Malformed('unknown content');
  }
}

/** A name in a map: `__proto__` would become the prototype of whoever reads the map as an object. */
export function walkKey(reader: ByteReader): void {
  if (reader.string() === '__proto__') throw new Malformed('a key named __proto__');
}

function walkMany(reader: ByteReader, budget: Budget, walkOne: () => void): number {
  const count = atLeastOne(reader.count(1));
  spendValues(budget, count);
  for (let i = 0; i < count; i += 1) walkOne();
  return count;
}

function walkType(reader: ByteReader): void {
  const type = reader.varUint();
  if (type >= ROOT_TYPES) throw new Malformed('unknown type');
  if (type === XML_ELEMENT || type === XML_HOOK) reader.string();
}

function walkAny(reader: ByteReader, budget: Budget, depth: number) {
  if (depth > MAX_DEPTH) throw new Malformed('nested too deep');
  const kind = reader.byte();
  switch (kind) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      return reader.skipVarInt();
    case 124:
      return reader.skip(4);
    case 123: // double
    case 122: // bigint
      return reader.skip(8);
    case 119:
      reader.string();
      return;
    case 118: {
      const count = reader.count(2);
      spendValues(budget, count);
      for (let i = 0; i < count; i += 1) {
        walkKey(reader);
        walkAny(reader, budget, depth + 1);
      }
      return;
    }
    case 117: {
      const count = reader.count(1);
      spendValues(budget, count);
      for (let i = 0; i < count; i += 1) walkAny(reader, budget, depth + 1);
      return;
    }
    case 116:
      reader.block();
      return;
    default:
      throw new Malformed('unknown value');
  }
}

function walkJson(text: string): void {
  if (text === 'undefined') return;
  let depth = 0;
  for (const char of text) {
    if (char === '[' || char === '{') depth += 1;
    else if (char === ']' || char === '}') depth -= 1;
    // Brackets within strings count too: they cannot make a shallow value pass for a deeper one by much.
    if (depth > MAX_DEPTH) throw new Malformed('nested too deep');
  }
  try {
    JSON.parse(text);
  } catch {
    throw new Malformed('not JSON');
  }
}

function atLeastOne(length: number): number {
  if (length === 0) throw new Malformed('an item without length');
  return length;
}
