import type { Operation, TeamId } from '@liasse/core';
import { AccountId } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import {
  createMemoryProfile,
  localNames,
  type MemoryContext,
  type Scope,
  type SearchShelf,
  type ShelvedSegment,
} from '@liasse/core/replica';
import { seededRandomness, testId } from '@liasse/core/testing';
import * as Y from 'yjs';
import type { FromSearch, SearchRequest } from '../device/contract.ts';
import { serveSearch } from '../device/serveSearch.ts';

export const TEAM = testId<TeamId>(1);
const SCOPE: Scope = { server: 'local', account: AccountId.parse('account-amira'), generation: 1 };
const AUTHOR = { by: SCOPE.account, at: Date.UTC(2026, 10, 23, 8) };

/** A shelf that outlives the contexts that use it. */
interface MemoryShelf extends SearchShelf {
  kept: readonly ShelvedSegment[];
  readonly stored: Map<string, string>;
}

function makeMemoryShelf(): MemoryShelf {
  const stored = new Map<string, string>();
  return {
    kept: [],
    stored,
    async segments() {
      return [...this.kept];
    },
    async keep(segments) {
      const before = new Map(this.kept.map(({ id, bytes }) => [id, bytes]));
      this.kept = segments.map(({ id, bytes, deleted }) => {
        const known = bytes ?? before.get(id);
        if (known === undefined) throw new Error(`segment ${id} was never kept`);
        return { id, bytes: known, deleted };
      });
    },
    putTexts: async (texts) => {
      for (const [key, text] of texts) stored.set(key, text);
    },
    removeTexts: async (keys) => {
      for (const key of keys) stored.delete(key);
    },
    texts: async (keys) => new Map(keys.flatMap((key) => (stored.has(key) ? [[key, stored.get(key) as string]] : []))),
    textKeys: async () => [...stored.keys()],
    close: () => {},
  };
}

/** A device in memory with documents, and search contexts that come and go on it. */
export function makeSearchDevice() {
  // Timers run when the test says so.
  const due: { run: () => void; isCancelled: boolean }[] = [];
  const profile = createMemoryProfile({
    clock: { now: () => AUTHOR.at },
    random: seededRandomness(5),
    timers: {
      after: (_delayMs, run) => {
        const timer = { run, isCancelled: false };
        due.push(timer);
        return () => {
          timer.isCancelled = true;
        };
      },
    },
    dial: () => {
      throw new Error('a search asked for the network');
    },
  });
  const shelf = makeMemoryShelf();
  const docs = new Map<RoomName, Y.Doc>();
  let rows = 0;
  const page = profile.context();
  const channel = page.ports.channel(localNames(SCOPE).channel);

  /** Runs an operation on a document, as a page of this device would: journaled, and told to the other contexts. */
  async function run<Input, Result>(room: RoomName, operation: Operation<Input, Result>, input: Input): Promise<void> {
    const doc = docs.get(room) ?? new Y.Doc();
    docs.set(room, doc);
    const before = Y.encodeStateVector(doc);
    operation(doc, input, AUTHOR);
    const update = Y.encodeStateAsUpdate(doc, before);
    rows += 1;
    const row = { rowId: `row-${rows}`, room, update, at: AUTHOR.at, edits: 1, recordedSeq: null };
    await page.store.appendRows([row]);
    channel.post({ kind: 'rows', room, rows: [{ rowId: row.rowId, edits: 1, update }] });
  }

  return {
    profile,
    page,
    channel,
    shelf,
    run,
    doc: (room: RoomName) => docs.get(room),
    /** Lets every timer fire, and what it began come to its end. */
    async settle(): Promise<void> {
      for (let turns = 0; turns < 3; turns += 1) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        for (const timer of due.splice(0)) if (!timer.isCancelled) timer.run();
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
    search: (options: { readonly dieAfterRests?: number } = {}) => startSearch(profile.context(), shelf, options),
  };
}

interface RunningSearch {
  readonly said: FromSearch[];
  /** Resolves when all is indexed, or the context has died. */
  ready(): Promise<void>;
  ask(id: number, request: Partial<SearchRequest>): void;
  /** The keys found, in order. */
  find(typed: string, request?: Partial<SearchRequest>): Promise<readonly string[]>;
  snippet(key: string): string;
  kill(): void;
}

const NO_FILTERS = { kind: null, group: null, year: null, trashed: false };

function startSearch(
  context: MemoryContext,
  shelf: SearchShelf,
  { dieAfterRests = Number.POSITIVE_INFINITY }: { readonly dieAfterRests?: number },
): RunningSearch {
  const said: FromSearch[] = [];
  const wakes = new Set<() => void>();
  let rests = 0;
  const tell = () => {
    for (const wake of [...wakes]) wake();
  };
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        wakes.delete(look);
        resolve();
      };
      wakes.add(look);
      look();
    });
  const server = serveSearch({
    timers: context.ports.timers,
    locks: context.ports.locks,
    channel: context.ports.channel,
    store: () => context.store,
    shelf: () => shelf,
    rest: async () => {
      rests += 1;
      if (rests < dieAfterRests) return;
      context.kill();
      tell();
      await new Promise(() => {});
    },
    post: (message) => {
      said.push(message);
      tell();
    },
  });
  server.hear({ kind: 'start', scope: SCOPE, team: TEAM });
  let id = 100;
  const isReady = () => said.findLast(({ kind }) => kind === 'state')?.kind === 'state' && stateOf(said) !== 'indexing';
  const ask: RunningSearch['ask'] = (id, request) =>
    server.hear({ kind: 'ask', id, request: { typed: '', filters: NO_FILTERS, limit: 1_000, ...request } });
  return {
    said,
    ready: () => until(() => isReady() || rests >= dieAfterRests),
    ask,
    find: async (typed, request) => {
      id += 1;
      const mine = id;
      ask(mine, { typed, ...request });
      const answer = () => said.find((message) => message.kind === 'all' && message.id === mine);
      await until(() => answer() !== undefined);
      const found = answer();
      return found?.kind === 'all' ? found.hits.map(({ key }) => key) : [];
    },
    snippet: (key) => {
      const all = said.flatMap((message) => (message.kind === 'snippets' ? message.snippets : []));
      const parts = all.findLast((snippet) => snippet.key === key)?.parts ?? [];
      return parts.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('');
    },
    kill: () => {
      server.close();
      context.kill();
    },
  };
}

function stateOf(said: readonly FromSearch[]): string | null {
  const last = said.findLast((message) => message.kind === 'state');
  return last?.kind === 'state' ? last.state.kind : null;
}
