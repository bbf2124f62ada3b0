// Past 300 lines: where the parts of a device meet; each part has its own file, and this one only joins them.
import { type AccountId, type Author, InfraError, type Operation, Refusal, type TeamId, type View } from '../index.ts';
import { type Role, type RoomName, roomParts } from '../protocol/index.ts';
import { BlobShelf } from './blobs.ts';
import { type ContextMessage, openContexts } from './channel.ts';
import type { DeviceStore } from './deviceStore.ts';
import { DraftShelf } from './draftShelf.ts';
import { drainRooms } from './drain.ts';
import { Follower } from './follower.ts';
import { giveTeam, takeRoom, waitingOf } from './giveTeam.ts';
import { JournalWriter } from './journalWriter.ts';
import { Ledger } from './ledger.ts';
import { localNames } from './names.ts';
import { OpenSessions } from './openSessions.ts';
import type { ReplicaPorts } from './ports.ts';
import { Refusals } from './refusals.ts';
import { RightsApart } from './rightsApart.ts';
import type { DocumentSession } from './session.ts';
import type { SessionHost } from './sessionHost.ts';
import { StragglerRoad } from './stragglers.ts';
import { deviceSync, isSameSync, StateView } from './syncState.ts';
import type { Following, GivenRoom, OpenDoc, Replica, Scope, ServerPort, SyncState } from './types.ts';

export interface ReplicaOptions {
  readonly scope: Scope;
  /** Null for a team without a server: then the journal alone is the data. */
  readonly server: ServerPort | null;
  readonly store: DeviceStore;
  readonly ports: ReplicaPorts;
  /** What others see of this person until the server says it better. */
  readonly person: { readonly name: string };
  /** What this person may do in a team, as last known; a reader's operations are refused with `read-only`. */
  readonly roleOf: (team: TeamId) => Role;
  /** Follows the change feed by itself, as a page does for as long as it lives. A worker asks for it when it is woken. */
  readonly follows?: boolean;
}

/** Opens everything of one scope on this device. Nothing is read before it is asked for, but the journal's counts. */
export function createReplica(options: ReplicaOptions): Replica {
  return new DeviceReplica(options);
}

class DeviceReplica implements Replica {
  readonly scope: Scope;
  readonly blobs: BlobShelf;
  readonly sync: StateView<SyncState>;
  readonly unsentRooms: Replica['unsentRooms'];
  readonly drafts: Replica['drafts'];

  readonly #options: ReplicaOptions;
  readonly #host: SessionHost;
  readonly #sessions: OpenSessions;
  readonly #stragglers: StragglerRoad;
  readonly #refusals: Refusals;
  readonly #draftShelf: DraftShelf;
  readonly #follower: Follower;
  readonly #batches = { isKnown: true };
  readonly #rights: RightsApart;
  #draining: Promise<void> = Promise.resolve();
  readonly #unlisten: (() => void)[] = [];
  #ready = false;
  #wiped = false;
  #lastConnection: SyncState['connection'];
  #closed = false;

  constructor(options: ReplicaOptions) {
    const { scope, store, ports, server } = options;
    this.#rights = new RightsApart(store);
    this.#options = options;
    this.scope = scope;
    this.#lastConnection = server === null ? 'none' : 'connecting';
    const names = localNames(scope);
    const contexts = openContexts(ports.channel(names.channel));
    const ledger = new Ledger();
    const account: AccountId = scope.account;
    this.#host = {
      names,
      store,
      ports,
      server,
      contexts,
      ledger,
      person: { account, name: options.person.name },
      writer: new JournalWriter(
        onFirstWrite(store, () => ports.sentinel.add(names.journalSentinel)),
        ports,
      ),
      roleOf: (room) => this.#rights.of(room) ?? options.roleOf(roomParts(room).team),
      changed: () => this.#changed(),
    };
    this.#sessions = new OpenSessions(this.#host);
    this.#refusals = new Refusals(this.#host, (room, generation) => this.#renewed(room, generation));
    this.#draftShelf = new DraftShelf(this.#host);
    this.drafts = this.#draftShelf.view;
    this.blobs = new BlobShelf({ store, server, ports, names, contexts, changed: () => this.#changed() });
    this.unsentRooms = ledger.unsentRooms;
    this.sync = new StateView(() => this.#readSync(), isSameSync);
    this.#stragglers = new StragglerRoad({
      waiting: () => this.#waitingElsewhere(),
      drain: () => this.#drainAll(),
      ports,
    });
    this.#follower = new Follower({
      host: this.#host,
      openSession: (room) => this.#sessions.get(room),
      noted: () => {
        contexts.post({ kind: 'followed' });
        return this.#rights.read();
      },
    });
    this.#unlisten.push(
      contexts.listen((message) => this.#hear(message)),
      ports.page.onWake(() => {
        for (const session of this.#sessions.all()) session.retryNow();
        void this.blobs.upload();
        this.#stragglers.hurry();
        if (options.follows) this.#follower.keepFollowing();
      }),
      ports.page.onHide(() => void this.#host.writer.flush()),
      ledger.unsentRooms.subscribe(() => this.#changed()),
    );
    void this.#start();
  }

  open(room: RoomName): OpenDoc {
    if (this.#closed) throw new Error('bug: the replica is closed');
    const session = this.#sessions.hold(room);
    let held = true;
    return {
      room,
      doc: session.doc,
      awareness: session.awareness,
      sync: session.sync,
      people: session.people,
      loaded: session.loaded,
      run: (operation, input) => this.#run(session, operation, input),
      author: () => this.#author(),
      setPlace: (place) => session.awareness.setLocalStateField('place', place),
      saved: () => session.saved(),
      close: () => {
        if (held) this.#sessions.letGo(session);
        held = false;
      },
    };
  }

  drain(): Promise<void> {
    for (const session of this.#sessions.all()) session.retryNow();
    return this.#drainAll();
  }

  get apart(): Replica['apart'] {
    return this.#rights.view;
  }

  get following(): View<Following> {
    return this.#follower.following;
  }

  follow(options?: { readonly rooms?: number }): Promise<void> {
    return this.#follower.follow(options);
  }

  async giveTeam(team: TeamId, to: Replica): Promise<number> {
    // What is only in memory is given too.
    await Promise.all(this.#sessions.all().map((session) => session.saved()));
    return giveTeam(this.#host.store, team, to);
  }

  async take({ room, update, blobs }: GivenRoom): Promise<boolean> {
    // Bytes before the names of them.
    for (const blob of blobs) await this.blobs.keep(room, blob);
    return takeRoom(this.#host, { room, update }, this.#sessions.get(room));
  }

  waitingOf(team: TeamId): Promise<number> {
    return waitingOf(this.#host.store, team);
  }

  /** One after the other: the one that runs may be past what has just been written. */
  #drainAll(): Promise<void> {
    this.#draining = this.#draining.catch(() => {}).then(() => this.#drainOnce());
    return this.#draining;
  }

  async #drainOnce(): Promise<void> {
    if (this.#options.server === null || this.#closed) return;
    const uploads = this.blobs.upload();
    await drainRooms({
      host: this.#host,
      batches: this.#batches,
      openSession: (room) => this.#sessions.get(room),
      hold: (room) => this.#sessions.hold(room, { draining: true }),
      letGo: (session) => this.#sessions.endDrain(session),
      refused: (session) => this.#refusals.consider(session),
    });
    await uploads;
  }

  removeDraft(draftId: string): Promise<void> {
    return this.#draftShelf.remove(draftId);
  }

  async close(): Promise<void> {
    const { writer, contexts, store } = this.#host;
    await Promise.all(this.#sessions.all().map((session) => session.saved()));
    this.#closed = true;
    for (const unlisten of this.#unlisten) unlisten();
    this.#stragglers.close();
    this.#follower.close();
    await this.#sessions.close();
    this.blobs.close();
    writer.close();
    contexts.close();
    await store.close();
  }

  async #start(): Promise<void> {
    const { store, ports, names, ledger } = this.#host;
    try {
      const wasHeld = await ports.sentinel.has(names.journalSentinel);
      const isBorn = await store.isBorn();
      this.#wiped = wasHeld && !isBorn;
      if (this.#options.server !== null) {
        ledger.add(await store.unsentRows());
        await this.#rights.read();
      }
      await this.#draftShelf.read();
      // Looking around writes nothing: a device where nothing was ever written has lost nothing.
      if (isBorn) await ports.sentinel.add(names.journalSentinel);
    } catch (error) {
      // A device whose storage does not answer says so at the first document, which needs it.
      if (!(error instanceof InfraError)) throw error;
    }
    this.#ready = true;
    this.#changed();
    void this.blobs.upload();
    this.#stragglers.nudge();
    if (this.#options.follows) this.#follower.keepFollowing();
  }

  #run<Input, Result>(session: DocumentSession, operation: Operation<Input, Result>, input: Input): Result {
    const { room } = session;
    // A moment later its holders have let go of it.
    if (session.sync.getSnapshot().phase === 'renewed') throw new Refusal('forbidden', { room });
    if (session.role === 'reader') throw new Refusal('read-only', { room });
    if (session.trouble === 'no-space') throw new Refusal('no-space', { room });
    if (session.trouble === 'forbidden') throw new Refusal('forbidden', { room });
    return operation(session.doc, input, this.#author());
  }

  #author(): Author {
    return { by: this.scope.account, at: this.#host.ports.clock.now() };
  }

  #hear(message: ContextMessage): void {
    const { ledger } = this.#host;
    if (message.kind === 'erased') {
      void this.#abandon();
    } else if (message.kind === 'followed') {
      // A device that cannot read it now has the rights that it last read.
      this.#rights.read().catch(() => {});
    } else if (message.kind === 'uploads') {
      this.blobs.hearOfUploads();
    } else if (message.kind === 'drafts') {
      void this.#draftShelf.read();
    } else if (message.kind === 'renewed') {
      this.#renewed(message.room, message.generation);
    } else {
      const { room } = message;
      if (message.kind === 'rows' && this.#draftShelf.isOver(room, message.generation)) return;
      if (message.kind === 'recorded' || message.kind === 'folded') ledger.remove(message.rowIds);
      if (message.kind === 'folded' && this.#options.server !== null) ledger.add([{ ...message.row, room }]);
      if (message.kind === 'rows') {
        if (this.#options.server !== null) ledger.add(message.rows.map((row) => ({ ...row, room })));
        this.#sessions.get(room)?.hearRows(message.rows);
      }
      this.#sessions.get(room)?.refresh();
    }
  }

  #renewed(room: RoomName, generation: number): void {
    if (!this.#draftShelf.renewed(room, generation)) return;
    this.#host.ledger.forget(room);
    this.#sessions.renew(room);
  }

  /** The data is being erased: write nothing more, hold nothing open. */
  async #abandon(): Promise<void> {
    this.#closed = true;
    for (const unlisten of this.#unlisten) unlisten();
    this.#stragglers.close();
    this.#follower.close();
    this.#sessions.cutOff();
    this.#host.writer.close();
    this.blobs.close();
    await this.#host.store.close();
  }

  #changed(): void {
    if (!this.#closed) for (const session of this.#sessions.all()) void this.#refusals.consider(session);
    const before = this.sync.getSnapshot().connection;
    this.sync.refresh();
    const isBack = before !== 'online' && this.sync.getSnapshot().connection === 'online';
    // Offline too: where nothing is open any more, nothing else would find out that there is a server again.
    if (isBack && this.#options.follows) this.#follower.keepFollowing();
    if (isBack) this.#stragglers.hurry();
    else this.#stragglers.nudge();
  }

  #waitingElsewhere(): number {
    if (this.#options.server === null) return 0;
    const closed = this.unsentRooms.getSnapshot().filter(({ room }) => this.#sessions.get(room) === null);
    return closed.reduce((sum, { edits }) => sum + edits, 0);
  }

  #readSync(): SyncState {
    const documents = this.#sessions.all().map((session) => session.sync.getSnapshot());
    const { ledger } = this.#host;
    const refused = this.blobs.refused.size > 0;
    const state = deviceSync(documents, {
      ready: this.#ready,
      unsent: ledger.total,
      trouble: this.#wiped ? { code: 'lost-local', room: null } : refused ? { code: 'refused', room: null } : null,
      idle: this.#lastConnection,
    });
    this.#lastConnection = state.connection;
    return state;
  }
}

/** The store, with something to do after the first rows that it holds for good. */
function onFirstWrite(store: DeviceStore, then: () => Promise<void>): DeviceStore {
  let isWritten = false;
  return {
    ...store,
    appendRows: async (rows) => {
      await store.appendRows(rows);
      if (isWritten) return;
      isWritten = true;
      // Not waited for: without its sentinel the device is no less safe, only a later wipe would go unsaid.
      void then().catch(() => {});
    },
  };
}
