import { charactersOf, isElement, isText, nameOf, walk } from '../dom.ts';
import { isFurniture, isNamedAround } from './furniture.ts';

/** What an element holds, everything below it included. Characters are those that are seen: white space is not counted. */
export interface Weight {
  readonly characters: number;
  readonly linkCharacters: number;
  readonly links: number;
  /** Characters of sentences: outside of links, and of what is around a text by its own word. */
  readonly proseCharacters: number;
}

/** Fewer in one piece are a label, a name or a date. */
const SENTENCE_CHARACTERS = 25;

/** Weighs every element below one, in one pass. */
export function weigh(root: Element): (element: Element) => Weight {
  const weights = new Map<Element, Weight>();
  const open: { characters: number; linkCharacters: number; links: number; proseCharacters: number }[] = [];
  let inLinks = 0;
  let around = 0;
  walk(root, {
    enter(node) {
      const top = open.at(-1);
      if (isText(node) && top !== undefined) {
        const length = charactersOf(node).replace(/\s+/gu, '').length;
        top.characters += length;
        if (inLinks > 0) top.linkCharacters += length;
        else if (around === 0 && length >= SENTENCE_CHARACTERS) top.proseCharacters += length;
        return false;
      }
      if (!isElement(node)) return false;
      open.push({ characters: 0, linkCharacters: 0, links: 0, proseCharacters: 0 });
      if (isAround(node)) around += 1;
      if (nameOf(node) === 'a') inLinks += 1;
      return true;
    },
    leave(node) {
      const weight = open.pop();
      if (weight === undefined || !isElement(node)) return;
      if (isAround(node)) around -= 1;
      if (nameOf(node) === 'a') {
        inLinks -= 1;
        weight.links += 1;
      }
      weights.set(node, weight);
      const above = open.at(-1);
      if (above === undefined) return;
      above.characters += weight.characters;
      above.linkCharacters += weight.linkCharacters;
      above.links += weight.links;
      above.proseCharacters += weight.proseCharacters;
    },
  });
  return (element) => weights.get(element) ?? NOTHING;
}

const isAround = (element: Element): boolean => isFurniture(element) || isNamedAround(element);

const NOTHING: Weight = { characters: 0, linkCharacters: 0, links: 0, proseCharacters: 0 };
