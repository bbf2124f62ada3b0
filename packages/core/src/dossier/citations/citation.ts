import type { Day } from '../../kernel/clock.ts';
import type { LegalKind } from '../legal.ts';

/**
 * A legal text cited in another. `start`, `end`: UTF-16 offsets, the latter excluded. `number`: as printed (`2019-341`, `L. 212-3`), a NOR,
 * a CELEX number or an ELI. `code`: of an article, when the citation names it. `link`: an address that is that text for certain, or a search
 * for exactly what is written; null where several texts would answer.
 */
export interface Citation {
  readonly start: number;
  readonly end: number;
  readonly kind: LegalKind;
  readonly number: string | null;
  readonly date: Day | null;
  readonly code: string | null;
  readonly link: string | null;
}

/** Reads with patterns that stick to where they are asked: each looks at a bounded stretch, so that the whole is linear. */
export class Scanner {
  at = 0;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Where the next word begins, at most three spaces on. */
  get wordAt(): number {
    return this.at + (/^\s{0,3}/u.exec(this.text.slice(this.at, this.at + 3))?.[0].length ?? 0);
  }

  /** Moves past a match at this place. @param pattern - sticky, every repetition bounded */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match !== null) this.at += match[0].length;
    return match;
  }
}
