import { afterEach, expect, test, vi } from 'vitest';
import { readSelection } from './selection.ts';

const sight = { isShown: () => true };

afterEach(() => {
  vi.restoreAllMocks();
  document.getSelection()?.removeAllRanges();
  document.body.replaceChildren();
});

/** Selects from the first character of `from` to the last of `to`, in the page's own document. */
function select(html: string, from: string, to: string) {
  document.body.innerHTML = html;
  const texts = [...document.querySelectorAll('*')].flatMap((element) =>
    [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE),
  ) as Text[];
  const within = (words: string) => {
    const text = texts.find(({ data }) => data.includes(words));
    if (text === undefined) throw new Error(`no "${words}" in the page`);
    return { text, at: text.data.indexOf(words) };
  };
  const range = document.createRange();
  const start = within(from);
  const end = within(to);
  range.setStart(start.text, start.at);
  range.setEnd(end.text, end.at + to.length);
  // Files share a document: a range that another left there would stand, and this one would not be added.
  document.getSelection()?.removeAllRanges();
  document.getSelection()?.addRange(range);
  return readSelection(document, sight)?.blocks ?? null;
}

test('[L8] a selection is read in the blocks that it stands in, from its first to its last character', () => {
  const page = `<h2>Titre</h2><p>Avant, puis le début</p><ol><li>premier</li><li>second point</li></ol><p>Après</p>`;
  expect(select(page, 'puis', 'second')).toEqual([
    { kind: 'paragraph', text: 'puis le début' },
    { kind: 'item', depth: 0, marker: '1.', text: 'premier' },
    { kind: 'item', depth: 0, marker: '2.', text: 'second' },
  ]);
});

test('[L8] rows of which nothing is selected are left out', () => {
  const page =
    '<p>Début</p><table><tr><td>Bureau A</td><td>2 mois</td></tr><tr><td>Bureau B</td><td>3 mois</td></tr></table>';
  expect(select(page, 'Début', '2 mois')).toEqual([
    { kind: 'paragraph', text: 'Début' },
    { kind: 'row', header: false, cells: ['Bureau A', '2 mois'] },
  ]);
});

test('[L8] several passages selected at once are read, in the page’s order', () => {
  document.body.innerHTML = '<p>un deux</p><p>trois</p><p>quatre cinq</p>';
  const rangeOf = (at: number, start: number, end: number) => {
    const range = document.createRange();
    const text = document.querySelectorAll('p')[at]?.firstChild as Text;
    range.setStart(text, start);
    range.setEnd(text, end);
    return range;
  };
  // As Firefox does; jsdom keeps one range alone.
  const ranges = [rangeOf(2, 7, 11), rangeOf(0, 0, 2)];
  const selection = { isCollapsed: false, rangeCount: 2, getRangeAt: (at: number) => ranges[at] };
  vi.spyOn(document, 'getSelection').mockReturnValue(selection as unknown as Selection);
  expect(readSelection(document, sight)?.blocks).toEqual([
    { kind: 'paragraph', text: 'un' },
    { kind: 'paragraph', text: 'cinq' },
  ]);
});

test('[L8] where nothing is selected there is nothing to read', () => {
  document.body.innerHTML = '<p>Texte</p>';
  expect(readSelection(document, sight)).toBeNull();
});
