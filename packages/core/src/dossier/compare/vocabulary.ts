const TOKEN = /[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu;
const WORD = /^[\p{L}\p{M}\p{N}]/u;

/** A text cut into words, spaces and signs, each by its number in the vocabulary. Together they are the text. */
export interface Tokens {
  readonly ids: Int32Array;
  readonly texts: readonly string[];
}

/** Numbers for the words of one comparison, so that comparing two is comparing integers. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #words: boolean[] = [];

  idOf(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#words.push(WORD.test(text)) - 1;
    this.#ids.set(text, id);
    return id;
  }

  /** Whether a token is a word or a number, not a space or a sign. */
  isWord(id: number): boolean {
    return this.#words[id] === true;
  }

  tokens(text: string): Tokens {
    const texts = text.match(TOKEN) ?? [];
    return { ids: Int32Array.from(texts, (token) => this.idOf(token)), texts };
  }

  /** The words of a text in order of their numbers: what similarity is told from. */
  wordBag(text: string): Int32Array {
    return this.tokens(text)
      .ids.filter((id) => this.isWord(id))
      .sort();
  }
}

/** How much two sorted bags share, 0 to 1 (Dice). Two empty ones are alike. */
export function likeness(a: Int32Array, b: Int32Array): number {
  if (a.length + b.length === 0) return 1;
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const difference = (a[i] as number) - (b[j] as number);
    if (difference === 0) shared++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return (2 * shared) / (a.length + b.length);
}
