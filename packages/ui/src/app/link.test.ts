import { expect, test } from 'vitest';
import { originOf, parseLink } from './link.ts';

const TOKEN = 'abcdefghijklmnop0123';

test.each([
  [`https://liasse.example/rejoindre#${TOKEN}`, 'https://liasse.example'],
  [`  <http://127.0.0.1:4400/rejoindre#${TOKEN}>\n`, 'http://127.0.0.1:4400'],
])('a pasted link %s is read', (text, origin) => {
  expect(parseLink(text)).toEqual({ origin, token: TOKEN });
});

test.each([
  '',
  'bonjour',
  'https://liasse.example/rejoindre',
  `javascript:alert(1)#${TOKEN}`,
  'https://x/rejoindre#court',
])('what is no link is refused: %s', (text) => expect(parseLink(text)).toBeNull());

test.each([
  ['liasse.example', 'https://liasse.example'],
  [' http://127.0.0.1:4400/x ', 'http://127.0.0.1:4400'],
])('the address %s is the origin %s', (typed, origin) => expect(originOf(typed)).toBe(origin));
