import { tinykeys } from 'tinykeys';
import { isSingleKey } from './keys.ts';

/** Something the person can do from where they are: a line of `Ctrl+K`, with or without a shortcut. */
export interface Command {
  /** Stable and unique: `board.newCard`. The same id declared deeper wins while it is there. */
  readonly id: string;
  /** A verb and its object. */
  readonly label: string;
  /** The group it is listed under. */
  readonly section?: string;
  /** As tinykeys writes it: `$mod+k`, `n`, `g d`, `[Shift]+?`. */
  readonly shortcut?: string;
  readonly run: () => void;
  /** False: neither listed nor run. */
  readonly enabled?: boolean;
}

/** The commands of the components on screen, and their keys. */
export class CommandRegistry {
  readonly #entries = new Map<symbol, () => Command>();
  readonly #listeners = new Set<() => void>();
  #list: readonly Command[] = [];

  /** Adds a command while its component is there; `read` gives its latest form. Returns its removal. */
  add(read: () => Command): () => void {
    const key = Symbol(read().id);
    this.#entries.set(key, read);
    this.refresh();
    return () => {
      this.#entries.delete(key);
      this.refresh();
    };
  }

  /** Reads every command again: one changed its words, its keys or whether it can run. */
  refresh(): void {
    const byId = new Map<string, Command>();
    for (const read of this.#entries.values()) {
      const command = read();
      // `run` is read when it runs, so that a list kept by the palette is never stale.
      byId.set(command.id, { ...command, run: () => read().run() });
    }
    this.#list = [...byId.values()].filter((command) => command.enabled !== false);
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): readonly Command[] => this.#list;
}

/**
 * Binds the shortcuts of some commands to the window; returns its unsubscribe.
 *
 * @param singleKeys - false leaves out the shortcuts without a modifier (WCAG 2.1.4)
 */
export function bindKeys(commands: readonly Command[], options: { singleKeys: boolean }): () => void {
  const map: Record<string, (event: KeyboardEvent) => void> = {};
  for (const { shortcut, run } of commands) {
    if (shortcut === undefined || (!options.singleKeys && isSingleKey(shortcut))) continue;
    map[shortcut] = (event) => {
      event.preventDefault();
      run();
    };
  }
  return tinykeys(window, map, { ignore });
}

// What one types with Ctrl in a text stays the text's own: undo, copy, bold…
const OF_TEXT = new Set(['a', 'b', 'c', 'i', 'u', 'v', 'x', 'y', 'z']);

function ignore(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.repeat || event.isComposing) return true;
  const target = event.target instanceof Element ? event.target : null;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (
    target?.closest(
      'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=""], [contenteditable="true"]',
    )
  ) {
    return !modified || (!event.altKey && OF_TEXT.has(event.key.toLowerCase()));
  }
  // In a menu or a dialog single keys are its own: letters find an item.
  return !modified && target?.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') != null;
}
