import type { LegalReference, ReadFrom } from '@liasse/core';

/** One line of the legal card. `name` is also the key of its label. */
export interface LegalRow {
  readonly name:
    | 'legalKind'
    | 'legalNumber'
    | 'legalDate'
    | 'legalVersion'
    | 'legalNor'
    | 'legalEli'
    | 'legalCelex'
    | 'legalLegifrance';
  readonly value: string;
  readonly from: ReadFrom;
}

/** The parts of a legal reference that were found, in the order people cite them. */
export function legalRows(legal: LegalReference): readonly LegalRow[] {
  const { kind, number, date, version, nor, eli, celex, legifrance = [] } = legal;
  const row = (name: LegalRow['name'], part: { value: string; from: ReadFrom } | undefined): LegalRow[] =>
    part === undefined ? [] : [{ name, ...part }];
  return [
    ...row('legalKind', kind),
    ...row('legalNumber', number),
    ...row('legalDate', date),
    ...row('legalVersion', version),
    ...row('legalNor', nor),
    ...row('legalEli', eli),
    ...row('legalCelex', celex),
    ...legifrance.flatMap((id) => row('legalLegifrance', id)),
  ];
}
