import type { ChainedCommands, Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import {
  Bold,
  Heading1,
  Heading2,
  Italic,
  List,
  ListOrdered,
  type LucideIcon,
  Pilcrow,
  Quote,
  Redo2,
  Undo2,
} from 'lucide-react';
import { Toolbar as AriaToolbar, Button, Group, type PressEvent, ToggleButton } from 'react-aria-components';
import { Icon, type KeyOf, Tooltip, useStrings } from '../kit/index.ts';
import { LinkButton } from './LinkButton.tsx';
import styles from './text.module.css';
import { textStrings } from './text.strings.ts';

/** One button: what it does, and whether the text at the cursor already is so. */
interface Format {
  readonly name: KeyOf<typeof textStrings.fr>;
  readonly icon: LucideIcon;
  readonly keys?: string;
  readonly run: (chain: ChainedCommands) => ChainedCommands;
  readonly isOn?: (editor: Editor) => boolean;
  readonly can?: (editor: Editor) => boolean;
}

const GROUPS: readonly (readonly Format[])[] = [
  [
    {
      name: 'paragraph',
      icon: Pilcrow,
      run: (chain) => chain.clearNodes(),
      isOn: (editor) => editor.isActive('paragraph') && !editor.isActive('blockquote') && !editor.isActive('listItem'),
    },
    heading('heading', Heading1, 1),
    heading('subheading', Heading2, 2),
  ],
  [
    {
      name: 'bold',
      icon: Bold,
      keys: 'Control+B',
      run: (chain) => chain.toggleBold(),
      isOn: (editor) => editor.isActive('bold'),
    },
    {
      name: 'italic',
      icon: Italic,
      keys: 'Control+I',
      run: (chain) => chain.toggleItalic(),
      isOn: (editor) => editor.isActive('italic'),
    },
  ],
  [
    {
      name: 'bullets',
      icon: List,
      keys: 'Control+Shift+8',
      run: (chain) => chain.toggleBulletList(),
      isOn: (editor) => editor.isActive('bulletList'),
    },
    {
      name: 'numbers',
      icon: ListOrdered,
      keys: 'Control+Shift+7',
      run: (chain) => chain.toggleOrderedList(),
      isOn: (editor) => editor.isActive('orderedList'),
    },
    {
      name: 'quote',
      icon: Quote,
      keys: 'Control+Shift+B',
      run: (chain) => chain.toggleBlockquote(),
      isOn: (editor) => editor.isActive('blockquote'),
    },
  ],
];

const HISTORY: readonly Format[] = [
  { name: 'undo', icon: Undo2, keys: 'Control+Z', run: (chain) => chain.undo(), can: (editor) => editor.can().undo() },
  { name: 'redo', icon: Redo2, keys: 'Control+Y', run: (chain) => chain.redo(), can: (editor) => editor.can().redo() },
];

function heading(name: 'heading' | 'subheading', icon: LucideIcon, level: number): Format {
  return {
    name,
    icon,
    keys: `Control+Alt+${level}`,
    run: (chain) => chain.toggleNode('heading', 'paragraph', { level }),
    isOn: (editor) => editor.isActive('heading', { level }),
  };
}

/** The formats of the text at the cursor. One tab stop; arrows go from button to button; Alt+F10 comes here. */
export function Toolbar({ editor }: { readonly editor: Editor }) {
  const t = useStrings(textStrings);
  return (
    <AriaToolbar className={styles.toolbar ?? ''} aria-label={t('toolbar')}>
      {GROUPS.map((formats) => (
        <Group key={formats[0]?.name ?? ''} className={styles.group ?? ''}>
          {formats.map((format) => (
            <FormatButton key={format.name} editor={editor} format={format} />
          ))}
        </Group>
      ))}
      <Group className={styles.group ?? ''}>
        <LinkButton editor={editor} />
      </Group>
      <Group className={styles.group ?? ''}>
        {HISTORY.map((format) => (
          <FormatButton key={format.name} editor={editor} format={format} />
        ))}
      </Group>
    </AriaToolbar>
  );
}

function FormatButton({ editor, format }: { readonly editor: Editor; readonly format: Format }) {
  const t = useStrings(textStrings);
  const state = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      on: current.isDestroyed ? false : (format.isOn?.(current) ?? false),
      can: current.isDestroyed ? false : (format.can?.(current) ?? true),
    }),
  });
  const press = ({ pointerType }: PressEvent) => {
    const chain = editor.chain();
    // By keyboard one stays in the toolbar, to set several formats; by pointer one goes on writing.
    const isPointer = pointerType !== 'keyboard' && pointerType !== 'virtual';
    format.run(isPointer ? chain.focus() : chain).run();
  };
  const common = {
    className: styles.button ?? '',
    'aria-label': t(format.name),
    ...(format.keys === undefined ? {} : { 'aria-keyshortcuts': format.keys }),
    isDisabled: !state.can,
    onPress: press,
  };
  return (
    <Tooltip text={t(format.name)}>
      {format.isOn === undefined ? (
        <Button {...common}>
          <Icon icon={format.icon} />
        </Button>
      ) : (
        <ToggleButton {...common} isSelected={state.on}>
          <Icon icon={format.icon} />
        </ToggleButton>
      )}
    </Tooltip>
  );
}
