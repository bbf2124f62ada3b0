import { dayAt, type Piece, type SlipLine } from '@liasse/core';
import { useFormat, useStrings } from '../../kit/index.ts';
import { evidenceStrings } from '../evidence/evidence.strings.ts';
import { shortHash } from '../evidence/shortHash.ts';
import { useWho } from '../names.ts';
import css from './print.module.css';

/** Every piece on its line, each version under its number; the heads are repeated on each sheet. */
export function SlipTable({ lines }: { readonly lines: readonly SlipLine[] }) {
  const t = useStrings(evidenceStrings);
  return (
    <div className={css.frame}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('columnNumber')}</th>
            <th scope="col">{t('columnPiece')}</th>
            <th scope="col">{t('columnDate')}</th>
            <th scope="col">{t('columnWho')}</th>
            <th scope="col">{t('columnFingerprint')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.flatMap(({ number, versions }) =>
            versions.map((piece, at) => (
              <Row key={piece.id} piece={piece} number={number} version={versions.length > 1 ? at + 1 : null} />
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly piece: Piece;
  readonly number: number;
  /** From 1; null for the only one. */
  readonly version: number | null;
}

function Row({ piece, number, version }: RowProps) {
  const t = useStrings(evidenceStrings);
  const format = useFormat();
  const who = useWho();
  const { title, language, legal, url, site, capturedAt, capturedBy, manifest } = piece;
  const names = [legal?.number, legal?.nor, legal?.celex, legal?.eli, ...(legal?.legifrance ?? [])];
  const reference = names.flatMap((name) => name?.value ?? []).join(', ');
  return (
    <tr>
      <td className={css.number}>
        {number}
        {version !== null && <small>{t('version', { version })}</small>}
      </td>
      <td>
        <strong {...(language !== null && { lang: language })}>{title}</strong>
        {reference !== '' && <small>{reference}</small>}
        <small>{url ?? site}</small>
      </td>
      <td>{format.longDay(dayAt(capturedAt)).replace(/^\p{L}+ /u, '')}</td>
      <td>{who(capturedBy)}</td>
      <td className={css.hash}>{manifest === null ? '' : shortHash(manifest.hash)}</td>
    </tr>
  );
}
