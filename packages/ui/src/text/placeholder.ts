import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

/** Says what to write where nothing is written yet: drawn by CSS from `data-placeholder`, never part of the text. */
export const Placeholder = Extension.create<{ text: () => string }>({
  name: 'placeholder',
  addProseMirrorPlugins() {
    const { text } = this.options;
    return [
      new Plugin({
        props: {
          decorations: ({ doc }) => {
            const only = doc.childCount === 1 ? doc.firstChild : null;
            if (only?.type.name !== 'paragraph' || only.content.size > 0) return null;
            return DecorationSet.create(doc, [Decoration.node(0, only.nodeSize, { 'data-placeholder': text() })]);
          },
        },
      }),
    ];
  },
});
