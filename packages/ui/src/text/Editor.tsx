import type { XmlFragment } from '@liasse/core';
import { Extension } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useOpenDoc, useStrings } from '../kit/index.ts';
import { Carets } from './carets.ts';
import { contentWith, SCHEMA } from './extensions.ts';
import { Placeholder } from './placeholder.ts';
import { isReadable, watchReadable } from './readable.ts';
import type { RichTextProps } from './richTextProps.ts';
import { TextView } from './TextView.tsx';
import { Toolbar } from './Toolbar.tsx';
import styles from './text.module.css';
import { textStrings } from './text.strings.ts';

/** The editor of a shared text, or its words to read when it comes from a newer version. In a chunk of its own. */
export default function Editor(props: RichTextProps) {
  const { fragment } = props;
  const readable = useMemo(() => isReadable(fragment, SCHEMA), [fragment]);
  const [outgrown, setOutgrown] = useState<XmlFragment | null>(null);
  if (!readable || outgrown === fragment) return <BareText {...props} />;
  return <LiveText {...props} onOutgrown={() => setOutgrown(fragment)} />;
}

function LiveText(props: RichTextProps & { readonly onOutgrown: () => void }) {
  const { fragment, label, readOnly = false, takesFocus = false, firstHeading = 4 } = props;
  const open = useOpenDoc();
  const t = useStrings(textStrings);
  const helpId = useId();
  const frame = useRef<HTMLDivElement>(null);
  // Read by the editor when it needs them, so that new words or callbacks never make a new editor.
  const latest = useRef(props);
  latest.current = props;

  const editor = useEditor(
    {
      // Its base styles are in text.module.css: no style element, whatever the page's content policy.
      injectCSS: false,
      editable: !readOnly,
      extensions: [
        ...contentWith(firstHeading),
        Collaboration.configure({ fragment }),
        Carets.configure({ open }),
        Placeholder.configure({ text: () => latest.current.placeholder ?? '' }),
        Extension.create({
          name: 'toToolbar',
          addKeyboardShortcuts: () => ({ 'Alt-F10': () => focusToolbar(frame.current) }),
        }),
      ],
      onFocus: () => latest.current.onFocusPlace?.(),
    },
    [fragment, open, firstHeading],
  );

  useEffect(
    () =>
      watchReadable(fragment, SCHEMA, () => {
        // At once, before the binding sees the edit: it would delete what it does not know.
        editor.destroy();
        latest.current.onOutgrown();
      }),
    [fragment, editor],
  );

  useEffect(() => {
    if (editor.isDestroyed) return;
    editor.setEditable(!readOnly, false);
    editor.setOptions({
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': label,
          'aria-describedby': helpId,
          ...(readOnly ? { 'aria-readonly': 'true' } : {}),
        },
      },
    });
  }, [editor, readOnly, label, helpId]);

  useEffect(() => {
    if (takesFocus && !editor.isDestroyed && !isTypingElsewhere()) editor.commands.focus('end');
  }, [editor, takesFocus]);

  return (
    <div ref={frame} className={styles.text} data-read-only={readOnly || undefined}>
      {readOnly ? null : <Toolbar editor={editor} />}
      <EditorContent editor={editor} className={styles.area} />
      <span id={helpId} hidden>
        {readOnly ? '' : t('toolbarHelp')}
      </span>
    </div>
  );
}

/** The editor may come seconds after it was asked for: by then someone may be typing a title, and goes on there. */
function isTypingElsewhere(): boolean {
  return document.activeElement?.matches('input, textarea, select, [contenteditable=true]') ?? false;
}

function focusToolbar(frame: HTMLElement | null): boolean {
  const toolbar = frame?.querySelector<HTMLElement>('[role=toolbar]');
  toolbar?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  return toolbar != null;
}

function BareText({ fragment, label, firstHeading }: RichTextProps) {
  const t = useStrings(textStrings);
  return (
    <section className={styles.text} data-read-only aria-label={label}>
      <p className={styles.newer}>{t('newer')}</p>
      <TextView fragment={fragment} {...(firstHeading && { firstHeading })} />
    </section>
  );
}
