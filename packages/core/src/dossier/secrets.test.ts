import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCardNumber, isIban, isNir, passesLuhn, secretsIn } from './secrets.ts';

const digitsOf = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const kinds = (text: string) => secretsIn(text).map(({ kind }) => kind);

/** The last digit that makes a number pass. */
const withLuhn = (digits: string): string =>
  [...'0123456789'].map((last) => `${digits}${last}`).find(passesLuhn) as string;

// Numbers that payment networks, SWIFT and INSEE publish for tests and examples.
const CARDS = ['4111111111111111', '5555555555554444', '2223003122003222', '378282246310005', '6011111111111117'];
const MORE_CARDS = ['3530111333300000', '30569309025904', '38520000023237', '6200000000000005', '4222222222222'];
const IBANS = [
  'FR7630006000011234567890189',
  'DE89370400440532013000',
  'GB29NWBK60161331926819',
  'BE68539007547034',
  'MT84MALT011000012345MTLCAST001S',
  'NO9386011117947',
];
const NIRS = ['255081416802538', '185057800608491'];

describe('[F4] card numbers', () => {
  test.each([...CARDS, ...MORE_CARDS])('%s is one, whole or in groups', (card) => {
    expect(isCardNumber(card)).toBe(true);
    const grouped = card.replace(/(\d{4})(?=\d)/g, '$1 ');
    expect(kinds(`Carte : ${grouped} 12/27, merci`)).toContain('card');
    expect(kinds(grouped.replaceAll(' ', '\u202f'))).toContain('card');
    expect(kinds(grouped.replaceAll(' ', '-'))).toContain('card');
  });

  test('one wrong digit, or two neighbours exchanged, and it is none', () => {
    fc.assert(
      fc.property(digitsOf(15), fc.nat(15), fc.integer({ min: 1, max: 9 }), (start, at, more) => {
        const right = withLuhn(start);
        expect(passesLuhn(right)).toBe(true);
        const other = String((Number(right[at]) + more) % 10);
        expect(passesLuhn(`${right.slice(0, at)}${other}${right.slice(at + 1)}`)).toBe(false);
        const [a, b] = [right[at], right[at + 1]];
        // 09 and 90 are the pair that Luhn's check cannot tell.
        if (b === undefined || a === b || `${a}${b}` === '09' || `${a}${b}` === '90') return;
        expect(passesLuhn(`${right.slice(0, at)}${b}${a}${right.slice(at + 2)}`)).toBe(false);
      }),
    );
  });

  test.each(['73282932000074', '55210055400013', '356 000 000 00048'])('%s, a SIRET, is none', (siret) => {
    expect(passesLuhn(siret.replaceAll(' ', ''))).toBe(true);
    expect(kinds(siret)).toEqual([]);
  });

  // Of a network's first digits and length, and under Luhn's check: only its SIREN tells it from a card.
  test.each(['38012986', '30212345', '60212345', '50212345'])(
    'nor is a SIRET that begins as a card does: %s…',
    (start) => {
      const siret = withLuhn(`${withLuhn(start)}0001`);
      expect(siret).toHaveLength(14);
      expect(isCardNumber(siret)).toBe(false);
      expect(kinds(siret)).toEqual([]);
    },
  );

  test('a file number, a barcode, a telephone number and a date are none', () => {
    expect(kinds('2026 0012 3456 7891 · 3017620422003 · +33 1 23 45 67 89 01 · 2026-11-24 10:30')).toEqual([]);
  });
});

describe('[F5] social security numbers', () => {
  test.each(NIRS)('%s is one, whole or in groups', (nir) => {
    expect(isNir(nir)).toBe(true);
    const grouped = nir.replace(/^(.)(..)(..)(..)(...)(...)(..)$/, '$1 $2 $3 $4 $5 $6 $7');
    expect(secretsIn(`né le 3 : ${grouped}.`)).toEqual([{ kind: 'nir', start: 10, end: 10 + grouped.length }]);
  });

  test('its key tells every wrong digit, in Corsica too', () => {
    const born = fc.tuple(fc.constantFrom('1', '2'), digitsOf(2), fc.constantFrom('01', '12', '35', '99'));
    const place = fc.oneof(fc.constantFrom('2A', '2B', '2a'), digitsOf(2));
    fc.assert(
      fc.property(
        born,
        place,
        digitsOf(6),
        fc.integer({ min: 1, max: 96 }),
        ([sex, year, month], county, order, off) => {
          const start = `${sex}${year}${month}${county}${order}`;
          const keys = Array.from({ length: 97 }, (_, at) => String(at + 1).padStart(2, '0'));
          const right = keys.filter((key) => isNir(`${start}${key}`));
          expect(right).toHaveLength(1);
          const wrong = String(((Number(right[0]) - 1 + off) % 97) + 1).padStart(2, '0');
          expect(isNir(`${start}${wrong}`)).toBe(false);
          expect(kinds(`${start}${right[0]}`)).toEqual(['nir']);
        },
      ),
    );
  });

  test('2A counts as 19 and 2B as 18', () => {
    const key = (county: string) =>
      Array.from({ length: 97 }, (_, at) => String(at + 1).padStart(2, '0')).find((k) =>
        isNir(`1840${county}123456${k}`),
      );
    expect(key('52A')).toBe(key('519'));
    expect(key('52B')).toBe(key('518'));
    expect(key('52A')).not.toBe(key('52B'));
  });
});

describe('[F5] bank accounts', () => {
  test.each(IBANS)('%s is one, in groups, in small letters, and with its bank after it', (iban) => {
    expect(isIban(iban)).toBe(true);
    const grouped = iban.replace(/(.{4})(?=.)/g, '$1 ');
    expect(kinds(grouped)).toContain('iban');
    expect(kinds(`iban ${grouped.toLowerCase()}`)).toContain('iban');
    expect(kinds(`${grouped}, BIC AGRIFRPP`)).toContain('iban');
  });

  test('one wrong character, and it is none; nor with a length that its country does not use', () => {
    fc.assert(
      fc.property(fc.constantFrom(...IBANS), fc.nat(14), fc.integer({ min: 1, max: 9 }), (iban, at, more) => {
        const digit = iban[at + 2] as string;
        fc.pre(/\d/.test(digit));
        const other = String((Number(digit) + more) % 10);
        expect(isIban(`${iban.slice(0, at + 2)}${other}${iban.slice(at + 3)}`)).toBe(false);
      }),
    );
    // Right by its check digits alone.
    const checked = (account: string) =>
      `FR${String(98n - (BigInt(`${account}152700`) % 97n)).padStart(2, '0')}${account}`;
    expect(isIban(checked('30006000011234567890189'))).toBe(true);
    expect(isIban(checked('3000600001123456789018'))).toBe(false);
    expect(isIban(checked('300060000112345678901891'))).toBe(false);
  });
});

test('[F6] a secret is found whatever words and digits stand around it', () => {
  const secret = fc.constantFrom(...CARDS, ...IBANS, ...NIRS);
  const around = fc.array(fc.constantFrom('le', '12', 'dossier', '2026', '—', 'n°', '7,', '\n'), { maxLength: 6 });
  fc.assert(
    fc.property(around, secret, around, (before, number, after) => {
      const text = [...before, number, ...after].join(' ');
      const start = text.indexOf(number);
      expect(secretsIn(text)).toContainEqual(expect.objectContaining({ start, end: start + number.length }));
    }),
  );
});

test('[F6] a second long number is looked at as the first one was', () => {
  expect(kinds('Dossier 2026001234567890123, carte 4111 1111 1111 1111')).toEqual(['card']);
  expect(kinds('185057800608491; 255081416802538')).toEqual(['nir', 'nir']);
});

test('[F6] a text of millions of digits is read in one pass', () => {
  expect(secretsIn('1 2 3 4 5 6 7 8 9 0 '.repeat(5_000)).length).toBeGreaterThanOrEqual(0);
  expect(kinds(`${'9'.repeat(200_000)} 4111111111111111`)).toEqual(['card']);
});
