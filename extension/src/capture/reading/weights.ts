import { charactersOf, isElement, isText, nameOf, walk } from '../dom.ts';

/** What an element holds, everything below it included. Characters are those that are seen: white space is not counted. */
export interface Weight {
  readonly characters: number;
  readonly linkCharacters: number;
  readonly links: number;
}

/** Weighs every element below one, in one pass. */
export function weigh(root: Element): (element: Element) => Weight {
  const weights = new Map<Element, Weight>();
  const open: { characters: number; linkCharacters: number; links: number }[] = [];
  let inLinks = 0;
  walk(root, {
    enter(node) {
      const top = open.at(-1);
      if (isText(node) && top !== undefined) {
        const length = charactersOf(node).replace(/\s+/gu, '').length;
        top.characters += length;
        if (inLinks > 0) top.linkCharacters += length;
        return false;
      }
      if (!isElement(node)) return false;
      open.push({ characters: 0, linkCharacters: 0, links: 0 });
      if (nameOf(node) === 'a') inLinks += 1;
      return true;
    },
    leave(node) {
      const weight = open.pop();
      if (weight === undefined || !isElement(node)) return;
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
    },
  });
  return (element) => weights.get(element) ?? NOTHING;
}

const NOTHING: Weight = { characters: 0, linkCharacters: 0, links: 0 };
