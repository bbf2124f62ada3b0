/** A piece as both indexes get it. */
export interface CorpusPiece {
  readonly id: number;
  readonly title: string;
  readonly reference: string;
  readonly text: string;
}

/** How many different words the corpus may use: what a French administration's texts have. */
const VOCABULARY = 120_000;
const MEDIAN_WORDS = 1_500;
const SYLLABLES = [
  ...[
    'ad',
    'mi',
    'nis',
    'tra',
    'tion',
    'dé',
    'cret',
    'sub',
    'ven',
    'ar',
    'rê',
    'té',
    'con',
    'for',
    'pro',
    'cès',
    'ver',
  ],
  ...[
    'bal',
    'pu',
    'blic',
    'ser',
    'vi',
    'ce',
    'ré',
    'gle',
    'ment',
    'loi',
    'or',
    'don',
    'nan',
    'ter',
    'ri',
    'toi',
    'mar',
  ],
  ...[
    'ché',
    'dos',
    'sier',
    'fi',
    'nan',
    'ges',
    'au',
    'to',
    'ri',
    'sa',
    'in',
    'struc',
    'œu',
    'vre',
    'é',
    'lu',
    'com',
    'pte',
  ],
];

/** Pieces of made-up French, the same for the same seed: words as often as Zipf has it, lengths log-normal, 1 % over 20,000. */
export class Corpus {
  readonly words: readonly string[];
  readonly #cumulated: Float64Array;
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
    this.words = this.#makeWords();
    this.#cumulated = new Float64Array(VOCABULARY);
    let sum = 0;
    for (let rank = 0; rank < VOCABULARY; rank += 1) {
      sum += 1 / (rank + 2.7);
      this.#cumulated[rank] = sum;
    }
  }

  *pieces(count: number): Generator<CorpusPiece> {
    for (let id = 0; id < count; id += 1) {
      const length = this.#length();
      const text = Array.from({ length }, (_, at) => this.word() + (at % 17 === 16 ? '.' : ''));
      yield {
        id,
        title: `${this.word()} ${this.word()} ${this.word()} ${this.word()}`,
        reference: `${2000 + (id % 27)}-${id}`,
        text: text.join(' '),
      };
    }
  }

  /** A word, as often as it is used. */
  word(): string {
    const wanted = this.random() * (this.#cumulated.at(-1) as number);
    let low = 0;
    let high = VOCABULARY - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cumulated[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return this.words[low] as string;
  }

  /** What people type: one to three words, frequent and rare, and some references. */
  queries(count: number): readonly string[] {
    return Array.from({ length: count }, (_, at) => {
      if (at % 10 === 9) return `${2000 + (at % 27)}-${at}`;
      const rare = this.words[500 + Math.floor(this.random() * 20_000)] as string;
      return [this.word(), rare, this.word()].slice(0, 1 + (at % 3)).join(' ');
    });
  }

  /** mulberry32. */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  #length(): number {
    if (this.random() < 0.01) return 20_000 + Math.floor(this.random() * 20_000);
    const normal = Math.sqrt(-2 * Math.log(this.random() + 1e-12)) * Math.cos(2 * Math.PI * this.random());
    return Math.max(20, Math.round(MEDIAN_WORDS * Math.exp(0.6 * normal)));
  }

  #makeWords(): readonly string[] {
    const words = new Set<string>();
    while (words.size < VOCABULARY) {
      // Frequent words are short.
      const syllables = words.size < 100 ? 1 + Math.floor(this.random() * 2) : 2 + Math.floor(this.random() * 4);
      const parts = Array.from({ length: syllables }, () => SYLLABLES[Math.floor(this.random() * SYLLABLES.length)]);
      words.add(parts.join(''));
    }
    return [...words];
  }
}
