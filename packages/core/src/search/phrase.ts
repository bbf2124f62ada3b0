import { fold } from './fold.ts';
import { GroupScanner } from './groups.ts';
import { finds, type QueryTerm } from './query.ts';

/** Whether the words of a phrase follow one another in one block of a text. @see SPEC.md X7 */
export function containsPhrase(text: string, phrase: readonly QueryTerm[]): boolean {
  if (phrase.length === 0) return true;
  return text.split('\n').some((block) => blockContains(fold(block), phrase));
}

function blockContains(folded: string, phrase: readonly QueryTerm[]): boolean {
  // Most blocks hold no first word at all.
  if (!folded.includes((phrase[0] as QueryTerm).term)) return false;
  const words: string[] = [];
  const scanner = new GroupScanner(folded);
  while (scanner.next()) {
    for (let index = 0; index < scanner.count; index += 1) words.push(scanner.part(index));
  }
  for (let from = 0; from + phrase.length <= words.length; from += 1) {
    if (phrase.every((term, index) => finds(term, words[from + index] as string))) return true;
  }
  return false;
}
