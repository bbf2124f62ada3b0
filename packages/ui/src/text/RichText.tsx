import type { XmlFragment } from '@liasse/core';
import { lazy, Suspense } from 'react';
import styles from './text.module.css';

// ProseMirror and Tiptap weigh more than the rest of the app: never in the first load.
const Editor = lazy(() => import('./Editor.tsx'));

/** What a text on screen is told. */
export interface RichTextProps {
  /** The shared text, of the document that `OpenDocProvider` gives. */
  readonly fragment: XmlFragment;
  /** Its name for those who cannot see it. */
  readonly label: string;
  /** What to write there, shown while it is empty. */
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  /** The cursor entered the text: the moment to say where one is. */
  readonly onFocusPlace?: () => void;
  /** Puts the cursor at the end once the text is on screen: for what was just made or opened on purpose. */
  readonly takesFocus?: boolean;
}

/**
 * A text that several people write at once, with their cursors and names. What each types is undone by them alone.
 *
 * While the editor loads, its frame already has its size: nothing moves when it comes.
 */
export function RichText(props: RichTextProps) {
  return (
    <Suspense fallback={<Frame readOnly={props.readOnly ?? false} />}>
      <Editor {...props} />
    </Suspense>
  );
}

function Frame({ readOnly }: { readOnly: boolean }) {
  return (
    <div className={styles.text} data-read-only={readOnly || undefined} aria-hidden="true">
      {readOnly ? null : <div className={styles.toolbar} />}
      <div className={styles.area} />
    </div>
  );
}
