import type { SearchableKind } from '@liasse/core';
import { Checkbox, Select, useStrings } from '../kit/index.ts';
import type { Choice, SearchCounts } from './device/contract.ts';
import css from './search.module.css';
import { searchStrings } from './search.strings.ts';
import { KINDS, type SearchPlace } from './searchPlace.ts';

const ALL = '';
/** Dossiers and meetings that are offered, those with the most results first. */
const MAX_GROUPS = 50;

/** What results are narrowed to, each choice with what it would leave. */
export function FilterBar({ place, counts }: { readonly place: SearchPlace; readonly counts: SearchCounts | null }) {
  const t = useStrings(searchStrings);
  const { kind, group, year, trashed } = place.filters;
  const kinds = [...(counts?.kinds ?? [])].sort((a, b) => KINDS.indexOf(a.value) - KINDS.indexOf(b.value));
  return (
    <fieldset className={css.filters} aria-label={t('filters')} data-chrome>
      <Filter<SearchableKind>
        label={t('type')}
        all={t('allTypes')}
        choices={kinds.map((choice) => ({ ...choice, label: t(choice.value) }))}
        value={kind as SearchableKind | null}
        labelOf={(value) => t(value)}
        onChange={(value) => place.filter({ kind: value })}
      />
      <Filter<string>
        label={t('group')}
        all={t('allGroups')}
        choices={(counts?.groups ?? [])
          .slice(0, MAX_GROUPS)
          .map((choice) => ({ ...choice, label: choice.label || t('untitled') }))}
        value={group}
        labelOf={() => t('untitled')}
        onChange={(value) => place.filter({ group: value })}
      />
      <Filter<string>
        label={t('year')}
        all={t('allYears')}
        choices={(counts?.years ?? []).map((choice) => ({ ...choice, value: String(choice.value) }))}
        value={year === null ? null : String(year)}
        labelOf={(value) => value}
        onChange={(value) => place.filter({ year: value === null ? null : Number(value) })}
      />
      {(trashed || (counts?.trashed ?? 0) > 0) && (
        <Checkbox isSelected={trashed} onChange={(isSelected) => place.filter({ trashed: isSelected })}>
          {counts === null ? t('inTrash') : t('inTrashCount', { trashed: counts.trashed })}
        </Checkbox>
      )}
    </fieldset>
  );
}

interface FilterProps<T extends string> {
  readonly label: string;
  readonly all: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T | null;
  /** Of a chosen one that leaves nothing. */
  readonly labelOf: (value: T) => string;
  readonly onChange: (value: T | null) => void;
}

function Filter<T extends string>({ label, all, choices, value, labelOf, onChange }: FilterProps<T>) {
  const t = useStrings(searchStrings);
  const isListed = value === null || choices.some((choice) => choice.value === value);
  const listed = isListed ? choices : [...choices, { value, label: labelOf(value), count: 0 }];
  return (
    <Select
      label={label}
      hideLabel
      options={[
        { id: ALL, label: t('filterNow', { label, value: all }) },
        ...listed.map(({ value, label, count }) => ({
          id: value as string,
          label: t('choice', { label, found: count }),
        })),
      ]}
      value={value ?? ALL}
      onChange={(id) => onChange(id === ALL ? null : (id as T))}
      className={css.filter ?? ''}
    />
  );
}
