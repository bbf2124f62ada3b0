import type * as Y from 'yjs';
import type { Randomness, TeamId } from '../kernel/ids.ts';
import type { Operation } from '../kernel/operation.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { View } from '../kernel/view.ts';
import type { RoomName } from '../protocol/rooms.ts';

/** A document held open. A replica's `OpenDoc` is one. */
export interface TeamDoc {
  readonly doc: Y.Doc;
  /** Resolves when what this device holds is in memory: which may be nothing yet of a colleague's document. */
  readonly loaded: Promise<void>;
  /** Runs an operation as this device's person, now. @throws {Refusal} */
  run<Input, Result>(operation: Operation<Input, Result>, input: Input): Result;
  /** Resolves when every edit made so far is durable on this device. */
  saved(): Promise<void>;
  close(): void;
}

/** The documents of one team, for what spans several of them. */
export interface TeamDocs {
  readonly team: TeamId;
  readonly random: Randomness;
  open(room: RoomName): TeamDoc;
  /** Resolves when one has waited long enough for a document to arrive from the server. The core has no timers. */
  patience(): Promise<void>;
}

/** Opens a document, runs `act` on it, waits until what it did is durable on this device, and lets go of the document. */
export async function within<T>(docs: TeamDocs, room: RoomName, act: (open: TeamDoc) => T | Promise<T>): Promise<T> {
  const open = docs.open(room);
  try {
    await open.loaded;
    const result = await act(open);
    await open.saved();
    return result;
  } finally {
    open.close();
  }
}

/**
 * Waits until a document says what it is. Renaming it before would be settled against its first name by client id, and half
 * the time be lost.
 *
 * @throws {Refusal} `offline` when it is not on this device and does not arrive
 */
export async function arrival(state: View<{ readonly kind: string }>, docs: TeamDocs): Promise<void> {
  const here = () => state.getSnapshot().kind !== 'absent';
  if (here()) return;
  let unsubscribe = () => {};
  const arrived = new Promise<void>((resolve) => {
    unsubscribe = state.subscribe(() => here() && resolve());
  });
  await Promise.race([arrived, docs.patience()]);
  unsubscribe();
  if (!here()) throw new Refusal('offline');
}
