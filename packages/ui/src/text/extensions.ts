import { type Extensions, getSchema, Node, textblockTypeInputRule } from '@tiptap/core';
import { StarterKit } from '@tiptap/starter-kit';
import { linkAddress } from './linkAddress.ts';
import type { FirstHeading } from './richTextProps.ts';

/**
 * Two levels of headings, drawn as `h4` and `h5` or as a screen asks: a text stands under its title and its sections.
 * What is pasted (`h1` of a word processor) is brought to these two.
 */
const Heading = Node.create<{ first: FirstHeading }>({
  name: 'heading',
  addOptions: () => ({ first: 4 }),
  content: 'inline*',
  group: 'block',
  defining: true,
  addAttributes: () => ({ level: { default: 1, rendered: false } }),
  parseHTML: () => [
    // Our own, copied from one text to another: whatever they were drawn as.
    ...[1, 2].map((level) => ({ tag: `[data-level="${level}"]`, attrs: { level }, priority: 60 })),
    ...['h1', 'h2'].map((tag) => ({ tag, attrs: { level: 1 } })),
    ...['h3', 'h4', 'h5', 'h6'].map((tag) => ({ tag, attrs: { level: 2 } })),
  ],
  renderHTML({ node: { attrs } }) {
    const level = attrs.level === 1 ? 1 : 2;
    return [`h${this.options.first + level - 1}`, { 'data-level': level }, 0];
  },
  addKeyboardShortcuts() {
    const toggle = (level: number) => () => this.editor.commands.toggleNode('heading', 'paragraph', { level });
    return { 'Mod-Alt-1': toggle(1), 'Mod-Alt-2': toggle(2) };
  },
  addInputRules() {
    return [1, 2].map((level) =>
      textblockTypeInputRule({ find: new RegExp(`^(#{${level}})\\s$`), type: this.type, getAttributes: { level } }),
    );
  },
});

/**
 * What a text can hold: paragraphs, headings, lists, quotes, bold, italic, underline, struck, links. What is pasted is
 * cut down to it. Every version keeps the names of the earlier ones: they are in the documents.
 *
 * History is the collaboration's own, which undoes one's own edits only. No trailing node: it would write on opening.
 */
export const contentWith = (first: FirstHeading): Extensions => [
  Heading.configure({ first }),
  StarterKit.configure({
    heading: false,
    undoRedo: false,
    trailingNode: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    dropcursor: { class: 'text-drop', color: false, width: 2 },
    link: {
      openOnClick: 'whenNotEditable',
      defaultProtocol: 'https',
      isAllowedUri: (address) => address !== undefined && linkAddress(address) !== null,
      HTMLAttributes: { target: '_blank', rel: 'noopener noreferrer nofollow', class: null },
    },
  }),
];

/** The kinds of nodes and marks that this version knows. */
export const SCHEMA = getSchema(contentWith(4));
