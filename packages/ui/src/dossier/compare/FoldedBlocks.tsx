import type { BlockChange, TextBlocks } from '@liasse/core';
import { useState } from 'react';
import { useStrings } from '../../kit/index.ts';
import { wordsOf } from './ChangedBlock.tsx';
import css from './compare.module.css';
import { compareStrings } from './compare.strings.ts';

/** What did not change, folded: it is drawn when it is asked for. */
export function FoldedBlocks(props: { readonly blocks: readonly BlockChange[]; readonly before: TextBlocks }) {
  const t = useStrings(compareStrings);
  const [open, setOpen] = useState(false);
  return (
    <details className={css.folded} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('same', { count: props.blocks.length })}</summary>
      {open &&
        props.blocks.map((change) => {
          const block = 'block' in change ? change.block : 'before' in change ? props.before[change.before] : undefined;
          if (block === undefined || !('after' in change)) return null;
          return block.kind === 'heading' ? (
            <h3 key={change.after}>{block.text}</h3>
          ) : (
            <p key={change.after} className={css.block}>
              {wordsOf(block)}
            </p>
          );
        })}
    </details>
  );
}
