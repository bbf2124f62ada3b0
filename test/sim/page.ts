import { type AccountId, Refusal } from '@liasse/core';
import { CloseCode, type Role, type RoomName } from '@liasse/core/protocol';
import { createReplica, type OpenDoc, type Replica, safetyOf } from '@liasse/core/replica';
import * as Y from 'yjs';
import { type EditInput, makeEdit, marksOf } from './edits.ts';
import type { Client, Network } from './network.ts';
import type { Edit, Oracle } from './oracle.ts';
import type { SimProfile } from './profile.ts';
import type { Machine, Scheduler } from './scheduler.ts';

interface Opened {
  readonly open: OpenDoc;
  readonly since: number;
  readonly edits: Edit[];
  isLoaded: boolean;
}

export interface PageOptions {
  readonly machine: Machine;
  readonly profile: SimProfile;
  readonly account: AccountId;
  /** The wire version that its build speaks. */
  readonly version: number;
  readonly network: Network;
  readonly oracle: Oracle;
  readonly scheduler: Scheduler;
  readonly roleKnown: { role: Role };
  readonly log: (line: string) => void;
}

/** A page with the real replica in it, until it is closed or dies. All of it runs on its machine. */
export class Page implements Client {
  readonly machine: Machine;
  readonly profile: SimProfile;
  readonly account: AccountId;
  readonly version: number;
  readonly rooms = new Map<RoomName, Opened>();
  readonly #options: PageOptions;
  readonly #wakes = new Set<() => void>();
  readonly #replica: Replica;

  constructor(options: PageOptions) {
    this.#options = options;
    const { machine, profile, account, network, roleKnown } = options;
    this.machine = machine;
    this.profile = profile;
    this.account = account;
    this.version = options.version;
    this.#replica = createReplica({
      scope: { server: 'https://liasse.example', account, generation: 0 },
      server: {
        socketUrl: 'ws://sim/sync',
        ticket: async (room) => {
          const answer = await network.ask(this, room);
          if (typeof answer === 'object') roleKnown.role = answer.role;
          return answer;
        },
        putBlob: async () => 'retry',
        getBlob: async () => 'retry',
        batch: (asked) => network.batch(this, asked),
        feed: (since) => network.feed(this, since),
      },
      follows: true,
      store: profile.storeOf(machine),
      ports: profile.portsOf(machine, {
        dial: (url, protocols) => network.dial(this, url, protocols),
        wakes: this.#wakes,
      }),
      person: { name: account },
      roleOf: () => roleKnown.role,
    });
  }

  get sync(): ReturnType<Replica['sync']['getSnapshot']> {
    return this.#replica.sync.getSnapshot();
  }

  open(room: RoomName): void {
    if (this.rooms.has(room)) return;
    const open = this.#replica.open(room);
    const opened: Opened = { open, since: this.#options.scheduler.now, edits: [], isLoaded: false };
    this.rooms.set(room, opened);
    open.sync.subscribe(() => this.#listen(room, opened));
    open.sync.subscribe(() => this.#followRenewal(room, opened));
    void open.loaded.then(
      () => {
        opened.isLoaded = true;
        this.#checkLoaded(room, opened);
        this.#listen(room, opened);
      },
      () => this.#options.log(`${this.machine.name} could not load ${room}`),
    );
  }

  close(room: RoomName): void {
    this.rooms.get(room)?.open.close();
    this.rooms.delete(room);
  }

  edit(room: RoomName, input: EditInput): void {
    const opened = this.rooms.get(room);
    if (!opened?.isLoaded) return;
    const { doc } = opened.open;
    const removes = input.removes !== null && marksOf(doc).has(input.removes) ? input.removes : null;
    try {
      opened.open.run(makeEdit, { ...input, removes });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#options.log(`${this.machine.name} may not edit: ${error.code}`);
      return;
    }
    const edit: Edit = {
      id: input.id,
      room,
      account: this.account,
      profile: this.profile,
      client: doc.clientID,
      clock: Y.getState(doc.store, doc.clientID),
      removes,
      savedAt: null,
      wasRecorded: false,
    };
    opened.edits.push(edit);
    this.#options.oracle.edits.push(edit);
    // Told by the promise, beside the state that the chip shows.
    opened.open.saved().then(
      () => this.#options.oracle.saidSaved(edit),
      () => {},
    );
  }

  /** The network may be back, or a right. */
  wake(): void {
    for (const wake of this.#wakes) wake();
  }

  async shut(): Promise<void> {
    await this.#replica.close();
  }

  closedWith(room: RoomName, code: number): void {
    const { oracle } = this.#options;
    if (code === CloseCode.malformed || code === CloseCode.tooFast || code === CloseCode.tooLarge)
      oracle.violated(`${this.machine.name}, an honest client, is closed with ${code} in ${room}`);
  }

  /** What the server refused was put aside: as a screen does, it opens the room again. */
  #followRenewal(room: RoomName, opened: Opened): void {
    if (opened.open.sync.getSnapshot().phase !== 'renewed' || this.rooms.get(room) !== opened) return;
    this.#options.log(`${this.machine.name} has a draft of ${room.slice(25, 29)}`);
    this.close(room);
    this.open(room);
  }

  #listen(room: RoomName, opened: Opened): void {
    const { oracle, scheduler } = this.#options;
    const state = opened.open.sync.getSnapshot();
    if (state.phase !== 'ready' || state.saving) return;
    for (const edit of opened.edits) if (edit.savedAt === null) oracle.saidSaved(edit);
    if (safetyOf(state) !== 'on-server') return;
    // Also of the other pages of the profile: they told of what they saved.
    const known = (edit: Edit) =>
      opened.edits.includes(edit) || (edit.savedAt !== null && edit.savedAt < scheduler.now - 1_000);
    for (const edit of oracle.edits) {
      if (edit.profile !== this.profile || edit.room !== room || edit.wasRecorded || oracle.isInDraft(edit)) continue;
      if (known(edit)) oracle.saidRecorded(edit);
    }
  }

  /** What was said to be saved on this device before is there again; what is saved meanwhile, the other page is telling of. */
  #checkLoaded(room: RoomName, { open, since }: Opened): void {
    const { oracle } = this.#options;
    const { doc } = open;
    // A cache that lost rows may lack what others made: what stands on it waits for the server.
    if (doc.store.pendingStructs !== null) return;
    for (const edit of oracle.edits) {
      if (edit.profile !== this.profile || edit.room !== room || (edit.savedAt ?? Infinity) >= since) continue;
      if (this.profile.hasLostCache && oracle.isCommitted(edit)) continue;
      if (oracle.isInDraft(edit)) continue;
      if (Y.getState(doc.store, edit.client) < edit.clock)
        oracle.violated(`${edit.id} was shown as saved and is not there when ${this.machine.name} opens the document`);
    }
  }
}
