/** The bytes do not say what they claim to: truncated, or nothing an honest encoder writes. */
export class Malformed extends Error {}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads lib0's encodings from bytes of a stranger. lib0's own decoder may read past the end of a view into the memory
 * behind it; this one throws `Malformed` instead, and never allocates more than it was given.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new Malformed('truncated');
    this.#at += 1;
    return value;
  }

  varUint(): number {
    let value = 0;
    let unit = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (value > Number.MAX_SAFE_INTEGER) throw new Malformed('number out of range');
      if (byte < 128) return value;
      unit *= 128;
    }
  }

  /** A signed number, whose value nobody here needs. */
  skipVarInt(): void {
    let bits = 6;
    while (this.byte() >= 128) {
      bits += 7;
      if (bits > 62) throw new Malformed('number out of range');
    }
  }

  skip(length: number): void {
    if (length > this.left) throw new Malformed('truncated');
    this.#at += length;
  }

  /** A view, not a copy. */
  take(length: number): Uint8Array {
    const from = this.#at;
    this.skip(length);
    return this.#bytes.subarray(from, this.#at);
  }

  /** Bytes preceded by their length; a view, not a copy. */
  block(): Uint8Array {
    return this.take(this.varUint());
  }

  string(): string {
    try {
      return UTF8.decode(this.block());
    } catch (error) {
      if (error instanceof Malformed) throw error;
      throw new Malformed('not UTF-8');
    }
  }

  /** How many things follow, when each takes at least `bytesEach`: refuses a count that the bytes cannot hold. */
  count(bytesEach: number): number {
    const count = this.varUint();
    if (count * bytesEach > this.left) throw new Malformed('a count larger than its bytes');
    return count;
  }

  end(): void {
    if (this.left > 0) throw new Malformed('bytes left over');
  }
}
