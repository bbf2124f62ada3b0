import type { TextBlock } from '@liasse/core';
import { use } from 'react';
import { CitedText } from '../piece/CitedText.tsx';
import css from './highlights.module.css';
import { InlineComment } from './InlineComment.tsx';
import { commentId, MarkedReadingContext, type Run, runsOf } from './marks.ts';
import { OFFSET } from './selectedPassage.ts';

interface WordsProps {
  readonly block: TextBlock;
  /** For a row: which of its cells. */
  readonly cell?: number;
  readonly text: string;
}

/** The words of a block, with the highlights over them, and after them the comments of those that end here. */
export function Words({ block, cell = 0, text }: WordsProps) {
  const reading = use(MarkedReadingContext);
  const start = reading?.startOf(block);
  if (reading === null || start === undefined) {
    return leads(block) ? <CitedText text={text} words={(from, to) => text.slice(from, to)} /> : text;
  }
  const before = block.kind === 'row' ? block.cells.slice(0, cell).reduce((sum, { length }) => sum + length + 1, 0) : 0;
  const at = start + before;
  const end = at + text.length;
  const marked = (from: number, upTo: number) =>
    runsOf(text.slice(from, upTo), at + from, reading.marks).map((run) => <MarkedRun key={run.at} run={run} />);
  const ending = reading.marks.filter((mark) => mark.comment !== '' && mark.end > at && mark.end <= end);
  return (
    <>
      {/* Reached by Alt and arrows only: a text has thousands of these. */}
      <span {...{ [OFFSET]: at }} tabIndex={-1} className={css.words}>
        {leads(block) ? <CitedText text={text} words={marked} /> : marked(0, text.length)}
      </span>
      {ending.map((mark) => (
        <InlineComment key={mark.id} mark={mark} />
      ))}
    </>
  );
}

/** Whether citations in it are links: a heading is a place to come to, and code is not prose. */
const leads = (block: TextBlock): boolean =>
  block.kind === 'row' ? !block.header : block.kind !== 'heading' && block.kind !== 'preformatted';

function MarkedRun({ run: { text, marks } }: { readonly run: Run }) {
  const [first] = marks;
  if (first === undefined) return text;
  const details = marks.filter(({ comment }) => comment !== '').map(({ id }) => commentId(id));
  return (
    <mark
      className={css.mark}
      tabIndex={-1}
      data-highlight={marks.map(({ id }) => id).join(' ')}
      {...(details.length > 0 && { 'aria-details': details.join(' ') })}
    >
      {text}
    </mark>
  );
}
