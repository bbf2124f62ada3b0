import type { SectionChange, TextBlocks } from '@liasse/core';
import { ArrowUpDown, Minus, Pencil, Plus } from 'lucide-react';
import { Chip, useStrings } from '../../kit/index.ts';
import { ChangedBlock } from './ChangedBlock.tsx';
import css from './compare.module.css';
import { compareStrings } from './compare.strings.ts';
import { FoldedBlocks } from './FoldedBlocks.tsx';
import { saysTheSame, stretchesOf } from './parts.ts';

const STATES = {
  changed: [Pencil, 'warn'],
  added: [Plus, 'ok'],
  removed: [Minus, 'neutral'],
} as const;

/** An article that changed, came, went or moved. It takes the focus when it is jumped to. */
export function ChangedSection({ section, before }: { readonly section: SectionChange; readonly before: TextBlocks }) {
  const t = useStrings(compareStrings);
  const { status, moved, label, formerLabel, formerlyAfter } = section;
  const state = status === 'same' ? null : STATES[status];
  const name = label === '' ? t('beginning') : label;
  return (
    <section className={css.section} data-change={status} tabIndex={-1} aria-label={name}>
      <div className={css.sectionHead}>
        <h3>{name}</h3>
        {state !== null && status !== 'same' && (
          <Chip icon={state[0]} tone={state[1]}>
            {t(status)}
          </Chip>
        )}
        {moved && (
          <Chip icon={ArrowUpDown} tone="info">
            {t('moved')}
          </Chip>
        )}
      </div>
      {formerLabel !== null && <p className={css.former}>{t('formerly', { label: formerLabel || t('beginning') })}</p>}
      {formerlyAfter !== null && (
        <p className={css.former}>
          {formerlyAfter === '' ? t('movedFromStart') : t('movedFrom', { label: formerlyAfter })}
        </p>
      )}
      {stretchesOf(section.blocks).map((stretch) => {
        const [first] = stretch;
        if (first === undefined) return null;
        const key = `${first.kind} ${'before' in first ? first.before : ''} ${'after' in first ? first.after : ''}`;
        return saysTheSame(first) ? (
          <FoldedBlocks key={key} blocks={stretch} before={before} />
        ) : (
          <ChangedBlock key={key} change={first} />
        );
      })}
    </section>
  );
}
