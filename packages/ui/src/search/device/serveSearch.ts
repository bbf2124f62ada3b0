import type { TeamId } from '@liasse/core';
import {
  type ContextChannel,
  type DeviceStore,
  type Locks,
  localNames,
  openContexts,
  type Release,
  type Scope,
  type SearchShelf,
  type Timers,
} from '@liasse/core/replica';
import { Answers } from './answers.ts';
import type { FromSearch, ToSearch } from './contract.ts';
import { TeamIndex } from './teamIndex.ts';

/** What the search of one team stands on. */
export interface SearchPorts {
  readonly timers: Timers;
  readonly locks: Locks;
  channel(name: string): ContextChannel;
  store(scope: Scope): Pick<DeviceStore, 'heldRooms' | 'readCache' | 'rowsOf' | 'getBlob' | 'close'>;
  shelf(scope: Scope, team: TeamId): SearchShelf;
  /** Lets the messages through that came meanwhile. */
  rest(): Promise<void>;
  post(message: FromSearch): void;
}

export interface SearchServer {
  hear(message: ToSearch): void;
  close(): void;
}

/** Serves the search of one team: in a worker, whose page says `start` first. */
export function serveSearch(ports: SearchPorts): SearchServer {
  let running: { readonly team: TeamIndex; readonly answers: Answers; close(): void } | null = null;

  return {
    hear: (message) => {
      if (message.kind === 'start') {
        const { scope, team } = message;
        running ??= startTeam(ports, { scope, team });
      } else if (message.kind === 'changed') running?.team.changed(message.room);
      else {
        const { id, request } = message;
        running?.answers.ask(id, request).catch((error: unknown) => {
          console.error('a search failed', error);
          ports.post({ kind: 'failed', id });
        });
      }
    },
    close: () => running?.close(),
  };
}

function startTeam(ports: SearchPorts, { scope, team }: { readonly scope: Scope; readonly team: TeamId }) {
  const names = localNames(scope);
  const store = ports.store(scope);
  let writing: Release | null = null;
  const index = new TeamIndex({
    team,
    store,
    shelf: ports.shelf(scope, team),
    timers: ports.timers,
    rest: ports.rest,
    isWriter: async () => {
      writing ??= await ports.locks.tryExclusive(names.searchLock(team));
      return writing !== null;
    },
    onState: (state) => ports.post({ kind: 'state', state }),
  });
  const contexts = openContexts(ports.channel(names.channel));
  const close = () => {
    index.close();
    contexts.close();
    writing?.();
    void store.close();
  };
  contexts.listen((message) => {
    if (message.kind === 'rows') index.changed(message.room);
    // The scope is being erased: write nothing more, hold nothing open.
    if (message.kind === 'erased') close();
  });
  void index.start();
  return { team: index, answers: new Answers({ team: index, post: ports.post, rest: ports.rest }), close };
}
