import {
  type Anchor,
  commentHighlight,
  dayAt,
  MAX_COMMENT_CHARACTERS,
  restoreHighlight,
  trashHighlight,
} from '@liasse/core';
import { ArrowUpDown, Check, CircleHelp, Ellipsis, type LucideIcon, Pencil, SearchX, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useRun } from '../../app/room.tsx';
import {
  Button,
  Chip,
  IconButton,
  MenuItem,
  MenuTrigger,
  TextArea,
  type Tone,
  useFormat,
  useStrings,
} from '../../kit/index.ts';
import { useWho } from '../names.ts';
import css from './highlights.module.css';
import { highlightStrings } from './highlights.strings.ts';
import { showPassage } from './selectedPassage.ts';
import type { AnchoredHighlight } from './useAnchored.ts';

const STATES: Readonly<Record<Anchor['state'], readonly [LucideIcon, Tone]>> = {
  exact: [Check, 'ok'],
  moved: [ArrowUpDown, 'info'],
  changed: [Pencil, 'warn'],
  uncertain: [CircleHelp, 'warn'],
  orphan: [SearchX, 'neutral'],
};

interface HighlightLineProps {
  readonly anchored: AnchoredHighlight;
  readonly editable: boolean;
}

/** One highlight: its words, its comment, and on a later version what became of it. */
export function HighlightLine({ anchored, editable }: HighlightLineProps) {
  const t = useStrings(highlightStrings);
  const format = useFormat();
  const who = useWho();
  const [editing, setEditing] = useState(false);
  const { highlight, anchor, carried, rewritten } = anchored;
  const { id, comment, by, at, target } = highlight;
  const quote = shortened(target.quote.exact);
  const [icon, tone] = STATES[anchor.state];
  return (
    <li className={css.line}>
      <div className={css.lineHead}>
        {anchor.range === null ? (
          <blockquote className={css.quote}>{quote}</blockquote>
        ) : (
          <button
            type="button"
            className={css.quote}
            aria-label={t('goTo', { quote })}
            onClick={() => showPassage({ highlight: id })}
          >
            {quote}
          </button>
        )}
        {editable && <LineMenu highlight={highlight} quote={quote} onEdit={() => setEditing(true)} />}
      </div>
      {carried && (
        <div className={css.state}>
          <span>
            {t('fromEarlier')}{' '}
            <Chip icon={icon} tone={tone}>
              {t(`state_${anchor.state}`)}
            </Chip>
          </span>
          <p>{t(`about_${anchor.state}`)}</p>
          {rewritten !== null && <blockquote className={css.quote}>{shortened(rewritten)}</blockquote>}
        </div>
      )}
      {anchor.state === 'uncertain' && (
        <div className={css.candidates}>
          {anchor.candidates.map(({ start }, index) => (
            <Button key={start} variant="quiet" onPress={() => showPassage({ start })}>
              {t('goToCandidate', { number: index + 1 })}
            </Button>
          ))}
        </div>
      )}
      {editing ? (
        <CommentForm highlight={highlight} onDone={() => setEditing(false)} />
      ) : (
        comment !== '' && <p className={css.said}>{comment}</p>
      )}
      <p className={css.by}>{t('by', { who: who(by), when: format.day(dayAt(at)) })}</p>
    </li>
  );
}

type Highlight = AnchoredHighlight['highlight'];

function LineMenu(props: { readonly highlight: Highlight; readonly quote: string; readonly onEdit: () => void }) {
  const t = useStrings(highlightStrings);
  const run = useRun();
  const { id } = props.highlight;
  const trash = () =>
    run(
      trashHighlight,
      { highlightId: id },
      {
        text: t('trashed'),
        undo: () => run(restoreHighlight, { highlightId: id }),
      },
    );
  return (
    <MenuTrigger
      trigger={
        <IconButton icon={Ellipsis} size="compact" label={t('actionsOn', { quote: props.quote })} tooltip={false} />
      }
      placement="bottom end"
    >
      <MenuItem icon={Pencil} onAction={props.onEdit}>
        {t('editComment')}
      </MenuItem>
      <MenuItem icon={Trash2} onAction={trash}>
        {t('toTrash')}
      </MenuItem>
    </MenuTrigger>
  );
}

function CommentForm({ highlight, onDone }: { readonly highlight: Highlight; readonly onDone: () => void }) {
  const t = useStrings(highlightStrings);
  const run = useRun();
  const [comment, setComment] = useState(highlight.comment);
  const save = () => {
    if (run(commentHighlight, { highlightId: highlight.id, comment }).ok) onDone();
  };
  return (
    <div className={css.form}>
      <TextArea
        label={t('comment')}
        value={comment}
        onChange={setComment}
        maxLength={MAX_COMMENT_CHARACTERS}
        autoFocus
      />
      <div className={css.formActions}>
        <Button onPress={save}>{t('save')}</Button>
        <Button variant="quiet" onPress={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  );
}

const SHOWN_CHARACTERS = 160;

function shortened(quote: string): string {
  const folded = quote.replace(/\s+/gu, ' ');
  return folded.length <= SHOWN_CHARACTERS ? folded : `${folded.slice(0, SHOWN_CHARACTERS).trimEnd()}…`;
}
