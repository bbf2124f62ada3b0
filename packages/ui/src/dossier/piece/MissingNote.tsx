import { type Missing, type Piece, shownSnapshot } from '@liasse/core';
import { CircleDashed } from 'lucide-react';
import { Icon, type Translate, useLanguage, useStrings } from '../../kit/index.ts';
import { CompletePiece } from '../completion/CompletePiece.tsx';
import { dossierStrings } from '../dossier.strings.ts';
import css from './piece.module.css';

/** What could not be kept of a page, in words: *Page enregistrée, sauf 4 images et 1 cadre d’un autre site.* */
export function MissingNote({ piece }: { readonly piece: Piece }) {
  const { missing } = shownSnapshot(piece);
  const t = useStrings(dossierStrings);
  const language = useLanguage();
  if (missing.length === 0) return null;
  const origins = missing.filter(({ origin }) => origin !== null);
  const one = missing.length === 1 ? origins[0] : undefined;
  const counted = totals(missing).map(([kind, count]) => t(`missing_${kind}`, { count }));
  const what =
    one === undefined ? new Intl.ListFormat(language, { type: 'conjunction' }).format(counted) : fromWhere(t, one);
  return (
    <div className={css.missing}>
      <Icon icon={CircleDashed} />
      <div>
        <p>{t('notKept', { what })}</p>
        {origins.length > 0 && one === undefined && (
          <ul>
            {origins.map((missing) => (
              <li key={`${missing.kind} ${missing.origin}`}>{fromWhere(t, missing)}</li>
            ))}
          </ul>
        )}
        {origins.length > 0 && <CompletePiece piece={piece} />}
      </div>
    </div>
  );
}

const fromWhere = (t: Translate<(typeof dossierStrings)['fr']>, { kind, count, origin }: Missing): string =>
  t('from', {
    what: t(`missing_${kind}`, { count }),
    site: origin !== null && URL.canParse(origin) ? new URL(origin).host : '',
  });

/** How many of each kind, whatever their origin, in the order they are first met. */
function totals(missing: readonly Missing[]): readonly (readonly [Missing['kind'], number])[] {
  const counts = new Map<Missing['kind'], number>();
  for (const { kind, count } of missing) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts];
}
