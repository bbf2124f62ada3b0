import { describe, expect, test } from 'vitest';
import type { TextBlock, TextBlocks } from '../text.ts';
import { compareTexts } from './compare.ts';
import type { SectionChange } from './comparison.ts';
import { laterText } from './replay.ts';

const article = (number: string, ...texts: readonly string[]): readonly TextBlock[] => [
  { kind: 'heading', level: 3, text: `Article ${number}` },
  ...texts.map((text) => ({ kind: 'paragraph', text }) as const),
];
const item = (marker: string, text: string): TextBlock => ({ kind: 'item', depth: 0, marker, text });

const DELAY = 'Le silence gardé pendant deux mois par l’administration vaut décision de rejet.';
const NOTICE = 'L’administration accuse réception de toute demande par voie électronique.';
const FILE = 'Le dossier comprend les pièces énumérées par l’arrêté du ministre compétent.';

const titles = (sections: readonly SectionChange[], status: SectionChange['status']) =>
  sections.filter((section) => section.status === status).map(({ label }) => label);

describe('what became of an article', () => {
  test('[V4] it is compared with the one of its number, whatever comes and goes beside it', () => {
    const before = [...article('1', NOTICE), ...article('L. 212-3', DELAY), ...article('4', FILE)];
    const after = [
      ...article('1', NOTICE),
      ...article('2', 'Une disposition nouvelle est insérée à cet endroit du texte.'),
      ...article('L. 212‑3', DELAY.replace('deux mois', 'trois mois')),
    ];
    const { sections, counts } = compareTexts(before, after);
    expect(titles(sections, 'changed')).toEqual(['Article L. 212‑3']);
    expect(titles(sections, 'added')).toEqual(['Article 2']);
    expect(titles(sections, 'removed')).toEqual(['Article 4']);
    // « deux », « Article 4 » and the words under it, « l’arrêté » being two.
    expect(counts.words.removed).toBe(1 + 2 + 12);
  });

  test('[V5] one that stands elsewhere is moved, not removed and added', () => {
    const before = [...article('1', NOTICE), ...article('2', DELAY), ...article('3', FILE), ...article('4', 'Fin.')];
    const after = [...article('1', NOTICE), ...article('3', FILE), ...article('4', 'Fin.'), ...article('2', DELAY)];
    const { sections, counts } = compareTexts(before, after);
    expect(counts.articles).toMatchObject({ same: 4, changed: 0, added: 0, removed: 0, moved: 1 });
    expect(sections.find(({ moved }) => moved)).toMatchObject({ label: 'Article 2', formerlyAfter: 'Article 1' });
  });

  test('[V5] one that took another number is renumbered, also when another took its own', () => {
    const before = [...article('1', NOTICE), ...article('2', DELAY)];
    const after = [
      ...article('1', NOTICE),
      ...article('2', 'Un texte tout autre porte désormais ce numéro dans le code.'),
      ...article('3', DELAY),
    ];
    const { sections, counts } = compareTexts(before, after);
    expect(counts.articles).toMatchObject({ added: 1, changed: 0, renumbered: 1, same: 2 });
    expect(sections.at(-1)).toMatchObject({ label: 'Article 3', formerLabel: 'Article 2', status: 'same' });

    const reworded = [...after.slice(0, -1), { kind: 'paragraph', text: DELAY.replace('deux', 'trois') } as const];
    expect(compareTexts(before, reworded).sections.at(-1)).toMatchObject({
      formerLabel: 'Article 2',
      status: 'changed',
    });
  });

  test('[V4] items are compared with those of their number', () => {
    const before = [
      ...article('1', 'Sont joints :'),
      item('1°', 'le plan du terrain'),
      item('2°', 'la notice de sécurité'),
    ];
    const after = [
      ...article('1', 'Sont joints :'),
      item('1°', 'le plan de masse du terrain'),
      item('2°', 'la notice'),
      item('3°', 'le devis'),
    ];
    const kinds = compareTexts(before, after).sections.flatMap(({ blocks }) => blocks.map(({ kind }) => kind));
    expect(kinds).toEqual(['same', 'same', 'changed', 'changed', 'added']);
  });

  test('[V4] an article is its number’s, though another says more of what it said, and though nothing of it stays', () => {
    const before = [...article('1', NOTICE), ...article('2', DELAY), ...article('3', FILE)];
    const after = [
      ...article('1', NOTICE),
      ...article('2', 'Le silence gardé pendant trois semaines par le préfet vaut décision de rejet implicite.'),
      ...article('2-1', DELAY.replace('deux', 'quatre')),
      ...article('3', 'Abrogé au 1er janvier.'),
    ];
    const { sections, counts } = compareTexts(before, after);
    expect(titles(sections, 'changed')).toEqual(['Article 2', 'Article 3']);
    expect(titles(sections, 'added')).toEqual(['Article 2-1']);
    expect(counts.articles).toMatchObject({ removed: 0, renumbered: 0 });
  });

  test('[V4] an item of which little stays is still the one of its number', () => {
    const before = [
      ...article('1', 'Sont joints :'),
      item('1°', 'le plan du terrain à bâtir'),
      item('2°', 'la notice'),
    ];
    const after = [...article('1', 'Sont joints :'), item('1°', 'le devis des travaux'), item('2°', 'la notice')];
    const kinds = compareTexts(before, after).sections.flatMap(({ blocks }) => blocks.map(({ kind }) => kind));
    expect(kinds).toEqual(['same', 'same', 'changed', 'same']);
  });

  test('[V5] its very words under another number outweigh like words under its own', () => {
    const before = [...article('1', NOTICE), ...article('2', DELAY)];
    const after = [...article('1', NOTICE), ...article('2', DELAY.replace('deux', 'trois')), ...article('3', DELAY)];
    const { sections, counts } = compareTexts(before, after);
    expect(counts.articles).toMatchObject({ added: 1, changed: 0, renumbered: 1, same: 2 });
    expect(sections.at(-1)).toMatchObject({ label: 'Article 3', formerLabel: 'Article 2', status: 'same' });
  });

  test('[V6] a paragraph that is found in two other places has moved to neither', () => {
    const before = [...article('1', NOTICE, DELAY), ...article('2', FILE), ...article('3', 'Fin.')];
    const after = [...article('1', NOTICE), ...article('2', FILE, DELAY), ...article('3', 'Fin.', DELAY)];
    for (const [from, to, gone] of [
      [before, after, 1],
      [after, before, 2],
    ] as const) {
      const kinds = compareTexts(from, to).sections.flatMap(({ blocks }) => blocks.map(({ kind }) => kind));
      expect(kinds.filter((kind) => kind.startsWith('moved'))).toEqual([]);
      expect(kinds.filter((kind) => kind === 'removed')).toHaveLength(gone);
    }
  });

  test('[V6] a paragraph found word for word in another article has moved there', () => {
    const before = [...article('1', NOTICE, DELAY), ...article('2', FILE)];
    const after = [...article('1', NOTICE), ...article('2', FILE, DELAY)];
    const changes = compareTexts(before, after).sections.flatMap(({ blocks }) => blocks);
    expect(changes.map(({ kind }) => kind)).toEqual(['same', 'same', 'moved-away', 'same', 'same', 'moved']);
    expect(changes[2]).toMatchObject({ before: 2, after: 4 });
  });

  test('[V8] other spaces, apostrophes and layout are no change of words', () => {
    const before = [...article('1', 'L’agent dispose de 30 jours : il répond.'), item('1°', 'oui')];
    const after: TextBlocks = [
      ...article('1', "L'agent  dispose de 30 jours : il répond."),
      { kind: 'paragraph', text: '1° oui' },
    ];
    const { sections, counts } = compareTexts(before, after);
    expect(sections[0]?.blocks.map(({ kind }) => kind)).toEqual(['same', 'reshaped', 'reshaped']);
    expect(counts.articles).toMatchObject({ same: 1, changed: 0 });
    expect(laterText(before, compareTexts(before, after))).toEqual(after);
  });

  test.each([
    ['« l’avis »', '« l\u02bcavis »'],
    ['dit “conforme”', 'dit "conforme"'],
    ['2019‑341', '2019-341'],
    ['de 10 – 12 jours', 'de 10 — 12 jours'],
    ['art.\u00a05', 'art. 5'],
  ])('[V8] %j and %j are the same words', (before, after) => {
    const text = (said: string) => article('1', `Sont concernés ${said}.`);
    const { sections } = compareTexts(text(before), text(after));
    expect(sections[0]?.blocks.map(({ kind }) => kind)).toEqual(['same', 'reshaped']);
  });

  test('[V10] articles and other passages are counted apart', () => {
    const heading = (text: string): TextBlock => ({ kind: 'heading', level: 2, text });
    const before = [heading('Visas'), { kind: 'paragraph', text: NOTICE } as const, ...article('1', DELAY)];
    const after = [heading('Visas'), { kind: 'paragraph', text: `${NOTICE} Bis.` } as const, ...article('1', DELAY)];
    const { counts } = compareTexts(before, after);
    expect(counts.passages).toMatchObject({ changed: 1 });
    expect(counts.articles).toMatchObject({ same: 1, changed: 0 });
  });
});
