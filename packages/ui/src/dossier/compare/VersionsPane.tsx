import type { Piece, PieceId } from '@liasse/core';
import { useState } from 'react';
import { paths } from '../../app/paths.ts';
import { Button, Link, Select, useFormat, useStrings } from '../../kit/index.ts';
import { useWho } from '../names.ts';
import type { PieceProps } from '../piece/pieceProps.ts';
import css from './compare.module.css';
import { compareStrings } from './compare.strings.ts';
import { useVersions } from './useVersions.ts';
import { VersionComparison } from './VersionComparison.tsx';

/** Two versions, by their place from 0. */
interface Choice {
  readonly earlier: number;
  readonly later: number;
}

/** The versions of a piece's work, and the comparison of any two of them. */
export default function VersionsPane({ dossierId, piece }: PieceProps) {
  const t = useStrings(compareStrings);
  const format = useFormat();
  const who = useWho();
  const versions = useVersions(piece);
  const own = versions.findIndex(({ id }) => id === piece.id);
  const [choice, setChoice] = useState<Choice>({ earlier: Math.max(0, own - 1), later: Math.max(1, own) });
  const [compared, setCompared] = useState<Choice | null>(null);
  const options = versions.map(({ id, capturedAt }, at) => ({
    id,
    label: t('option', { number: at + 1, when: format.dayTime(capturedAt) }),
  }));
  const placeOf = (id: PieceId) => versions.findIndex((version) => version.id === id);
  const choose = (change: Partial<Choice>) => {
    setCompared(null);
    setChoice({ ...choice, ...change });
  };

  return (
    <div className={css.pane}>
      <section aria-labelledby="versions" className={css.versions}>
        <h2 id="versions">{t('versions')}</h2>
        <ol>
          {versions.map(({ id, capturedAt, capturedBy }, at) => (
            <li key={id}>
              <Link href={paths.piece(dossierId, id)}>{t('version', { number: at + 1 })}</Link>
              {', '}
              {t('captured', { when: format.dayTime(capturedAt), who: who(capturedBy) })}
              {id === piece.id && <strong> ({t('shown')})</strong>}
            </li>
          ))}
        </ol>
      </section>
      <form
        className={css.choice}
        aria-label={t('choice')}
        onSubmit={(event) => {
          event.preventDefault();
          // The earlier capture is read first, whichever field it was chosen in.
          const [earlier, later] = [choice.earlier, choice.later].sort((a, b) => a - b) as [number, number];
          if (earlier !== later) setCompared({ earlier, later });
        }}
      >
        <Select
          label={t('earlier')}
          options={options}
          value={versions[choice.earlier]?.id ?? null}
          onChange={(id) => choose({ earlier: placeOf(id) })}
        />
        <Select
          label={t('later')}
          options={options}
          value={versions[choice.later]?.id ?? null}
          onChange={(id) => choose({ later: placeOf(id) })}
          error={choice.earlier === choice.later ? t('sameVersion') : null}
        />
        <Button type="submit" variant="primary">
          {t('compare')}
        </Button>
      </form>
      {compared !== null && (
        <VersionComparison
          key={`${compared.earlier} ${compared.later}`}
          earlier={{ piece: versions[compared.earlier] as Piece, number: compared.earlier + 1 }}
          later={{ piece: versions[compared.later] as Piece, number: compared.later + 1 }}
          onCancel={() => setCompared(null)}
        />
      )}
    </div>
  );
}
