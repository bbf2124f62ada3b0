import {
  addHighlight,
  blockAt,
  type HighlightId,
  newId,
  type Piece,
  type TextBlocks,
  type TextRange,
  targetAt,
} from '@liasse/core';
import { Copy, Highlighter, MessageSquarePlus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { usePlatform } from '../../app/context.tsx';
import { useEditable, useRun } from '../../app/room.tsx';
import { announce, useCommands, useStrings, useToast, VisuallyHidden } from '../../kit/index.ts';
import { useWho } from '../names.ts';
import css from './highlights.module.css';
import { highlightStrings } from './highlights.strings.ts';
import { type Mark, MarkedReadingContext } from './marks.ts';
import { PassageToolbar } from './PassageToolbar.tsx';
import { neighbourWords, OFFSET, passageOfWords, selectedPassage } from './selectedPassage.ts';
import { anchorTextOf, useAnchored } from './useAnchored.ts';

interface HighlightedTextProps {
  readonly piece: Piece;
  readonly blocks: TextBlocks;
  /** The text, drawn with `Words`. */
  readonly children: ReactNode;
}

/** A piece's text with its highlights, in which passages can be highlighted by mouse, by touch and by keyboard. */
export function HighlightedText({ piece, blocks, children }: HighlightedTextProps) {
  const t = useStrings(highlightStrings);
  const editable = useEditable() && piece.trashed === null;
  const root = useRef<HTMLDivElement>(null);
  const help = useId();
  const [passage, setPassage] = useSelectedPassage(root);
  const [asked, setAsked] = useState<'actions' | 'comment' | null>(null);
  const reading = useMarkedReading(piece, blocks);
  const act = usePassageActs(piece, blocks, passage, () => {
    setPassage(null);
    setAsked(null);
  });

  const has = passage !== null;
  useCommands([
    {
      id: 'highlight.add',
      label: t('highlight'),
      section: t('passage'),
      shortcut: 's',
      enabled: has && editable,
      run: () => act.highlight(''),
    },
    {
      id: 'highlight.annotate',
      label: t('annotate'),
      section: t('passage'),
      shortcut: 'a',
      enabled: has && editable,
      run: () => setAsked('comment'),
    },
    { id: 'highlight.copy', label: t('copyQuote'), section: t('passage'), enabled: has, run: act.copy },
  ]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (root.current === null || !(event.target instanceof HTMLElement)) return;
    const words = event.target.closest(`[${OFFSET}]`);
    if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const next = neighbourWords(root.current, event.key === 'ArrowDown' ? 1 : -1);
      next?.focus();
    } else if (event.key === 'Enter' && words !== null && event.target.closest('a, button') === null) {
      event.preventDefault();
      setPassage(selectedPassage(root.current, getSelection()) ?? passageOfWords(words));
      setAsked('actions');
    }
  };

  return (
    <MarkedReadingContext value={reading}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are read from the words inside, which take the focus. */}
      <div ref={root} className={css.reading} onKeyDown={onKeyDown}>
        <VisuallyHidden>
          <p id={help}>{t('help')}</p>
        </VisuallyHidden>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the way into the text for who has no mouse; its keys are described. */}
        <section tabIndex={0} aria-label={t('textOf')} aria-describedby={help} className={css.entry}>
          {children}
        </section>
        {passage !== null && root.current !== null && (
          <PassageToolbar
            root={root.current}
            passage={passage}
            editable={editable}
            asked={asked}
            icons={{ highlight: Highlighter, annotate: MessageSquarePlus, copy: Copy }}
            onAsk={setAsked}
            onHighlight={act.highlight}
            onCopy={act.copy}
            onClose={() => {
              setPassage(null);
              setAsked(null);
            }}
          />
        )}
      </div>
    </MarkedReadingContext>
  );
}

/** What is selected in the text. It stays while the focus goes to a button or to the palette, and goes with a click in the text. */
function useSelectedPassage(root: { readonly current: HTMLElement | null }) {
  const [passage, setPassage] = useState<TextRange | null>(null);
  useEffect(() => {
    const look = () => {
      const selection = getSelection();
      if (root.current === null || selection === null || !root.current.contains(selection.anchorNode)) return;
      const inText = selection.anchorNode?.parentElement?.closest(`[${OFFSET}]`) != null;
      const selected = selectedPassage(root.current, selection);
      if (selected !== null || inText) setPassage(selected);
    };
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [root]);
  return [passage, setPassage] as const;
}

function useMarkedReading(piece: Piece, blocks: TextBlocks) {
  const who = useWho();
  const anchored = useAnchored(piece, blocks);
  return useMemo(() => {
    const text = anchorTextOf(blocks);
    const starts = new Map(blocks.map((block, at) => [block, text.starts[at] as number]));
    const marks = anchored.flatMap(({ highlight: { id, comment, by }, anchor }): Mark[] =>
      anchor.range === null ? [] : [{ id, ...anchor.range, comment, who: who(by) }],
    );
    return { marks, startOf: (block: TextBlocks[number]) => starts.get(block) };
  }, [anchored, blocks, who]);
}

function usePassageActs(piece: Piece, blocks: TextBlocks, passage: TextRange | null, done: () => void) {
  const t = useStrings(highlightStrings);
  const run = useRun();
  const toast = useToast();
  const { random } = usePlatform();
  const target = () => (passage === null ? null : targetAt(anchorTextOf(blocks), passage));
  return {
    highlight: (comment: string) => {
      const found = target();
      if (found === null) {
        toast.show({ message: t('tooLong') });
        return;
      }
      const input = { pieceId: piece.id, highlightId: newId<HighlightId>(random), target: found, comment };
      if (!run(addHighlight, input).ok) return;
      announce(t('added'));
      getSelection()?.removeAllRanges();
      done();
    },
    copy: () => {
      const found = target();
      if (found === null || passage === null) return;
      const text = anchorTextOf(blocks);
      const article = articleLabel(blocks, blockAt(text, passage.start), found.path?.[0]);
      const source = [piece.title, article, piece.url].filter((part) => part != null).join(', ');
      void navigator.clipboard
        .writeText(t('citation', { quote: found.quote.exact.replace(/\s+/gu, ' '), source }))
        .then(() => toast.show({ message: t('copied') }));
      done();
    },
  };
}

/** The title of the article that a block stands in, as printed. */
function articleLabel(blocks: TextBlocks, from: number, article: string | undefined): string | null {
  if (article === undefined) return null;
  for (let at = from; at >= 0; at--) {
    const block = blocks[at];
    if (block?.kind === 'heading') return block.text;
  }
  return null;
}
