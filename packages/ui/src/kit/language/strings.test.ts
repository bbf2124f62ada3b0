import { act, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { setLanguage, useLanguage } from './i18n.ts';
import { refusalText } from './refusalText.ts';
import { defineStrings, translator, useStrings } from './strings.ts';

const sample = defineStrings('sample', {
  fr: {
    plain: 'Dossier',
    moved: '«\u00a0{{title}}\u00a0» placé dans {{column}}',
    cards_one: '{{count}} carte',
    cards_other: '{{count}} cartes',
  },
  en: {
    plain: 'File',
    moved: '“{{title}}” moved to {{column}}',
    cards_one: '{{count}} card',
    cards_other: '{{count}} cards',
  },
});

afterEach(() => act(() => setLanguage('fr')));

describe('strings', () => {
  test('French counts 0 and 1 as one, English only 1, and a million is a number of cards in both', () => {
    const t = translator(sample);
    expect([0, 1, 2].map((count) => t('cards', { count }))).toEqual(['0 carte', '1 carte', '2 cartes']);
    expect(t('cards', { count: 1_000_000 })).toBe('1\u202f000\u202f000 cartes');
    setLanguage('en');
    const en = translator(sample);
    expect([0, 1, 2].map((count) => en('cards', { count }))).toEqual(['0 cards', '1 card', '2 cards']);
    expect(en('cards', { count: 12345 })).toBe('12,345 cards');
  });

  test('a value is shown as it is, whatever it holds', () => {
    const t = translator(sample);
    expect(t('moved', { title: '<b>{{column}} $t(plain)', column: 'À faire' })).toBe(
      '«\u00a0<b>{{column}} $t(plain)\u00a0» placé dans À faire',
    );
    expect(t('moved', { title: 'x', column: '$t(plain)' })).toBe('«\u00a0x\u00a0» placé dans $t(plain)');
  });

  test('the hook follows the language, and so does the document', () => {
    const { result } = renderHook(() => ({ t: useStrings(sample), language: useLanguage() }));
    expect(result.current.t('plain')).toBe('Dossier');
    expect(document.documentElement.lang).toBe('fr');
    act(() => setLanguage('en'));
    expect(result.current.t('plain')).toBe('File');
    expect(result.current.language).toBe('en');
    expect(document.documentElement.lang).toBe('en');
  });

  test('keys and values are checked by types', () => {
    const t = translator(sample);
    // @ts-expect-error: no such key
    expect(t('absent')).toBe('absent');
    // @ts-expect-error: a placeholder is missing
    t('moved', { title: 'x' });
    // @ts-expect-error: a plural needs its count
    t('cards');
    // @ts-expect-error: a plural's form is not a key
    t('cards_one', { count: 1 });
    // Not called: every test of the same worker would see these strings.
    // @ts-expect-error: English lacks a key
    void (() => defineStrings('lacking', { fr: { a: 'a', b: 'b' }, en: { a: 'a' } }));
  });

  test('a refusal of another version still reads as a sentence', () => {
    expect(refusalText('not-found')).toMatch(/Rien n’a été changé/);
    expect(refusalText('from-the-future' as 'internal')).toBe(refusalText('internal'));
  });
});
