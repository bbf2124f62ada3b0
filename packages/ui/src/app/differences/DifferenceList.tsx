import {
  type AccountId,
  type ChangedField,
  type ChangedRecord,
  changedRecords,
  type Difference,
  type Doc,
} from '@liasse/core';
import { ArrowUpFromLine, type LucideIcon, Pencil, Plus, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { Checkbox, Icon, type KeyOf, useFormat, useStrings, VisuallyHidden } from '../../kit/index.ts';
import { useNameOf } from '../people.ts';
import css from './DifferenceList.module.css';
import { differencesStrings } from './differences.strings.ts';
import { fieldLabel, fieldWords, type Words } from './fieldWords.ts';

interface DifferenceListProps {
  readonly differences: readonly Difference[];
  /** Where the titles are looked up of what is only changed. */
  readonly docs: readonly Doc[];
}

/** What two states of a document have otherwise, record by record. */
export function DifferenceList({ differences, docs }: DifferenceListProps) {
  const records = useMemo(() => changedRecords(differences, docs), [differences, docs]);
  return <ChangedRecordList records={records} docs={docs} />;
}

interface ChangedRecordListProps {
  readonly records: readonly ChangedRecord[];
  readonly docs: readonly Doc[];
  /** Keys of the records that are chosen, and how one is chosen or left; absent where there is nothing to choose. */
  readonly choice?: { readonly chosen: ReadonlySet<string>; choose(key: string, isChosen: boolean): void };
}

export function ChangedRecordList({ records, docs, choice }: ChangedRecordListProps) {
  const t = useStrings(differencesStrings);
  return (
    <ul className={css.list} aria-label={t('list')}>
      {records.map((record) => {
        const root = rootWords(t, record);
        const what = record.id === null ? root : t('named', { root, title: record.title ?? t('untitled') });
        return (
          <li key={record.key} className={css.record}>
            <p className={css.head}>
              {choice && (
                <Checkbox
                  hideLabel
                  isSelected={choice.chosen.has(record.key)}
                  onChange={(isChosen) => choice.choose(record.key, isChosen)}
                >
                  {t('choose', { what })}
                </Checkbox>
              )}
              <Icon icon={ICONS[record.how]} className={css.icon ?? ''} />
              <span className={css.what}>
                <span className={css.root}>{root}</span>{' '}
                {record.id !== null && <strong>{record.title ?? t('untitled')}</strong>}
              </span>
              <span className={css.how}>{t(record.how)}</span>
            </p>
            {record.fields.length > 0 && (
              <dl className={css.fields}>
                {record.fields.map((field) => (
                  <FieldLine key={`${field.name} ${field.part ?? ''}`} field={field} docs={docs} />
                ))}
              </dl>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function FieldLine({ field, docs }: { readonly field: ChangedField; readonly docs: readonly Doc[] }) {
  const t = useStrings(differencesStrings);
  const format = useFormat();
  const memberName = useNameOf();
  const nameOf = (account: string) => memberName(account as AccountId) ?? account;
  const { before, after } = fieldWords(field, { t, format, nameOf, docs });
  return (
    <>
      <dt>{fieldLabel(t, field)}</dt>
      <dd>
        {before !== null && (
          <del>
            <VisuallyHidden>{t('before')} </VisuallyHidden>
            {before}
          </del>
        )}
        {after !== null && (
          <ins>
            <VisuallyHidden>{t('after')} </VisuallyHidden>
            {after}
          </ins>
        )}
      </dd>
    </>
  );
}

const ICONS: Readonly<Record<ChangedRecord['how'], LucideIcon>> = {
  added: Plus,
  trashed: Trash2,
  restored: ArrowUpFromLine,
  changed: Pencil,
};

const ROOTS: ReadonlySet<string> = new Set([
  'cards',
  'columns',
  'pieces',
  'notes',
  'highlights',
  'items',
  'blobs',
  'meta',
]);

type RootKey = Extract<KeyOf<(typeof differencesStrings)['fr']>, `in_${string}`>;

const rootWords = (t: Words, { root }: ChangedRecord): string =>
  t((ROOTS.has(root) ? `in_${root}` : 'in_unknown') as RootKey);
