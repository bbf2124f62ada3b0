import { highlightsView, type Piece, type TextBlocks } from '@liasse/core';
import { useEditable } from '../../app/room.tsx';
import { useStrings, useView } from '../../kit/index.ts';
import type { PieceProps } from '../piece/pieceProps.ts';
import { usePieceBlocks } from '../piece/usePieceBlocks.ts';
import { HighlightLine } from './HighlightLine.tsx';
import css from './highlights.module.css';
import { highlightStrings } from './highlights.strings.ts';
import { useAnchored } from './useAnchored.ts';

/** The highlights of a piece, with their comments, and what became of those of its earlier versions. */
export function HighlightsCard({ piece }: PieceProps) {
  const text = usePieceBlocks(piece);
  if (text.kind !== 'here' || text.blocks.length === 0) return null;
  return <Listed piece={piece} blocks={text.blocks} />;
}

function Listed({ piece, blocks }: { readonly piece: Piece; readonly blocks: TextBlocks }) {
  const t = useStrings(highlightStrings);
  const editable = useEditable() && piece.trashed === null;
  const anchored = useAnchored(piece, blocks);
  const { unreadable } = useView(highlightsView);
  if (anchored.length === 0 && unreadable === 0 && !editable) return null;
  return (
    <section className={css.card} aria-labelledby="highlights-card">
      <h2 id="highlights-card">{t('highlights')}</h2>
      {anchored.length === 0 && editable && <p className={css.hint}>{t('none')}</p>}
      {anchored.length > 0 && (
        <ol className={css.lines}>
          {anchored.map((one) => (
            <HighlightLine key={one.highlight.id} anchored={one} editable={editable} />
          ))}
        </ol>
      )}
      {unreadable > 0 && <p className={css.hint}>{t('unreadable', { count: unreadable })}</p>}
    </section>
  );
}
