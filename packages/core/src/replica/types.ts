import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { AccountId, Author, BlobHash, Operation, RefusalCode, TeamId, View } from '../index.ts';
import type { FeedPage, RoomName, Ticket } from '../protocol/index.ts';
import type { ApartRoom, Draft } from './deviceStore.ts';

/**
 * Whose data this is. Every local name (database, channel, lock, row) starts with `<server>/<account>/<generation>/`, so
 * another account of the same machine never opens, sees or sends it.
 */
export interface Scope {
  /** Origin of the server (`https://liasse.example`), or `local` for what has no server. */
  readonly server: string;
  readonly account: AccountId;
  /** Grows when local data is rebuilt after a refusal. */
  readonly generation: number;
}

/** How far the edits of a document, or of the whole device, have gone. Screens translate it; it never flatters. */
export interface SyncState {
  /**
   * `loading` until what this device holds is in memory. `renewed`: edits that the server refused were put aside, and the room
   * begins anew: whoever holds this document lets go of it, and opens the room again.
   */
  readonly phase: 'loading' | 'ready' | 'renewed';
  /** Edits not yet durable on this device: *enregistrement…* */
  readonly saving: boolean;
  /** Edits durable on this device that the server has not said it recorded. */
  readonly unsent: number;
  /** When the server last said that everything is recorded (ms); null when it never did, or does not say. */
  readonly recordedAt: number | null;
  /**
   * `none`: no server was ever asked for. `offline`: no socket, a retry is planned. `sent`: the server is a stock one
   * that never acknowledges, so the most that can be said is *envoyé*.
   */
  readonly connection: 'none' | 'connecting' | 'online' | 'offline' | 'sent';
  readonly trouble: SyncTrouble | null;
}

/** Something a person must know about. What was said to be saved is still there in each case. */
export interface SyncTrouble {
  /** `lost-local`: the browser wiped this device's copy. `document-error`: what is stored cannot be read whole. */
  readonly code:
    | 'no-space'
    | 'refused'
    | 'signed-out'
    | 'forbidden'
    | 'lost-local'
    | 'client-too-old'
    | 'document-error';
  readonly room: RoomName | null;
}

/** Someone who has the document open now. Name and account come from the server, the place from themselves. */
export interface Presence {
  /** Stable while their page is open. */
  readonly clientId: number;
  readonly account: AccountId;
  readonly name: string;
  /** Index into the palette of people (look.md), derived from the account. */
  readonly colour: number;
  /** What they look at, as the screens say it (an id), or null. */
  readonly place: string | null;
  readonly self: boolean;
}

/** A document in memory, kept safe on this device and in step with the others. */
export interface OpenDoc {
  readonly room: RoomName;
  readonly doc: Y.Doc;
  /** Cursors of a shared text. Only this page's own state ever goes out. */
  readonly awareness: Awareness;
  readonly sync: View<SyncState>;
  readonly people: View<readonly Presence[]>;
  /** Resolves when what this device holds is in memory; rejects only on an `InfraError`. */
  readonly loaded: Promise<void>;
  /**
   * Runs an operation as this replica's person, now.
   *
   * @throws {Refusal} the operation's own, `read-only`, or `no-space` while this device cannot store
   */
  run<Input, Result>(operation: Operation<Input, Result>, input: Input): Result;
  /** Who an operation run now would be by. */
  author(): Author;
  /** Says what this page looks at. */
  setPlace(place: string | null): void;
  /** Resolves when every edit made so far is durable on this device. */
  saved(): Promise<void>;
  /** One of several holders lets go; the last one closes the document. */
  close(): void;
}

/** Blobs on this device, by SHA-256. */
export interface Blobs {
  /** Stores bytes durably, then queues their upload under `room`; resolves with their name once they are on disk. */
  put(room: RoomName, bytes: Blob): Promise<BlobHash>;
  /** From this device, else from the server (then kept); null when neither has it now. */
  get(room: RoomName, hash: BlobHash): Promise<Blob | null>;
  /** How many uploads wait. */
  readonly waiting: View<number>;
}

/** Everything of one scope on this device. */
export interface Replica {
  readonly scope: Scope;
  /** The same document for the same room while someone holds it. */
  open(room: RoomName): OpenDoc;
  readonly blobs: Blobs;
  /** The whole device: what the chip says. */
  readonly sync: View<SyncState>;
  /** Rooms with edits that the server has not recorded, with how many: what the chip lists. */
  readonly unsentRooms: View<readonly { readonly room: RoomName; readonly edits: number }[]>;
  /** What the server refused, in the order in which it was put aside. */
  readonly drafts: View<readonly Draft[]>;
  /** Forgets a draft for good. */
  removeDraft(draftId: string): Promise<void>;
  /** Sends what other or dead contexts of this profile left, room by room; resolves when nothing can be sent now. */
  drain(): Promise<void>;
  /**
   * Reads the change feed and fetches what changed of documents that are not on screen; resolves when all of it is here, or no more can be
   * had now.
   *
   * @param options.rooms - fetches so many at most: who has little time asks again
   */
  follow(options?: { readonly rooms?: number }): Promise<void>;
  /** Rooms in which this account has a right of their own: restricted dossiers, and meetings of other teams. */
  readonly apart: View<readonly ApartRoom[]>;
  /** How far this device's copies follow the server's. */
  readonly following: View<Following>;
  /**
   * Gives all that this device holds of a team to another scope of it, under the same names, and resolves when it is durable there. Done
   * again, it gives what is new.
   *
   * @returns how many documents had something new
   */
  giveTeam(team: TeamId, to: Replica): Promise<number>;
  /** Takes what another scope of this device holds of a room, as edits to be sent. @returns whether any of it was new here */
  take(given: GivenRoom): Promise<boolean>;
  /** Edits and blobs of a team that the server has not recorded. */
  waitingOf(team: TeamId): Promise<number>;
  /** Waits for durability, then lets go of everything. */
  close(): Promise<void>;
}

/** Which documents are ready to be read without a network. */
export interface Following {
  /** Documents that the server has told of, and that are still to be fetched. */
  readonly behind: number;
  /** When all that the server had told of was here (ms); null while it never was, since this page is open. */
  readonly readyAt: number | null;
}

/** A room, from scope to scope: a Yjs update (V1) that holds all of it, and the blobs that it refers to. */
export interface GivenRoom {
  readonly room: RoomName;
  readonly update: Uint8Array;
  readonly blobs: readonly Blob[];
}

/** How long a batch may take. */
export interface BatchPatience {
  /** Until the answer begins (ms); as long as the whole may take when absent: what is pushed may be large. */
  readonly answersWithinMs?: number;
}

/** What the replica asks of a server; `null` in its place means a team without one. */
export interface ServerPort {
  /** `ws://…/sync`, to which the provider adds the room. */
  readonly socketUrl: string;
  ticket(room: RoomName): Promise<TicketAnswer>;
  putBlob(room: RoomName, hash: BlobHash, bytes: Blob): Promise<'stored' | 'retry' | RefusalCode>;
  getBlob(room: RoomName, hash: BlobHash): Promise<Blob | 'absent' | 'retry'>;
  /** Exchanges rooms that are not on screen, in the encoding of the protocol's batch. */
  batch(asked: Uint8Array, options?: BatchPatience): Promise<Uint8Array | NotAsked>;
  /** What changed since a cursor; null for all. */
  feed(since: string | null): Promise<FeedPage | NotAsked>;
}

/** `absent`: the server knows no such thing. `refused`: it wants nothing of what was asked. */
export type NotAsked = 'absent' | 'retry' | 'signed-out' | 'refused';

/** `retry`: the server could not be reached. The codes are its refusals. */
export type TicketAnswer = Ticket | 'retry' | 'signed-out' | 'forbidden' | 'not-found';
