import { type Doc, type OutlinePart, outlineOf, type VersionedKind } from '@liasse/core';
import { useMemo } from 'react';
import { useStrings } from '../kit/index.ts';
import css from './versions.module.css';
import { versionsStrings } from './versions.strings.ts';

/** A version as it is read from top to bottom: what was on the board, in the dossier, on the agenda, with the words of its texts. */
export function VersionOutline({ kind, version }: { readonly kind: VersionedKind; readonly version: Doc }) {
  const t = useStrings(versionsStrings);
  const parts = useMemo(() => outlineOf(kind, version), [kind, version]);
  return (
    <div className={css.outline}>
      {parts.map((part) => (
        <section key={part.id}>
          <h3 className={css.part}>{part.title ?? t(HEADINGS[part.kind])}</h3>
          {part.lines.length === 0 ? (
            <p className={css.hint}>{t('nothing')}</p>
          ) : (
            <ul className={css.lines}>
              {part.lines.map(({ id, number, title, text }) => (
                <li key={id}>
                  <span className={css.number}>{number}</span>
                  <span>
                    {title || t('untitled')}
                    {text !== '' && <span className={css.text}>{text}</span>}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}

const HEADINGS = {
  column: 'noColumn',
  pieces: 'pieces',
  notes: 'notes',
  agenda: 'agenda',
} as const satisfies Record<OutlinePart['kind'], string>;
