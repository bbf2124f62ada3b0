import { documentFormatView, type Operation, Refusal, startedView, type UndoState } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import type { OpenDoc } from '@liasse/core/replica';
import { type ReactNode, useCallback, useEffect, useReducer, useState, useSyncExternalStore } from 'react';
import { useToast } from '../kit/feedback/ToastRegion.tsx';
import { useRefusalText } from '../kit/language/refusalText.ts';
import { OpenDocProvider, useOpenDoc, useSnapshot, useView } from '../kit/useView.ts';
import { useReplica, useWorkspace } from './context.tsx';
import { useOnScreen } from './page.tsx';
import type { Outcome } from './platform.ts';
import { RoomBanner } from './RoomBanner.tsx';
import { RoomAbsent, RoomFailed, RoomWaiting } from './RoomStates.tsx';
import { holdUndo, ranOn, type UndoableOf, undoOf } from './undo.ts';
import { useTrouble } from './useTrouble.ts';

interface RoomProps {
  readonly name: RoomName;
  /** Shown after 200 ms of loading, in the final geometry; a plain skeleton when absent. */
  readonly fallback?: ReactNode;
  /** What `Ctrl+Z` takes back in this document; nothing when absent. */
  readonly undoable?: UndoableOf;
  /** Beside the screen rather than on it: its people are not shown in the bar, and it has no banner. */
  readonly aside?: boolean;
  readonly children: ReactNode;
}

/** A document on its way to the screen. */
export type Opening =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly open: OpenDoc }
  | { readonly kind: 'failed'; readonly error: unknown };

const OPENING: Opening = { kind: 'opening' };

/**
 * Opens a document of the team on screen, gives it to everything below (`useView`, `useRun`, `useUndo`), and closes it
 * when it leaves the screen. Rooms may be nested: the innermost is the one that is spoken to.
 */
export function Room(props: RoomProps) {
  const [attempt, setAttempt] = useState(0);
  // A room of another name is another room: nothing of the former may flash in it.
  return <OneRoom key={`${props.name} ${attempt}`} {...props} onRetry={() => setAttempt(attempt + 1)} />;
}

function OneRoom({
  name,
  fallback,
  undoable,
  aside = false,
  onRetry,
  children,
}: RoomProps & { readonly onRetry: () => void }) {
  const state = useOpening(name, { undoable, aside });
  if (state.kind === 'opening') return <RoomWaiting fallback={fallback} />;
  if (state.kind === 'failed') return <RoomFailed error={state.error} onRetry={onRetry} />;
  return (
    <OpenDocProvider value={state.open}>
      <Arrival fallback={fallback}>
        {!aside && <RoomBanner />}
        {children}
      </Arrival>
    </OpenDocProvider>
  );
}

/**
 * Waits for a document that this device has never had: shown empty, it would invite people to begin what a colleague has
 * long begun. What arrives first decides: something in it, or the server's word that there is nothing.
 */
function Arrival({ fallback, children }: { readonly fallback: ReactNode; readonly children: ReactNode }) {
  const { local } = useWorkspace();
  const isStarted = useView(startedView);
  const { recordedAt, connection, trouble } = useSnapshot(useOpenDoc().sync);
  const [begun, setBegun] = useState(false);
  if (local || begun || isStarted || recordedAt !== null || connection === 'sent') return children;
  if (connection === 'offline' || trouble !== null) return <RoomAbsent onBegin={() => setBegun(true)} />;
  return <RoomWaiting fallback={fallback} />;
}

/** Holds a document of the team on screen open while the component is there. Its name never changes: see `Room`. */
export function useOpening(
  name: RoomName,
  { undoable, aside = true }: { readonly undoable?: UndoableOf | undefined; readonly aside?: boolean } = {},
): Opening {
  const replica = useReplica();
  const onScreen = useOnScreen();
  const [state, setState] = useState<Opening>(OPENING);
  const [generation, renew] = useReducer((count: number) => count + 1, 0);

  useEffect(() => {
    let left = false;
    const open = replica.open(name);
    const release = undoable && holdUndo(open, undoable);
    const leave = aside ? undefined : onScreen?.document.put(open);
    // What the server refused was put aside: the room begins anew, and so does what shows it.
    const unsubscribe = open.sync.subscribe(() => {
      if (open.sync.getSnapshot().phase === 'renewed') renew();
    });
    open.loaded.then(
      () => !left && setState({ kind: 'open', open }),
      (error: unknown) => !left && setState({ kind: 'failed', error }),
    );
    return () => {
      left = true;
      unsubscribe();
      release?.();
      leave?.();
      open.close();
      setState(OPENING);
    };
  }, [replica, name, undoable, aside, onScreen, generation]);
  return state;
}

/** What to say once an operation is done, and how to take it back. */
interface Said {
  readonly text: string;
  /** Offered as *Annuler* in the toast. */
  readonly undo?: () => void;
}

/** Runs an operation on the document on screen. A refusal is said in words, and comes back as its code. */
export type Run = <Input, Result>(operation: Operation<Input, Result>, input: Input, said?: Said) => Outcome<Result>;

export function useRun(): Run {
  const open = useOpenDoc();
  const toast = useToast();
  const refusalText = useRefusalText();
  return useCallback(
    (operation, input, said) => {
      try {
        const value = open.run(operation, input);
        ranOn(open.doc);
        if (said) toast.show({ message: said.text, ...(said.undo && { undo: said.undo }) });
        return { ok: true, value };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        toast.show({ message: refusalText(error.code) });
        return { ok: false, code: error.code };
      }
    },
    [open, toast, refusalText],
  );
}

/**
 * Whether the document on screen can be edited now, by this person, with this version. Screens without a frame when not.
 * Typed text goes into the document past `run`, which refuses for the same reasons.
 */
export function useEditable(): boolean {
  const { writable } = useView(documentFormatView);
  const { role } = useWorkspace().team;
  const trouble = useTrouble();
  return writable && role !== 'reader' && trouble !== 'no-space' && trouble !== 'forbidden';
}

const NOTHING: UndoState = { canUndo: false, canRedo: false };
const neverChanges = () => () => {};

/** Undo of what this page did in the document on screen. The shell binds `Ctrl+Z` and `Ctrl+Shift+Z`; this is for buttons. */
export function useUndo(): UndoState & { readonly undo: () => boolean; readonly redo: () => boolean } {
  const open = useOpenDoc();
  const undo = undoOf(open.doc);
  const state = useSyncExternalStore(undo?.subscribe ?? neverChanges, undo?.getSnapshot ?? (() => NOTHING));
  return {
    ...state,
    undo: () => undo?.undo(open.author()) ?? false,
    redo: () => undo?.redo(open.author()) ?? false,
  };
}
