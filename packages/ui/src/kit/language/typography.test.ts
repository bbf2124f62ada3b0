import { describe, expect, test } from 'vitest';
import { registeredStrings } from './strings.ts';
import { frenchFaults } from './typography.ts';

// Every set of strings of the interface registers itself when it is loaded.
const modules = import.meta.glob('../../**/*strings.ts', { eager: true });

const texts = registeredStrings().flatMap(({ namespace, fr, en }) =>
  Object.entries(fr).map(([key, text]) => ({ key: `${namespace}.${key}`, fr: text, en: en[key] ?? '' })),
);

describe('the words of the interface', () => {
  test('are all read', () => {
    expect(Object.keys(modules).length).toBeGreaterThan(2);
    expect(texts.length).toBeGreaterThan(100);
  });

  test('French is written as it must be', () => {
    const faults = texts.flatMap(({ key, fr }) => frenchFaults(fr).map((fault) => `${key}: ${fault}: ${fr}`));
    expect(faults).toEqual([]);
  });

  test('English has no straight quotes, no three dots, and its own text', () => {
    const faults = texts.filter(({ en }) => /['"]|\.\.\.|!/.test(en.replace(/\{\{[^}]+\}\}/g, '')) || en === '');
    expect(faults).toEqual([]);
  });

  test('both languages name the same values', () => {
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    const faults = texts.filter(({ fr, en }) => `${values(fr)}` !== `${values(en)}`).map(({ key }) => key);
    expect(faults).toEqual([]);
  });
});

describe('frenchFaults', () => {
  test.each([
    ["l'équipe"],
    ['Attendez...'],
    ['Quoi ?'],
    ['Quoi\u00a0?'],
    ['Quoi?'],
    ['Ici : là'],
    ['Ici: là'],
    ['Ici\u202f: là'],
    ['« mot »'],
    ['«mot»'],
    ['un "mot"'],
    ['Bravo\u202f!'],
    ['deux  espaces'],
    ['fin .'],
    ['à 14h02'],
    ['à 14 h 02'],
  ])('finds a fault in %s', (text) => {
    expect(frenchFaults(text)).not.toEqual([]);
  });

  test.each([
    ['Enregistré sur le serveur · 14\u00a0h\u00a002'],
    ['Hors ligne. Vous pouvez continuer\u00a0: tout est gardé sur cet appareil.'],
    ['Pièce ajoutée à «\u00a0{{title}}\u00a0».'],
    ['Lesquels\u202f?'],
    ['https://liasse.example'],
    ['Chargement…'],
    ['1\u202f000 cartes, 3,5\u00a0Mo'],
  ])('finds none in %s', (text) => {
    expect(frenchFaults(text)).toEqual([]);
  });
});
