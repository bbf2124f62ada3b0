import { type AccountId, type Author, type BlobHash, type Clock, InfraError, type View } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import type { Draft, OpenDoc, Presence, Replica, Scope, SyncState } from '@liasse/core/replica';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';

/** A view that a test sets. */
export interface Cell<T> extends View<T> {
  set(value: T): void;
}

export function cell<T>(initial: T): Cell<T> {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    subscribe: (listener) => {
      const own = () => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    getSnapshot: () => current,
    set: (value) => {
      current = value;
      for (const listener of [...listeners]) listener();
    },
  };
}

export const READY: SyncState = {
  phase: 'ready',
  saving: false,
  unsent: 0,
  recordedAt: null,
  connection: 'none',
  trouble: null,
};

/** A replica of plain documents: nothing is stored, nothing is sent. Tests reach what they drive through it. */
export interface MemoryReplica extends Replica {
  readonly sync: Cell<SyncState>;
  /** The people shown in every room, beside oneself. */
  readonly others: Cell<readonly Presence[]>;
  readonly drafts: Cell<readonly Draft[]>;
  /** Rooms whose loading fails until they are taken out of the set. */
  readonly broken: Set<RoomName>;
  /** The document of a room, also when no screen holds it. */
  doc(room: RoomName): Y.Doc;
}

export function makeMemoryReplica(scope: Scope, options: { clock: Clock; name?: string }): MemoryReplica {
  const sync = cell(READY);
  const others = cell<readonly Presence[]>([]);
  const broken = new Set<RoomName>();
  const docs = new Map<RoomName, { doc: Y.Doc; awareness: Awareness }>();
  const held = (room: RoomName) => {
    let entry = docs.get(room);
    if (!entry) {
      const doc = new Y.Doc();
      entry = { doc, awareness: new Awareness(doc) };
      docs.set(room, entry);
    }
    return entry;
  };
  const author = (): Author => ({ by: scope.account, at: options.clock.now() });
  const blobs = new Map<BlobHash, Blob>();
  const drafts = cell<readonly Draft[]>([]);

  return {
    scope,
    follow: async () => {},
    giveTeam: async () => 0,
    take: async () => false,
    waitingOf: async () => 0,
    following: cell({ behind: 0, readyAt: null }),
    apart: cell([]),
    sync,
    others,
    broken,
    doc: (room) => held(room).doc,
    open: (room): OpenDoc => {
      const { doc, awareness } = held(room);
      return {
        room,
        doc,
        awareness,
        sync,
        people: withSelf(others, doc.clientID, scope.account, options.name ?? 'Amira'),
        loaded: broken.has(room)
          ? Promise.reject(new InfraError(`${room} cannot be read`, { retryable: true }))
          : Promise.resolve(),
        run: (operation, input) => operation(doc, input, author()),
        author,
        setPlace: () => {},
        saved: () => Promise.resolve(),
        close: () => {},
      };
    },
    blobs: {
      put: async (_room, bytes) => {
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer()));
        const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') as BlobHash;
        blobs.set(hash, bytes);
        return hash;
      },
      get: (_room, hash) => Promise.resolve(blobs.get(hash) ?? null),
      waiting: cell(0),
    },
    unsentRooms: cell<readonly { readonly room: RoomName; readonly edits: number }[]>([]),
    drafts,
    removeDraft: async (draftId) => drafts.set(drafts.getSnapshot().filter((draft) => draft.draftId !== draftId)),
    drain: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function withSelf(
  others: View<readonly Presence[]>,
  clientId: number,
  account: AccountId,
  name: string,
): View<readonly Presence[]> {
  const self: Presence = { clientId, account, name, colour: 0, place: null, self: true };
  let last: { of: readonly Presence[]; people: readonly Presence[] } | null = null;
  return {
    subscribe: others.subscribe,
    getSnapshot: () => {
      const of = others.getSnapshot();
      if (last?.of !== of) last = { of, people: [self, ...of] };
      return last.people;
    },
  };
}
