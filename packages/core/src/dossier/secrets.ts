/**
 * Numbers that must not enter a document by accident, recognised by their own check digits. A CRDT keeps its history: what
 * was inserted once cannot be taken out again, so every text is scanned before it goes in.
 */

/** `card`: never kept. `nir` (French social security number), `iban`: kept only when the agent ticked that field. */
export type SecretKind = 'card' | 'nir' | 'iban';

/** A secret's place in a text, in UTF-16 units. */
export interface Secret {
  readonly kind: SecretKind;
  readonly start: number;
  readonly end: number;
}

/** The check of ISO/IEC 7812. @param digits - digits alone */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The remainder of a decimal number of any length. */
function modulo97(digits: string): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

/**
 * First digits of the networks whose cards are in use, with the lengths they come in. Without them one in ten of all file
 * numbers would be taken for a card.
 */
const CARD_NETWORKS: readonly (readonly [pattern: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 18, 19]],
  [/^(?:5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))/, [16]],
  [/^3[47]/, [15]],
  [/^(?:30[0-5]|3095|36|3[89])/, [14, 15, 16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^220[0-5]/, [16, 17, 18, 19]],
  [/^(?:5[0678]|6)/, [13, 14, 15, 16, 17, 18, 19]],
];

/** @param digits - digits alone */
export function isCardNumber(digits: string): boolean {
  const { length } = digits;
  if (!CARD_NETWORKS.some(([pattern, lengths]) => lengths.includes(length) && pattern.test(digits))) return false;
  if (!passesLuhn(digits)) return false;
  // A SIRET also has fourteen digits under Luhn's check, but so have its first nine, the SIREN.
  return !(length === 14 && passesLuhn(digits.slice(0, 9)));
}

/** 13 characters, sex first, then the key: Corsica's `2A` counts as 19 and `2B` as 18 (INSEE). @param characters - without spaces */
export function isNir(characters: string): boolean {
  const parts = /^([1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d))(\d\d|2A|2B)(\d{6})(\d\d)$/i.exec(characters);
  if (parts === null) return false;
  const [, born = '', place = '', order = '', key = ''] = parts;
  const county = place.toUpperCase().replace('2A', '19').replace('2B', '18');
  return 97 - modulo97(`${born}${county}${order}`) === Number(key);
}

/** Lengths of the IBAN registry (SWIFT): a number of another length is none. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 ' +
    'FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 ' +
    'LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 ' +
    'SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

/** @param characters - without spaces */
export function isIban(characters: string): boolean {
  const upper = characters.toUpperCase();
  if (!/^[A-Z]{2}\d\d[A-Z0-9]+$/.test(upper) || IBAN_LENGTHS.get(upper.slice(0, 2)) !== upper.length) return false;
  const numbers = `${upper.slice(4)}${upper.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return modulo97(numbers) === 1;
}

/** What people and masks put between groups. */
const GAP = '[ \\u00a0\\u202f\\u2009.\\-/]{0,2}';
const DIGITS = new RegExp(`\\d(?:${GAP}\\d){12,}`, 'g');
const NIR_START = /(?<![\p{L}\d])[1-478]/gu;
const NIR = new RegExp(`\\d(?:${GAP}\\d){5}${GAP}[AB\\d](?:${GAP}\\d){8}(?!\\d)`, 'iy');
const IBAN_START = /(?<![\p{L}\d])[A-Z]{2}\d\d/giu;

/** The secrets in a text, whatever stands around them and however they are grouped. One stretch may be of two kinds. */
export function secretsIn(text: string): readonly Secret[] {
  // Nothing shorter holds one.
  return text.length < 13 ? [] : [...cardsIn(text), ...nirsIn(text), ...ibansIn(text)];
}

function* cardsIn(text: string): Iterable<Secret> {
  for (const run of text.matchAll(DIGITS)) yield* cardsInRun(run[0], run.index);
}

/** A run of digits may hold a card and, after it, its date: every stretch that begins and ends with a group is tried. */
function* cardsInRun(run: string, offset: number): Iterable<Secret> {
  const groups = [...run.matchAll(/\d+/g)];
  for (let first = 0; first < groups.length; first++) {
    let digits = '';
    for (let last = first; last < groups.length; last++) {
      const group = groups[last] as RegExpExecArray;
      digits += group[0];
      if (digits.length > 19) break;
      if (!isCardNumber(digits)) continue;
      const start = offset + (groups[first] as RegExpExecArray).index;
      yield { kind: 'card', start, end: offset + group.index + group[0].length };
      first = last;
      break;
    }
  }
}

function* nirsIn(text: string): Iterable<Secret> {
  for (const { index } of text.matchAll(NIR_START)) {
    const end = endOf(NIR, text, index, isNir);
    if (end !== null) yield { kind: 'nir', start: index, end };
  }
}

function* ibansIn(text: string): Iterable<Secret> {
  for (const { 0: head, index } of text.matchAll(IBAN_START)) {
    const length = IBAN_LENGTHS.get(head.slice(0, 2).toUpperCase());
    if (length === undefined) continue;
    const whole = new RegExp(`[A-Z0-9](?:${GAP}[A-Z0-9]){${length - 1}}(?![A-Z0-9])`, 'iy');
    const end = endOf(whole, text, index, isIban);
    if (end !== null) yield { kind: 'iban', start: index, end };
  }
}

/** Where a number that starts at a place ends; null where none does. @param shape - sticky: starts overlap */
function endOf(shape: RegExp, text: string, start: number, passes: (characters: string) => boolean): number | null {
  shape.lastIndex = start;
  const match = shape.exec(text);
  return match !== null && passes(match[0].replace(/[^0-9A-Za-z]/g, '')) ? start + match[0].length : null;
}
