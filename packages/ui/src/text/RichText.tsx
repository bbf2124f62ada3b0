import { lazy, Suspense } from 'react';
import type { RichTextProps } from './richTextProps.ts';
import styles from './text.module.css';

// ProseMirror and Tiptap weigh more than the rest of the app: never in the first load.
const Editor = lazy(() => import('./Editor.tsx'));

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
