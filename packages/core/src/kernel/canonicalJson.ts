import { Refusal } from './refusal.ts';
import { isWellFormed } from './wellFormed.ts';

/**
 * JSON in its one canonical form (RFC 8785): members sorted by UTF-16 code units, no spaces, numbers and strings as ECMAScript
 * writes them. Members that are undefined are left out, as in any JSON.
 *
 * @throws {Refusal} `invalid-input` for what JSON cannot say, or not in one way only
 * @see SPEC.md E1
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Refusal('invalid-input', { why: 'number', value: String(value) });
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) return canonicalObject(value);
  throw new Refusal('invalid-input', { why: 'type', value: typeof value });
}

function canonicalObject(value: object): string {
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  // The order of code units, which is what `<` compares; a locale has no say.
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member)}`).join(',')}}`;
}

function canonicalString(text: string): string {
  if (!isWellFormed(text)) throw new Refusal('invalid-input', { why: 'half a character' });
  return JSON.stringify(text);
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
