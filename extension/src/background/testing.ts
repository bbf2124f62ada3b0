// What the tests of captures share: a device in memory, and a worker on it that can be stopped anywhere.
import 'fake-indexeddb/auto';
import {
  AccountId,
  type BlobHash,
  blobsOf,
  type DossierId,
  dossierRegisterView,
  dossierView,
  formView,
  type PieceId,
  piecesView,
  pieceText,
  type Randomness,
  readManifest,
  type TeamId,
  type TextBlock,
} from '@liasse/core';
import { boardRoom, dossierRoom } from '@liasse/core/protocol';
import {
  browserTimers,
  createMemoryProfile,
  createReplica,
  type MemoryProfile,
  type Replica,
  type Scope,
} from '@liasse/core/replica';
import { seededRandomness } from '@liasse/core/testing';
import Dexie from 'dexie';
import { expect } from 'vitest';
import { makePageSide, type ReadPage } from '../capture/handover.ts';
import type { PageContent } from '../capture/pageContent.ts';
import type { Request } from '../messaging/contract.ts';
import { type KnownPages, openKnownPages } from '../platform/knownPages.ts';
import { type ClipPorts, Clips } from './clip.ts';
import type { Device } from './device.ts';
import { type JobStore, openJobStore } from './jobStore.ts';
import type { PageTaker } from './take/pageTaker.ts';

export const team = 'h2spc3vky1n1f380vceypcp0' as TeamId;
const scope: Scope = { server: 'local', account: AccountId.parse('local-agent'), generation: 1 };
export const url = 'https://site.example/decret';
export const request: Request<'clip.start'> = {
  jobId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  tab: { id: 7, url, documentId: null },
  take: 'page',
  fromPrivate: 'refuse',
  versionOf: null,
  title: 'Décret n° 2031-341',
  facts: {
    title: 'x',
    language: 'fr',
    legal: { nor: { value: 'PRMX3108931D', from: 'text' }, eli: { value: 'bad', from: 'url' } },
  },
  team: null,
  dossier: { create: 'Subventions' },
};
export const copy = '<!DOCTYPE html><html><body>Article 1er</body></html>';
export const pageContent = {
  text: [{ kind: 'paragraph' as const, text: 'Article 1er' }, { kind: 'unheard-of' }] as TextBlock[],
  coverage: { by: 'whole' as const, kept: 1, gate: 0.8 },
  missing: [{ kind: 'image' as const, origin: 'https://cdn.example', count: 2 }],
};
export const snapshot: PageContent['snapshot'] = { html: copy, resources: [], unreached: [] };

/** A page that is read as given, through the page's own side. */
export function pageOf(read: ReadPage): PageTaker {
  const side = makePageSide(read, async (bytes) => Buffer.from(await bytes.arrayBuffer()).toString('base64'));
  return {
    addressOf: async () => url,
    run: async () => null,
    callForm: async () => null,
    framesOf: async () => [],
    call: async (_target, method, args) => (side[method] as (...given: readonly unknown[]) => unknown)(...args),
  };
}
export const page = pageOf(async () => ({ ...pageContent, snapshot }));

/** A tab that is not in front. */
export const noShots: ClipPorts['shots'] = {
  tab: async () => null,
  call: async () => null,
  image: async () => null,
  cut: async () => ({ bytes: new Blob(), ratio: 1 }),
  now: () => 0,
  waitMs: async () => {},
};

/** Stops whatever asks, at the nth question, as a worker that the browser stops: it is never answered. */
export type Gate = () => Promise<void>;
export const open: Gate = async () => {};

let random: Randomness;
let profile: MemoryProfile;
export let jobs: JobStore;
export let pages: KnownPages;
let databases = 0;
// Files of tests may share a worker, and with it its databases.
const own = crypto.randomUUID();
// A file of tests without a database may have loaded it first in this worker.
Object.assign(Dexie.dependencies, { indexedDB, IDBKeyRange });

/** A device that nobody has used, before each test. */
export function newDevice(): void {
  random = seededRandomness(++databases);
  profile = createMemoryProfile({
    clock: { now: () => 1_900_000_000_000 },
    random,
    timers: browserTimers,
    dial: () => {
      throw new Error('no network in these tests');
    },
  });
  jobs = openJobStore(`jobs-${own}-${databases}`);
  pages = openKnownPages(`pages-${own}-${databases}`);
}

/** A worker on the profile's disk. `gate` is asked before and after each thing that it does to the world. */
export function startWorker(
  gate: Gate = open,
  taker: PageTaker = page,
  guard: ClipPorts['guard'] = async () => null,
  shots: ClipPorts['shots'] = noShots,
) {
  const context = profile.context();
  const around = async <T>(act: () => Promise<T>): Promise<T> => {
    await gate();
    const result = await act();
    await gate();
    return result;
  };
  const recent = new Map<string, string>();
  const left: unknown[] = [];
  const device: Device = {
    store: {
      read: (key) => recent.get(key) ?? null,
      write: (key, text) => void (text === null ? recent.delete(key) : recent.set(key, text)),
      onElsewhere: () => () => {},
      written: async () => {},
    },
    random,
    teamOr: (asked) => asked ?? team,
    nameOf: (of) => `local/agent/${of}`,
    hasServer: () => false,
    eachScope: async () => {},
    withTeam: (of, task) =>
      around(async () => {
        const replica = gated(replicaIn(context), gate);
        try {
          return await task({
            team: of,
            random,
            replica,
            open: (room) => replica.open(room),
            patience: async () => {},
          });
        } finally {
          await replica.close();
        }
      }),
  };
  const clips = new Clips({
    device,
    pages,
    guard,
    jobs: { ...jobs, put: (job) => around(() => jobs.put(job)) },
    shots,
    taker: {
      addressOf: (tab) => around(() => taker.addressOf(tab)),
      run: (script, target) => around(() => taker.run(script, target)),
      callForm: (target, method, args) => around(() => taker.callForm(target, method, args)),
      framesOf: (tab) => taker.framesOf(tab),
      call: (target, method, args) =>
        // Progress and leaving are not steps: whether they are asked for depends on time.
        method === 'take' || method === 'part'
          ? around(() => taker.call(target, method, args))
          : taker.call(target, method, args),
    },
    completions: { remember: (_job, unreached) => around(async () => void left.push(...unreached)) },
    now: () => 1_900_000_000_000,
    software: 'Liasse 0.0.0',
    onSaved: () => {},
  });
  return { clips, kill: context.kill, recent, left };
}

function replicaIn(context: ReturnType<MemoryProfile['context']>): Replica {
  return createReplica({
    scope,
    server: null,
    store: context.store,
    ports: context.ports,
    person: { name: 'Amira' },
    roleOf: () => 'owner',
  });
}

/** A replica whose blobs and saves ask the gate too. */
function gated(replica: Replica, gate: Gate): Replica {
  const blobs = {
    waiting: replica.blobs.waiting,
    get: replica.blobs.get.bind(replica.blobs),
    put: async (...input: Parameters<Replica['blobs']['put']>) => {
      await gate();
      const hash = await replica.blobs.put(...input);
      await gate();
      return hash;
    },
  };
  return {
    scope: replica.scope,
    sync: replica.sync,
    unsentRooms: replica.unsentRooms,
    blobs,
    drafts: replica.drafts,
    removeDraft: (draftId) => replica.removeDraft(draftId),
    drain: () => replica.drain(),
    follow: (options) => replica.follow(options),
    following: replica.following,
    apart: replica.apart,
    giveTeam: (team, to) => replica.giveTeam(team, to),
    take: (given) => replica.take(given),
    waitingOf: (team) => replica.waitingOf(team),
    close: () => replica.close(),
    open: (room) => {
      const document = replica.open(room);
      const saved = async () => {
        await gate();
        await document.saved();
        await gate();
      };
      return {
        ...document,
        run: document.run.bind(document),
        close: document.close.bind(document),
        saved,
        doc: document.doc,
        loaded: document.loaded,
      };
    },
  };
}

/** What the device holds in the end, read by another page. */
export async function held(dossierId: DossierId) {
  const replica = replicaIn(profile.context());
  const dossier = replica.open(dossierRoom(team, dossierId));
  const board = replica.open(boardRoom(team));
  await Promise.all([dossier.loaded, board.loaded]);
  const pieces = piecesView(dossier.doc).getSnapshot().items;
  const read = async (hash: BlobHash) => (await replica.blobs.get(dossier.room, hash))?.text() ?? 'dangling';
  const listed = await Promise.all(
    [...blobsOf(dossier.doc)].map(async ([hash, blob]) => {
      const { type } = blob as { type: string };
      return [hash as BlobHash, { type, content: await read(hash as BlobHash) }] as const;
    }),
  );
  const result = {
    blobs: new Map(listed),
    manifests: await Promise.all(
      pieces.map(async ({ manifest }) => (manifest === null ? null : readManifest(await read(manifest.hash)))),
    ),
    dossier: dossierView(dossier.doc).getSnapshot(),
    listed: dossierRegisterView(board.doc)
      .getSnapshot()
      .items.map(({ title }) => title),
    pieces,
    forms: pieces.map(({ id }) => formView(id as PieceId)(dossier.doc).getSnapshot()),
    texts: pieces.map(({ id }) => pieceText(dossier.doc, id as PieceId)),
    snapshots: await Promise.all(pieces.map(async ({ snapshot }) => (snapshot === null ? null : read(snapshot.hash)))),
  };
  await replica.close();
  return result;
}

export async function expectWhole(dossierId: string) {
  const all = await held(dossierId as DossierId);
  expect(all.dossier).toMatchObject({ kind: 'readable', dossier: { title: 'Subventions' } });
  expect(all.listed).toEqual(['Subventions']);
  expect(all.pieces).toHaveLength(1);
  expect(all.pieces[0]).toMatchObject({ title: 'Décret n° 2031-341', url, site: 'site.example', language: 'fr' });
  return all;
}
