import type { BlockChange, Comparison, SectionChange } from '@liasse/core';
import type { Translate } from '../../kit/index.ts';
import type { compareStrings } from './compare.strings.ts';

type T = Translate<(typeof compareStrings)['fr']>;

/** What is drawn as one: a section that changed, or all that is the same until the next. `key`: its place. */
export type Part =
  | { readonly kind: 'changed'; readonly key: number; readonly section: SectionChange }
  | { readonly kind: 'same'; readonly key: number; readonly blocks: readonly BlockChange[] };

/** Whether a section is worth a stop. */
const isChanged = ({ status, moved, formerLabel }: SectionChange): boolean =>
  status !== 'same' || moved || formerLabel !== null;

export function partsOf({ sections }: Comparison): readonly Part[] {
  const parts: Part[] = [];
  let same: BlockChange[] | null = null;
  for (const [key, section] of sections.entries()) {
    if (isChanged(section)) {
      parts.push({ kind: 'changed', key, section });
      same = null;
    } else if (same === null) {
      same = [...section.blocks];
      parts.push({ kind: 'same', key, blocks: same });
    } else same.push(...section.blocks);
  }
  return parts;
}

/** Stretches of blocks that say the same, and between them those that changed. */
export function stretchesOf(blocks: readonly BlockChange[]): readonly (readonly BlockChange[])[] {
  const stretches: BlockChange[][] = [];
  let open = false;
  for (const block of blocks) {
    const same = saysTheSame(block);
    if (same && open) stretches.at(-1)?.push(block);
    else stretches.push([block]);
    open = same;
  }
  return stretches;
}

export const saysTheSame = ({ kind }: BlockChange): boolean => kind === 'same' || kind === 'reshaped';

export const sectionName = ({ label, status, moved }: SectionChange, t: T): string => {
  const state = status === 'same' ? (moved ? t('moved') : t('changed')) : t(status);
  return `${label === '' ? t('beginning') : label} (${state})`;
};

const WHAT = ['changed', 'added', 'removed', 'moved', 'renumbered'] as const;

/** *12 articles modifiés*, *2 articles ajoutés*… what there is of each. */
export function summaryOf({ counts }: Comparison, t: T): readonly string[] {
  return (['articles', 'passages'] as const).flatMap((sort) =>
    WHAT.flatMap((what) => {
      const count = counts[sort][what];
      return count === 0 ? [] : [t(`${sort}_${what}`, { count })];
    }),
  );
}
