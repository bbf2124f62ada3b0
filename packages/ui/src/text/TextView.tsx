import type { XmlFragment } from '@liasse/core';
import { Fragment, type ReactNode } from 'react';
import { cx, useSnapshot } from '../kit/index.ts';
import { linkAddress } from './linkAddress.ts';
import type { FirstHeading } from './richTextProps.ts';
import { isBlank, type TextNode, textView } from './sharedText.ts';
import styles from './text.module.css';

interface TextViewProps {
  /** The shared text: shown as it is now, and as colleagues change it. */
  readonly fragment: XmlFragment;
  /** Shown while nothing is written. */
  readonly empty?: ReactNode;
  readonly className?: string;
  /** As in the editor. */
  readonly firstHeading?: FirstHeading;
}

/** A shared text to read: the same words and looks as in the editor, without loading it. */
export function TextView({ fragment, empty = null, className, firstHeading = 4 }: TextViewProps) {
  const nodes = useSnapshot(textView(fragment));
  if (isBlank(nodes)) return empty;
  return <div className={cx(styles.prose, className)}>{all(nodes, firstHeading)}</div>;
}

const all = (nodes: readonly TextNode[], first: FirstHeading): ReactNode =>
  // A text has no ids: what stands at a place is what is drawn there.
  nodes.map((node, at) => <Fragment key={`${at}`}>{'words' in node ? run(node) : block(node, first)}</Fragment>);

function block({ name, level, children: nodes }: Exclude<TextNode, { words: string }>, first: FirstHeading): ReactNode {
  const children = all(nodes, first);
  const Heading = `h${first + (level === 1 ? 0 : 1)}` as 'h3' | 'h4' | 'h5';
  switch (name) {
    case 'heading':
      return <Heading data-level={level === 1 ? 1 : 2}>{children}</Heading>;
    case 'bulletList':
      return <ul>{children}</ul>;
    case 'orderedList':
      return <ol>{children}</ol>;
    case 'listItem':
      return <li>{children}</li>;
    case 'blockquote':
      return <blockquote>{children}</blockquote>;
    case 'hardBreak':
      return <br />;
    case 'paragraph':
      return <p>{nodes.length === 0 ? <br /> : children}</p>;
    default:
      // Of a newer version: its words, at least.
      return <div>{children}</div>;
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
