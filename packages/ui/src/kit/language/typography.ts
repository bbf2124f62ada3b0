const NARROW = '\u202f';
const HARD = '\u00a0';

/** What French typography asks of the sentences of the interface, as one pattern a fault. */
const FAULTS: readonly (readonly [fault: string, pattern: RegExp])[] = [
  ['straight apostrophe instead of ’', /'/],
  ['straight quotation mark instead of « »', /"/],
  ['three dots instead of …', /\.\.\./],
  ['space before …', /[ \u00a0\u202f]…/],
  [`; ! ? without U+202F before`, new RegExp(`[^${NARROW}!?][;!?]`)],
  [': without U+00A0 before', new RegExp(`[^${HARD}]:(?!//)`)],
  ['« without U+00A0 after', new RegExp(`«(?!${HARD})`)],
  ['» without U+00A0 before', new RegExp(`(?<!${HARD})»`)],
  ['exclamation', /!/],
  ['two spaces', / {2}/],
  ['space before , or .', /[ \u00a0\u202f][,.](?!\w)/],
  ['hour without U+00A0 around h', /\d ?h ?\d/],
];

/** The faults of French typography in a sentence of the interface; empty when there is none. */
export function frenchFaults(text: string): readonly string[] {
  // A placeholder stands for somebody's word.
  const plain = text.replace(/\{\{[^}]+\}\}/g, 'x');
  return FAULTS.filter(([, pattern]) => pattern.test(plain)).map(([fault]) => fault);
}
