import type { Day, LegalKind } from '@liasse/core';
import type { ReactNode } from 'react';
import { useFormat, useStrings } from '../../kit/index.ts';
import { dossierStrings } from '../dossier.strings.ts';
import { legalRows } from './legalRows.ts';
import css from './piece.module.css';
import type { PieceProps } from './pieceProps.ts';

/** A legal text's own names, each with where it was read: the reader judges. */
export function LegalCard({ piece: { legal } }: PieceProps) {
  const t = useStrings(dossierStrings);
  const format = useFormat();
  if (legal === null) return null;
  const shown = (row: ReturnType<typeof legalRows>[number]): ReactNode => {
    if (row.name === 'legalKind') return t(kindKey(row.value as LegalKind));
    if (row.name === 'legalDate' || row.name === 'legalVersion') return format.longDay(row.value as Day);
    return row.value;
  };
  return (
    <section className={css.legal} aria-labelledby="legal-card">
      <h2 id="legal-card">{t('legal')}</h2>
      <dl>
        {legalRows(legal).map((row) => (
          <div key={`${row.name} ${row.value}`}>
            <dt>{t(row.name)}</dt>
            <dd>
              {shown(row)}
              <small>{t(`readFrom_${row.from}`)}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

// `_other` would read as a plural's form.
const kindKey = (kind: LegalKind) => (kind === 'other' ? 'kind_unnamed' : (`kind_${kind}` as const));
