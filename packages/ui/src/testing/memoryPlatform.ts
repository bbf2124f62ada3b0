import { AccountId, type Operation, type TeamId } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import type { Scope } from '@liasse/core/replica';
import { seededRandomness, testId } from '@liasse/core/testing';
import type { Outcome, Platform, Preferences, SessionState, Workspace } from '../app/platform.ts';
import { type Cell, cell, type MemoryReplica, makeMemoryReplica } from './memoryReplica.ts';

/** A platform without a disk or a network. Calls to a server answer `offline` unless the test replaces them. */
export interface MemoryPlatform extends Platform {
  readonly session: Cell<SessionState>;
  readonly preferences: Cell<Preferences>;
  replica(scope: Scope): MemoryReplica;
  /** Runs an operation on a room of the current team, as its person: how tests and pages get data. */
  run<Input, Result>(room: RoomName, operation: Operation<Input, Result>, input: Input): Result;
  /** What was asked of the platform, in order. */
  readonly asked: string[];
}

/** Monday 23 November 2026, 9 h 12 in Paris. */
export const TEST_NOW = Date.UTC(2026, 10, 23, 8, 12);

export const TEST_TEAM = testId<TeamId>(1);
const TEST_ACCOUNT = AccountId.parse('account-amira');

/** A workspace as tests and development pages need one. */
export function testWorkspace(
  change: Partial<Omit<Workspace, 'team'>> & { readonly team?: Partial<Workspace['team']> } = {},
): Workspace {
  return {
    scope: { server: 'local', account: TEST_ACCOUNT, generation: 1 },
    local: true,
    sample: false,
    ...change,
    team: { id: TEST_TEAM, name: 'Bureau des subventions', role: 'owner', ...change.team },
  };
}

export function makeMemoryPlatform(
  options: { readonly workspaces?: readonly [Workspace, ...Workspace[]]; readonly kind?: Platform['kind'] } = {},
): MemoryPlatform {
  const workspaces = options.workspaces ?? [testWorkspace()];
  const asked: string[] = [];
  const clock = { now: () => TEST_NOW };
  const session = cell<SessionState>({
    person: { account: TEST_ACCOUNT, name: 'Amira Benali' },
    server: null,
    publishing: null,
    workspaces,
    current: workspaces[0],
  });
  const preferences = cell<Preferences>({ language: 'fr', theme: 'system', singleKeys: true });
  const replicas = new Map<string, MemoryReplica>();
  const replica = (scope: Scope): MemoryReplica => {
    const key = `${scope.server}/${scope.account}/${scope.generation}`;
    let made = replicas.get(key);
    if (!made) {
      made = makeMemoryReplica(scope, { clock, name: session.getSnapshot().person.name });
      replicas.set(key, made);
    }
    return made;
  };
  const offline = (what: string) => (): Promise<Outcome<never>> => {
    asked.push(what);
    return Promise.resolve({ ok: false, code: 'offline' });
  };
  const show = (workspace: Workspace, others = session.getSnapshot().workspaces) =>
    session.set({
      ...session.getSnapshot(),
      workspaces: others.includes(workspace) ? others : [...others, workspace],
      current: workspace,
    });

  return {
    kind: options.kind ?? 'web',
    fixedServer: cell<string | null>(null),
    session,
    preferences,
    asked,
    clock,
    replica,
    random: seededRandomness(7),
    run: (room, operation, input) => replica(session.getSnapshot().current.scope).open(room).run(operation, input),
    chooseWorkspace: (team) => {
      const found = session.getSnapshot().workspaces.find((workspace) => workspace.team.id === team);
      if (found && found !== session.getSnapshot().current) show(found);
    },
    previewLink: offline('previewLink'),
    signUp: offline('signUp'),
    acceptLink: offline('acceptLink'),
    signIn: offline('signIn'),
    signOut: offline('signOut'),
    createTeam: offline('createTeam'),
    publishTeam: offline('publishTeam'),
    addSample: (name) => {
      const scope: Scope = { server: 'local', account: AccountId.parse('account-sample'), generation: 1 };
      const sample = testWorkspace({ scope, sample: true, team: { id: testId<TeamId>(2), name } });
      show(sample);
      return sample;
    },
    removeSample: () => {
      const rest = session.getSnapshot().workspaces.filter((workspace) => !workspace.sample);
      show(rest[0] ?? workspaces[0], rest);
      return Promise.resolve();
    },
    invite: offline('invite'),
    setRole: offline('setRole'),
    members: offline('members'),
    knownMembers: () => [],
    rooms: { versions: offline('versions'), version: offline('version'), erase: offline('erase') },
    access: {
      restrict: offline('restrict'),
      open: offline('open'),
      people: offline('people'),
      setPerson: offline('setPerson'),
    },
    receipts: { ask: offline('receipt'), keys: () => Promise.resolve([]) },
    devices: {
      list: offline('devices'),
      end: offline('endSession'),
      endAll: offline('endAll'),
      look: offline('look'),
      answer: offline('answer'),
    },
    browserSignIn: null,
    identity: null,
    renameLocalPerson: (name) =>
      session.set({ ...session.getSnapshot(), person: { ...session.getSnapshot().person, name } }),
    setPreferences: (change) => preferences.set({ ...preferences.getSnapshot(), ...change }),
    rememberPieces: (_team, _dossier, pieces) => asked.push(`rememberPieces ${pieces.length}`),
    rememberDossiers: (_team, dossiers) => asked.push(`rememberDossiers ${dossiers.length}`),
    openAddress: (url) => asked.push(`openAddress ${url}`),
    clip: null,
    complete: null,
  };
}
