import { type ChangedField, Day, type Doc, MeetingTime, recordTitle } from '@liasse/core';
import type { Format, KeyOf, Translate } from '../../kit/index.ts';
import type { differencesStrings } from './differences.strings.ts';

export type Words = Translate<(typeof differencesStrings)['fr']>;

/** What is needed to say a field in words. */
interface Teller {
  readonly t: Words;
  readonly format: Format;
  readonly nameOf: (account: string) => string;
  /** Where the titles of what a field points to are looked up. */
  readonly docs: readonly Doc[];
}

const FIELDS: ReadonlySet<string> = new Set([
  'title',
  'body',
  'text',
  'comment',
  'place',
  'rank',
  'due',
  'deadline',
  'people',
  'blocked',
  'done',
  'dossierId',
  'meetingId',
  'holdsDone',
  'kind',
  'minutes',
  'rapporteur',
  'when',
]);

type FieldKey = Extract<KeyOf<(typeof differencesStrings)['fr']>, `field_${string}`>;

export function fieldLabel(t: Words, { name }: ChangedField): string {
  return t((FIELDS.has(name) ? `field_${name}` : 'field_unknown') as FieldKey);
}

/** A field before and after, as a person says it; null where there was nothing. */
export function fieldWords(field: ChangedField, teller: Teller): { before: string | null; after: string | null } {
  const { before, after } = field.values;
  if (field.name === 'people' && field.part !== null) {
    const name = teller.nameOf(field.part);
    return { before: field.before === null ? null : name, after: field.after === null ? null : name };
  }
  if (field.name === 'rank') return { before: null, after: teller.t('moved') };
  return {
    before: field.before === null ? null : valueWords(field.name, before, field.before, teller),
    after: field.after === null ? null : valueWords(field.name, after, field.after, teller),
  };
}

function valueWords(name: string, value: unknown, plain: string, { t, format, docs }: Teller): string {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (name === 'due' || name === 'deadline') return dayWords(value, format) ?? plain;
  if (name === 'minutes' && typeof value === 'number') return t('minutes', { count: value });
  if (name === 'kind' && typeof value === 'string' && value in KINDS) return t(KINDS[value as keyof typeof KINDS]);
  if (name === 'done') return t('yes');
  if (name === 'blocked') return stringIn(value, 'reason') ?? t('yes');
  if (name === 'place') return recordTitle(docs, 'columns', stringIn(value, 'columnId')) ?? t('moved');
  if (name === 'when') return whenWords(value, format) ?? plain;
  return plain;
}

const KINDS = {
  information: 'kind_information',
  discussion: 'kind_discussion',
  decision: 'kind_decision',
  approval: 'kind_approval',
} as const;

const dayWords = (value: unknown, format: Format): string | null => {
  const day = Day.safeParse(value).data;
  return day === undefined ? null : format.longDay(day);
};

function whenWords(value: unknown, format: Format): string | null {
  const when = MeetingTime.safeParse(value).data;
  if (when === undefined) return null;
  return [format.longDay(when.day), when.startTime].filter(Boolean).join(', ');
}

const stringIn = (value: unknown, key: string): string | null => {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : null;
  return typeof found === 'string' ? found : null;
};
