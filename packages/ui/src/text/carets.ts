import type { OpenDoc } from '@liasse/core/replica';
import { Extension } from '@tiptap/core';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import { z } from 'zod';

const Id = z.object({ client: z.int().min(0), clock: z.int().min(0) });
// No `tname`: a name would make Yjs create a root type, and a text is never one.
const Position = z.object({
  type: Id.nullish(),
  item: Id.nullish(),
  tname: z.null().optional(),
  assoc: z.int().optional(),
});

/** What the binding reads of a colleague's state. All but `user`, which the server fills in, may be anything. */
const State = z.object({
  user: z.object({ name: z.string() }),
  cursor: z.object({ anchor: Position, head: Position }),
});

/**
 * The others' cursors and selections, with their names.
 *
 * Not `@tiptap/extension-collaboration-caret`: it writes a `user` of its own into the awareness, where the server puts
 * the account's, and one page's malformed cursor throws in the editors of all the others.
 */
export const Carets = Extension.create<{ open: Pick<OpenDoc, 'awareness' | 'people'> }>({
  name: 'carets',
  // Before the collaboration's own plugins are asked for decorations.
  priority: 999,
  addProseMirrorPlugins() {
    const { awareness, people } = this.options.open;
    const colourOf = (clientId: number) =>
      people.getSnapshot().find((person) => person.clientId === clientId)?.colour ?? 0;
    return [
      yCursorPlugin(awareness, {
        awarenessStateFilter: (own: number, clientId: number, state: unknown) =>
          clientId !== own && State.safeParse(state).success,
        cursorBuilder: (user: { name: string }, clientId) => caret(user.name, colourOf(clientId)),
        selectionBuilder: (_user, clientId) => ({
          class: 'text-selection',
          style: `--person: ${personColour(colourOf(clientId))}`,
        }),
      }),
    ];
  },
});

const personColour = (colour: number): string => `var(--person-${colour})`;

function caret(name: string, colour: number): HTMLElement {
  const element = document.createElement('span');
  element.className = 'text-caret';
  element.style.setProperty('--person', personColour(colour));
  // Not read between two words of the text: who is here is said by the list of people.
  element.setAttribute('aria-hidden', 'true');
  const label = document.createElement('span');
  label.className = 'text-caret-name';
  label.textContent = name;
  // Word joiners keep the line from breaking around the caret.
  element.append('\u2060', label, '\u2060');
  return element;
}
