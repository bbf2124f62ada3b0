import { MAX_COMMENT_CHARACTERS, type TextRange } from '@liasse/core';
import type { LucideIcon } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button, TextArea, useStrings } from '../../kit/index.ts';
import css from './highlights.module.css';
import { highlightStrings } from './highlights.strings.ts';
import { OFFSET } from './selectedPassage.ts';

interface PassageToolbarProps {
  readonly root: HTMLElement;
  readonly passage: TextRange;
  readonly editable: boolean;
  /** `actions`: by keyboard, so the focus goes to it; `comment`: the field for one is open; null: it only stands there. */
  readonly asked: 'actions' | 'comment' | null;
  readonly icons: { readonly highlight: LucideIcon; readonly annotate: LucideIcon; readonly copy: LucideIcon };
  readonly onAsk: (asked: 'comment') => void;
  readonly onHighlight: (comment: string) => void;
  readonly onCopy: () => void;
  readonly onClose: () => void;
}

/** What can be done with a passage, below its end. It takes no focus by itself: a selection being made must not be lost to it. */
export function PassageToolbar({ root, passage, asked, editable, icons, onClose, ...acts }: PassageToolbarProps) {
  const t = useStrings(highlightStrings);
  const bar = useRef<HTMLDivElement>(null);
  const [comment, setComment] = useState('');
  useLayoutEffect(() => {
    const spot = spotBelow(root, passage);
    bar.current?.style.setProperty('inset-block-start', `${spot.top}px`);
    bar.current?.style.setProperty('inset-inline-start', `${spot.left}px`);
  }, [root, passage]);
  useEffect(() => {
    if (asked !== null) bar.current?.querySelector<HTMLElement>('textarea, button')?.focus();
  }, [asked]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
    wordsAt(root, passage)?.focus();
  };
  return (
    <div ref={bar} role="toolbar" aria-label={t('passage')} className={css.toolbar} onKeyDown={onKeyDown}>
      {asked === 'comment' ? (
        <div className={css.form}>
          <TextArea label={t('comment')} value={comment} onChange={setComment} maxLength={MAX_COMMENT_CHARACTERS} />
          <div className={css.formActions}>
            <Button variant="primary" onPress={() => acts.onHighlight(comment)}>
              {t('save')}
            </Button>
            <Button onPress={onClose}>{t('cancel')}</Button>
          </div>
        </div>
      ) : (
        <>
          {editable && (
            <>
              <Button icon={icons.highlight} onPress={() => acts.onHighlight('')}>
                {t('highlight')}
              </Button>
              <Button icon={icons.annotate} onPress={() => acts.onAsk('comment')}>
                {t('annotate')}
              </Button>
            </>
          )}
          <Button icon={icons.copy} onPress={acts.onCopy}>
            {t('copyQuote')}
          </Button>
        </>
      )}
    </div>
  );
}

const wordsAt = (root: HTMLElement, { end }: TextRange): HTMLElement | undefined =>
  [...root.querySelectorAll<HTMLElement>(`[${OFFSET}]`)].findLast((words) => Number(words.getAttribute(OFFSET)) < end);

/** Below the selection where there is one, else below the words, inside the text's width. */
function spotBelow(root: HTMLElement, passage: TextRange): { readonly top: number; readonly left: number } {
  const selection = getSelection();
  const rects = selection === null || selection.isCollapsed ? [] : [...selection.getRangeAt(0).getClientRects()];
  const last = rects.at(-1) ?? wordsAt(root, passage)?.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  if (last === undefined) return { top: 0, left: 0 };
  const room = Math.max(0, frame.width - TOOLBAR_WIDTH);
  return { top: last.bottom - frame.top + 8, left: Math.min(room, Math.max(0, last.left - frame.left)) };
}

/** What its three buttons take in French, in px. */
const TOOLBAR_WIDTH = 440;
