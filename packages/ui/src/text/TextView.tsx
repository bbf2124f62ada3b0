import type { XmlFragment } from '@liasse/core';
import { Fragment, type ReactNode } from 'react';
import { cx, useSnapshot } from '../kit/index.ts';
import { linkAddress } from './linkAddress.ts';
import { isBlank, type TextNode, textView } from './sharedText.ts';
import styles from './text.module.css';

interface TextViewProps {
  /** The shared text: shown as it is now, and as colleagues change it. */
  readonly fragment: XmlFragment;
  /** Shown while nothing is written. */
  readonly empty?: ReactNode;
  readonly className?: string;
}

/** A shared text to read: the same words and looks as in the editor, without loading it. */
export function TextView({ fragment, empty = null, className }: TextViewProps) {
  const nodes = useSnapshot(textView(fragment));
  if (isBlank(nodes)) return empty;
  return <div className={cx(styles.prose, className)}>{all(nodes)}</div>;
}

const all = (nodes: readonly TextNode[]): ReactNode =>
  // A text has no ids: what stands at a place is what is drawn there.
  nodes.map((node, at) => <Fragment key={`${at}`}>{'words' in node ? run(node) : block(node)}</Fragment>);

function block({ name, level, children }: Exclude<TextNode, { words: string }>): ReactNode {
  switch (name) {
    case 'heading':
      return level === 1 ? <h4>{all(children)}</h4> : <h5>{all(children)}</h5>;
    case 'bulletList':
      return <ul>{all(children)}</ul>;
    case 'orderedList':
      return <ol>{all(children)}</ol>;
    case 'listItem':
      return <li>{all(children)}</li>;
    case 'blockquote':
      return <blockquote>{all(children)}</blockquote>;
    case 'hardBreak':
      return <br />;
    case 'paragraph':
      return <p>{children.length === 0 ? <br /> : all(children)}</p>;
    default:
      // Of a newer version: its words, at least.
      return <div>{all(children)}</div>;
  }
}

function run({ words, marks, href }: Extract<TextNode, { words: string }>): ReactNode {
  const address = href === null ? null : linkAddress(href);
  let shown: ReactNode = words;
  if (marks.includes('bold')) shown = <strong>{shown}</strong>;
  if (marks.includes('italic')) shown = <em>{shown}</em>;
  if (marks.includes('underline')) shown = <u>{shown}</u>;
  if (marks.includes('strike')) shown = <s>{shown}</s>;
  if (address === null) return shown;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {shown}
    </a>
  );
}
