// A group is what stands together without a space: one word (`décret`), or several joined by a hyphen, a dot or a slash
// (`procès-verbal`, `2019-341`, `2024/1183`). An apostrophe separates: `l’administration` is two groups.

const SEPARATOR = 1;
const LETTER = 2;
const DIGIT = 3;
const JOINER = 4;

/** Filled as characters are met; 0: not met yet. Only the basic plane: a character beyond it separates. */
const classes = new Uint8Array(0x1_0000);
for (const joiner of '-./') classes[joiner.charCodeAt(0)] = JOINER;

function classify(unit: number): number {
  const character = String.fromCharCode(unit);
  const found = /\p{Nd}/u.test(character) ? DIGIT : /[\p{L}\p{N}]/u.test(character) ? LETTER : SEPARATOR;
  classes[unit] = found;
  return found;
}

/** The letters that begin the number of an article of a French code: L. 212-3, R. 123-4, LO. 141. */
const ARTICLES = new Set(['l', 'r', 'd', 'a', 'lo']);

/** Walks a folded text from group to group. One object, reused: a text of a code has hundreds of thousands of them. */
export class GroupScanner {
  /** The group at hand; `end` is after its last character. */
  start = 0;
  end = 0;
  /** How many parts it has, and where they are. */
  count = 0;
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** The first part that begins with a digit; -1 when none does. */
  numberFrom = -1;
  /** The letter before an article's number (`L.` before `212-3`), in this group or the one before; empty for anything else. */
  article = '';
  articleStart = 0;

  readonly #text: string;
  #at = 0;

  constructor(folded: string) {
    this.#text = folded;
  }

  /** Goes to the next group; false at the end. */
  next(): boolean {
    const previous = { start: this.start, end: this.end, count: this.count };
    if (!this.#skipToWord()) return false;
    this.start = this.#at;
    this.count = 0;
    do {
      this.starts[this.count] = this.#at;
      while (this.#isWordAt(this.#at)) this.#at += 1;
      this.ends[this.count] = this.#at;
      this.count += 1;
    } while (this.#classAt(this.#at) === JOINER && this.#isWordAt(this.#at + 1) && this.#step());
    this.end = this.#at;
    this.numberFrom = this.#findNumber();
    this.#findArticle(previous);
    return true;
  }

  isDigitAt(index: number): boolean {
    return this.#classAt(index) === DIGIT;
  }

  /** A part of the group at hand. */
  part(index: number): string {
    return this.#text.slice(this.starts[index], this.ends[index]);
  }

  /** Parts from `from` on, joined as they are searched: `2024/1183` and `2024-1183` are one. */
  joined(from: number): string {
    let joined = this.part(from);
    for (let index = from + 1; index < this.count; index += 1) joined += `-${this.part(index)}`;
    return joined;
  }

  #findNumber(): number {
    for (let index = 0; index < this.count; index += 1) if (this.isDigitAt(this.starts[index] as number)) return index;
    return -1;
  }

  #findArticle(previous: { readonly start: number; readonly end: number; readonly count: number }): void {
    this.article = '';
    if (this.numberFrom > 0) {
      const letter = this.part(this.numberFrom - 1);
      if (ARTICLES.has(letter)) this.article = letter;
      this.articleStart = this.starts[this.numberFrom - 1] as number;
    } else if (this.numberFrom === 0 && previous.count === 1 && previous.end - previous.start <= 2) {
      const letter = this.#text.slice(previous.start, previous.end);
      if (ARTICLES.has(letter) && this.#isArticleGap(letter, this.#text.slice(previous.end, this.start))) {
        this.article = letter;
      }
      this.articleStart = previous.start;
    }
  }

  #isArticleGap(letter: string, between: string): boolean {
    if (/^\.[\s*]{0,3}$/u.test(between)) return true;
    // « à 12 » is no article. Without a dot the number must look like one.
    return letter !== 'a' && this.count > 1 && /^\s$/u.test(between);
  }

  #skipToWord(): boolean {
    const { length } = this.#text;
    while (this.#at < length && !this.#isWordAt(this.#at)) this.#at += 1;
    return this.#at < length;
  }

  #step(): true {
    this.#at += 1;
    return true;
  }

  #isWordAt(index: number): boolean {
    const found = this.#classAt(index);
    return found === LETTER || found === DIGIT;
  }

  #classAt(index: number): number {
    if (index >= this.#text.length) return SEPARATOR;
    const unit = this.#text.charCodeAt(index);
    return (classes[unit] as number) || classify(unit);
  }
}
