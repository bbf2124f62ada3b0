import type { View } from '../index.ts';
import { Listeners } from '../kernel/view.ts';
import type { SyncState } from './types.ts';

/** How far what one sees is safe, in the one word that the chip shows. */
export type Safety = 'loading' | 'saving' | 'on-device' | 'sent' | 'on-server';

/**
 * The one reading of a sync state. `on-server` only while a connection that acknowledges is open, nothing waits, and the
 * server has said so.
 */
export function safetyOf(state: SyncState): Safety {
  if (state.phase === 'loading') return 'loading';
  if (state.saving) return 'saving';
  if (state.connection === 'sent') return 'sent';
  const recorded = state.unsent === 0 && state.recordedAt !== null && state.connection === 'online';
  return recorded && state.trouble === null ? 'on-server' : 'on-device';
}

/** A view of something that says itself when to read again; the same object while nothing differs. */
export class StateView<T> implements View<T> {
  readonly #read: () => T;
  readonly #listeners = new Listeners();
  readonly #isSame: (a: T, b: T) => boolean;
  #snapshot: T;

  constructor(read: () => T, isSame: (a: T, b: T) => boolean) {
    this.#read = read;
    this.#isSame = isSame;
    this.#snapshot = read();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#listeners.subscribe(listener);
  readonly getSnapshot = (): T => this.#snapshot;

  refresh(): void {
    const next = this.#read();
    if (this.#isSame(this.#snapshot, next)) return;
    this.#snapshot = next;
    this.#listeners.notify();
  }
}

export function isSameSync(a: SyncState, b: SyncState): boolean {
  return (
    a.phase === b.phase &&
    a.saving === b.saving &&
    a.unsent === b.unsent &&
    a.recordedAt === b.recordedAt &&
    a.connection === b.connection &&
    a.trouble?.code === b.trouble?.code &&
    a.trouble?.room === b.trouble?.room
  );
}

/** Best first: the device is as well connected as its best document. */
const CONNECTIONS: readonly SyncState['connection'][] = ['online', 'sent', 'connecting', 'offline', 'none'];

/** The whole device's state from those of its open documents, and what waits in closed ones. */
export function deviceSync(
  documents: readonly SyncState[],
  device: { ready: boolean; unsent: number; trouble: SyncState['trouble']; idle: SyncState['connection'] },
): SyncState {
  const best = CONNECTIONS.find((connection) => documents.some((state) => state.connection === connection));
  const recordedAts = documents.flatMap(({ recordedAt }) => (recordedAt === null ? [] : [recordedAt]));
  return {
    phase: device.ready ? 'ready' : 'loading',
    saving: documents.some((state) => state.saving),
    unsent: device.unsent,
    // Everything is recorded since the last document was: one that never was keeps the device from saying it.
    recordedAt: recordedAts.length > 0 && recordedAts.length === documents.length ? Math.max(...recordedAts) : null,
    connection: best ?? device.idle,
    trouble: device.trouble ?? documents.find((state) => state.trouble !== null)?.trouble ?? null,
  };
}
