/** A device with one piece that lacks what other sites hold, and workers that complete it. */
import {
  AccountId,
  addPiece,
  type BlobHash,
  blobsOf,
  createDossier,
  type DossierId,
  type PieceId,
  piecesView,
  type Rank,
  readManifest,
  type TeamId,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import {
  browserTimers,
  createMemoryProfile,
  createReplica,
  hashOf,
  type MemoryProfile,
  type Scope,
} from '@liasse/core/replica';
import { seededRandomness, testDraft, testId } from '@liasse/core/testing';
import Dexie from 'dexie';
import { expect } from 'vitest';
import { makePageSide } from '../../capture/handover.ts';
import type { Unreached } from '../../capture/pageContent.ts';
import type { Device } from '../device.ts';
import type { PageTaker } from '../take/pageTaker.ts';
import { Completions } from './completions.ts';
import { openUnreachedStore, type UnreachedStore } from './unreachedStore.ts';

export const team = 'h2spc3vky1n1f380vceypcp0' as TeamId;
const scope: Scope = { server: 'local', account: AccountId.parse('local-agent'), generation: 1 };
const dossierId = testId<DossierId>(50);
export const pieceId = testId<PieceId>(100);
const room = dossierRoom(team, dossierId);
const url = 'https://site.example/page';
export const cdn = 'https://cdn.example';
export const forms = 'https://forms.example';
export const NOW = 1_900_000_000_000;
const FRAMES = [
  { documentId: 'doc', url },
  { documentId: 'framed', url: `${forms}/f` },
];
export const job = {
  team,
  pieceId,
  dossier: { id: dossierId, title: 'x', isNew: false },
  at: 1_899_999_999_000,
  tab: { id: 7, url, documentId: 'doc' },
};

export const entry = (number: number, kind: Unreached['kind'], address: string, uses = 1): Unreached => ({
  ...{ token: `liasse-resource:${number}`, url: address, kind, uses },
  origin: new URL(address).origin,
});
export const unreached = [
  entry(1, 'style', `${cdn}/a.css`),
  entry(2, 'image', `${cdn}/a.png`, 2),
  entry(3, 'image', 'https://other.example/b.png'),
  entry(4, 'frame', `${forms}/f`),
];
const html =
  '<link rel="stylesheet" href="liasse-resource:1"><img src="liasse-resource:2"><img src="liasse-resource:3"><iframe src="liasse-resource:4" data-liasse-missing="forms.example"></iframe>';
const missing = [
  { kind: 'style' as const, origin: cdn, count: 1 },
  { kind: 'image' as const, origin: cdn, count: 2 },
  { kind: 'image' as const, origin: 'https://other.example', count: 1 },
  { kind: 'frame' as const, origin: forms, count: 1 },
];
const png = Uint8Array.from([137, 80, 78, 71]);
const site: Readonly<Record<string, () => Response>> = {
  [`${cdn}/a.css`]: () => new Response('p{background:url(a.png)}', { headers: { 'content-type': 'text/css' } }),
  [`${cdn}/a.png`]: () => new Response(png, { headers: { 'content-type': 'image/png' } }),
};
/** The frame's own copy, which lacks something too: under a number that the page has given to something else. */
const frame = makePageSide(
  async () => ({
    ...{ text: [], coverage: null, missing: [] },
    snapshot: { html: '<p>Cadre</p><img src="liasse-resource:3">', resources: [], unreached: [] },
  }),
  async (bytes) => Buffer.from(await bytes.arrayBuffer()).toString('base64'),
);

/** Stops whatever asks, at the nth question, as a worker that the browser stops. */
type Gate = () => Promise<void>;
const open: Gate = async () => {};

let profile: MemoryProfile;
let store: UnreachedStore;
/** What the browser lets the extension reach. */
export let granted: Set<string>;
export const grant = (...origins: readonly string[]): void => {
  granted = new Set(origins);
};
let databases = 0;
// Files of tests may share a worker, and with it its databases.
const own = crypto.randomUUID();
// A file of tests without a database may have loaded it first in this worker.
Object.assign(Dexie.dependencies, { indexedDB, IDBKeyRange });
/** A device with a piece that lacks what another site holds. */
export async function newDevice(): Promise<void> {
  databases += 1;
  profile = createMemoryProfile({
    ...{ clock: { now: () => NOW }, random: seededRandomness(databases), timers: browserTimers },
    dial: () => {
      throw new Error('no network in these tests');
    },
  });
  store = openUnreachedStore(`unreached-${own}-${databases}`);
  granted = new Set();
  await withReplica(async (replica) => {
    const snapshot = new Blob([html]);
    const parts = { snapshot: { hash: await replica.blobs.put(room, snapshot), bytes: snapshot.size } };
    const document = replica.open(room);
    await document.loaded;
    document.run(createDossier, { dossierId, title: 'Subventions' });
    document.run(addPiece, { pieceId, rank: 'a0' as Rank, draft: testDraft({ url, missing }), parts });
    await document.saved();
  });
}

type Context = ReturnType<MemoryProfile['context']>;
const replicaIn = ({ store: kept, ports }: Context) =>
  createReplica({ scope, server: null, store: kept, ports, person: { name: 'Amira' }, roleOf: () => 'owner' });

async function withReplica<T>(
  act: (replica: ReturnType<typeof replicaIn>) => Promise<T>,
  context = profile.context(),
): Promise<T> {
  const replica = replicaIn(context);
  try {
    return await act(replica);
  } finally {
    await replica.close();
  }
}

interface WorkerOptions {
  readonly gate?: Gate;
  readonly tabUrl?: string;
  readonly account?: string;
  readonly now?: number;
  readonly answers?: typeof site;
  readonly frames?: Awaited<ReturnType<PageTaker['framesOf']>>;
}

/** A worker. `gate` is asked before and after each thing that it does to the world. */
export function startWorker(options: WorkerOptions = {}) {
  const { gate = open, tabUrl = url, account = 'agent', now = NOW, answers = site, frames = FRAMES } = options;
  const context = profile.context();
  const asked: string[] = [];
  const around = async <T>(act: () => Promise<T>): Promise<T> => {
    await gate();
    const result = await act();
    await gate();
    return result;
  };
  const device = {
    nameOf: (of: TeamId) => `local/${account}/${of}`,
    withTeam: (of: TeamId, task: Parameters<Device['withTeam']>[1]) =>
      withReplica((replica) => {
        const put = (...input: Parameters<typeof replica.blobs.put>) => around(() => replica.blobs.put(...input));
        const blobs = { waiting: replica.blobs.waiting, get: replica.blobs.get.bind(replica.blobs), put };
        const document = (name: typeof room) => {
          const opened = replica.open(name);
          return {
            ...opened,
            doc: opened.doc,
            loaded: opened.loaded,
            run: opened.run.bind(opened),
            close: opened.close.bind(opened),
            saved: () => around(() => opened.saved()),
          };
        };
        return task({
          ...{ team: of, random: seededRandomness(9), patience: async () => {}, open: document },
          replica: { ...replica, blobs, open: document },
        } as never);
      }, context),
  } as unknown as Device;
  const completions = new Completions({
    ...{ device, now: () => now, software: 'Liasse 0.0.0', onSaved: () => {} },
    unreached: {
      ...store,
      put: (row) => around(() => store.put(row)),
      remove: (...of) => around(() => store.remove(...of)),
    },
    permissions: {
      has: async (origin) => granted.has(origin),
      giveBack: (origins) =>
        around(async () => {
          for (const origin of origins) granted.delete(origin);
        }),
    },
    fetch: async (address) => {
      asked.push(address);
      return answers[address]?.() ?? new Response('', { status: 404 });
    },
    taker: {
      addressOf: async () => tabUrl,
      framesOf: async () => frames,
      run: async () => null,
      callForm: async () => null,
      call: async (_target, method, args) => (frame[method] as (...given: readonly unknown[]) => unknown)(...args),
    },
  });
  return { completions, asked, kill: context.kill };
}

/** What the device holds in the end. */
export const held = () =>
  withReplica(async (replica) => {
    const { doc, loaded } = replica.open(room);
    await loaded;
    const piece = piecesView(doc).getSnapshot().byId.get(pieceId);
    const read = async (hash: BlobHash) => (await replica.blobs.get(room, hash))?.text() ?? 'dangling';
    const listed = [...blobsOf(doc).keys()] as BlobHash[];
    const contents = new Map(await Promise.all(listed.map(async (hash) => [hash, await read(hash)] as const)));
    const completion = piece?.completion ?? null;
    return {
      piece,
      contents,
      completed: completion === null ? null : await read(completion.snapshot.hash),
      manifest: completion?.manifest == null ? null : readManifest(await read(completion.manifest.hash)),
      first: piece?.snapshot == null ? null : await read(piece.snapshot.hash),
    };
  });

export const press = async ({ completions }: ReturnType<typeof startWorker>, origins = [cdn, forms]) => {
  const { held: had } = await completions.offer(team, pieceId);
  await completions.ask(team, pieceId, { origins, held: had });
  for (const origin of origins) granted.add(origin);
  return completions.start(team, pieceId);
};

export async function expectCompleted() {
  const { piece, contents, completed, manifest, first } = await held();
  const image = await hashOf(new Blob([png]));
  expect(first).toBe(html);
  expect(completed).toMatch(
    new RegExp(
      `^<link rel="stylesheet" href="sha256:[0-9a-f]{64}"><img src="sha256:${image}"><img src="liasse-resource:3"><iframe src="sha256:[0-9a-f]{64}" `,
    ),
  );
  expect(piece?.completion?.missing).toEqual([{ kind: 'image', origin: 'https://other.example', count: 1 }]);
  expect([...contents.values()]).toContain(`p{background:url("sha256:${image}")}`);
  // What the frame lacks keeps no number of the page's.
  expect([...contents.values()]).toContain('<p>Cadre</p><img src="liasse-resource:0">');
  for (const content of contents.values()) {
    expect(content).not.toBe('dangling');
    expect(content).not.toMatch(/cdn\.example\/a|forms\.example\/f/);
  }
  expect(manifest?.resources.map(({ role }) => role)).toEqual(['snapshot', 'resource', 'resource', 'resource']);
  for (const { hash } of manifest?.resources ?? [])
    expect([...contents.keys()].map((name) => `sha256:${name}`)).toContain(hash);
}
