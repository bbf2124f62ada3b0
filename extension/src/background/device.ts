import type { Randomness, TeamDocs, TeamId } from '@liasse/core';
import { Refusal } from '@liasse/core';
import type { Replica } from '@liasse/core/replica';
import { keep, openReplicas, parseSession, SESSION_KEY, sessionState } from '@liasse/ui/account';
import { openAccountPorts } from '../platform/accountPorts.ts';
import { pagesScope } from '../platform/knownPages.ts';
import type { StorageMirror } from '../platform/storageMirror.ts';

/** How long the worker waits for a dossier that this device has never held. It needs none to add a piece. */
const PATIENCE_MS = 5_000;

/** One team's data, open for one task of the worker. */
export interface TeamAtHand extends TeamDocs {
  readonly replica: Replica;
}

/** What the worker does with this device's data: it opens, acts, waits until it is durable, and lets go. */
export interface Device {
  readonly store: StorageMirror;
  readonly random: Randomness;
  /** The team asked for, or the one on screen. @throws {Refusal} `not-found` when this device no longer knows it */
  teamOr(current: TeamId | null): TeamId;
  /** Tells accounts and teams apart: `<server>/<account>/<team>`. */
  nameOf(team: TeamId): string;
  /** Opens the scope of a team for a task, and closes it after. Tasks run one after the other. */
  withTeam<T>(team: TeamId, task: (team: TeamAtHand) => Promise<T>): Promise<T>;
  /** Whether somebody is signed in to a server here. */
  hasServer(): boolean;
  /** Every scope with something to send, one after the other. */
  eachScope(task: (replica: Replica) => Promise<void>): Promise<void>;
}

export async function openDevice(): Promise<Device> {
  const ports = await openAccountPorts();
  const stored = keep(ports.store, SESSION_KEY, parseSession, () => {
    throw new Error('bug: a session is made before the device is opened');
  });
  const replicas = openReplicas(ports, stored);
  const workspaces = () => sessionState(stored.getSnapshot()).workspaces;
  let last: Promise<unknown> = Promise.resolve();

  /** The worker holds a replica for one task only; a second task waits, so that closing never cuts another off. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const mine = last.then(task, task);
    last = mine.catch(() => undefined);
    return mine;
  }

  return {
    store: ports.store,
    random: ports.random,
    teamOr: (asked) => {
      const team = asked ?? sessionState(stored.getSnapshot()).current.team.id;
      if (!workspaces().some((workspace) => workspace.team.id === team)) throw new Refusal('not-found', { team });
      return team;
    },
    nameOf: (team) => {
      const workspace = workspaces().find((known) => known.team.id === team);
      if (workspace === undefined) throw new Refusal('not-found', { team });
      return pagesScope(workspace.scope, team);
    },
    withTeam: (team, task) =>
      inTurn(async () => {
        const workspace = workspaces().find((known) => known.team.id === team);
        if (workspace === undefined) throw new Refusal('not-found', { team });
        const replica = replicas.of(workspace.scope);
        try {
          return await task({
            team,
            random: ports.random,
            replica,
            open: (room) => replica.open(room),
            patience: () => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
          });
        } finally {
          await replicas.drop(workspace.scope);
        }
      }),
    hasServer: () => workspaces().some(({ scope }) => scope.server !== 'local'),
    eachScope: async (task) => {
      const scopes = new Map(workspaces().map(({ scope }) => [`${scope.server}/${scope.account}`, scope]));
      for (const scope of scopes.values()) {
        if (scope.server === 'local') continue;
        await inTurn(async () => {
          try {
            await task(replicas.of(scope));
          } finally {
            await replicas.drop(scope);
          }
        });
      }
    },
  };
}
