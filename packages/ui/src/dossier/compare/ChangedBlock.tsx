import { type BlockChange, blockText, type TextBlock, type WordRun } from '@liasse/core';
import { useStrings, VisuallyHidden } from '../../kit/index.ts';
import css from './compare.module.css';
import { compareStrings } from './compare.strings.ts';

/** A paragraph that changed, with its words added and removed; or that came, went or moved, whole. */
export function ChangedBlock({ change }: { readonly change: BlockChange }) {
  const t = useStrings(compareStrings);
  switch (change.kind) {
    case 'same':
    case 'reshaped':
      return null;
    case 'added':
      return <Whole kind="added" block={change.block} />;
    case 'removed':
      return <Whole kind="removed" block={change.former} />;
    case 'moved':
      return (
        <p className={css.moved}>
          <strong>{t('blockMoved')}</strong> {wordsOf(change.block)}
        </p>
      );
    case 'moved-away':
      return (
        <p className={css.moved}>
          <strong>{t('blockMovedAway')}</strong> {wordsOf(change.former)}
        </p>
      );
    case 'changed':
      return change.words === null ? (
        <>
          <Whole kind="removed" block={change.former} />
          <Whole kind="added" block={change.block} />
        </>
      ) : (
        <p className={css.block}>
          {change.words.map((run, index) => (
            // Runs never change, and may repeat: their place tells them apart.
            <RunView key={index} run={run} />
          ))}
        </p>
      );
  }
}

export const wordsOf = (block: TextBlock): string => {
  const words = blockText(block).replaceAll('\t', ' | ');
  return block.kind === 'item' && block.marker !== null ? `${block.marker} ${words}` : words;
};

function Whole({ kind, block }: { readonly kind: 'added' | 'removed'; readonly block: TextBlock }) {
  return (
    <p className={css.block}>
      <RunView run={{ kind, text: wordsOf(block) }} />
    </p>
  );
}

/** Heard as *supprimé : deux mois (fin) ajouté : trois mois (fin)*: once a run, and a run is never a crumb. */
function RunView({ run: { kind, text } }: { readonly run: WordRun }) {
  const t = useStrings(compareStrings);
  if (kind === 'same') return text;
  const Edit = kind === 'added' ? 'ins' : 'del';
  return (
    <Edit className={kind === 'added' ? css.added : css.removed}>
      <VisuallyHidden elementType="span">{t(kind === 'added' ? 'hearAdded' : 'hearRemoved')}</VisuallyHidden>
      {text}
      <VisuallyHidden elementType="span">{t('hearEnd')}</VisuallyHidden>
    </Edit>
  );
}
