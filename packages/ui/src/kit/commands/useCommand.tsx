import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { bindKeys, type Command, CommandRegistry } from './registry.ts';

interface CommandsContext {
  readonly registry: CommandRegistry;
  readonly singleKeys: boolean;
}

const Commands = createContext<CommandsContext | null>(null);

interface CommandProviderProps {
  /** A setting of the person: shortcuts without a modifier get in the way of dictation. */
  singleKeys?: boolean;
  children: ReactNode;
}

/** Holds the commands of everything below and listens for their keys: once in the app. */
export function CommandProvider({ singleKeys = true, children }: CommandProviderProps) {
  const registry = useMemo(() => new CommandRegistry(), []);
  const context = useMemo(() => ({ registry, singleKeys }), [registry, singleKeys]);
  const commands = useSyncExternalStore(registry.subscribe, registry.getSnapshot);
  useEffect(() => bindKeys(commands, { singleKeys }), [commands, singleKeys]);
  return <Commands value={context}>{children}</Commands>;
}

/** Offers a command while the component is on screen. */
export function useCommand(command: Command): void {
  useCommands([command]);
}

/** Offers several commands while the component is on screen. */
export function useCommands(commands: readonly Command[]): void {
  const registry = use(Commands)?.registry;
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  // Keys and words only: a new `run` at each render binds nothing again.
  const shape = JSON.stringify(
    commands.map(({ id, label, section, shortcut, enabled }) => [id, label, section, shortcut, enabled]),
  );
  useEffect(() => {
    // Outside the app (a part tested alone) commands have no list to be in.
    if (!registry) return;
    const ids = (JSON.parse(shape) as readonly (readonly [string])[]).map(([id]) => id);
    const removals = ids.map((id, at) => {
      const first = latest.current[at];
      return registry.add(() => latest.current.find((command) => command.id === id) ?? first ?? absent(id));
    });
    return () => {
      for (const remove of removals) remove();
    };
  }, [registry, shape]);
}

const absent = (id: string): Command => ({ id, label: id, run: () => {}, enabled: false });

/** Every command that can run now, and whether single keys do. */
export function useCommandList(): { readonly commands: readonly Command[]; readonly singleKeys: boolean } {
  const context = use(Commands);
  if (context === null) throw new Error('bug: no CommandProvider around this component');
  return {
    commands: useSyncExternalStore(context.registry.subscribe, context.registry.getSnapshot),
    singleKeys: context.singleKeys,
  };
}
