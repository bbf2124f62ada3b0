// @vitest-environment node
// Past 300 lines: every test here starts and stops the one worker that is set up at the top.
import 'fake-indexeddb/auto';
import {
  AccountId,
  type BlobHash,
  blobsOf,
  type DossierId,
  dossierRegisterView,
  dossierView,
  encodeStep,
  type FormStepId,
  formView,
  type PieceId,
  piecesView,
  pieceText,
  type Randomness,
  readManifest,
  resourcesOf,
  type TeamId,
  type TextBlock,
  WorkKey,
} from '@liasse/core';
import { boardRoom, dossierRoom } from '@liasse/core/protocol';
import {
  browserTimers,
  createMemoryProfile,
  createReplica,
  hashOf,
  type MemoryProfile,
  type Replica,
  type Scope,
} from '@liasse/core/replica';
import { seededRandomness, testField, testId, testStep } from '@liasse/core/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { makePageSide, PART_BYTES, type ReadPage } from '../capture/handover.ts';
import type { PageContent } from '../capture/pageContent.ts';
import type { Request } from '../messaging/contract.ts';
import { type KnownPages, openKnownPages } from '../platform/knownPages.ts';
import { type ClipPorts, Clips } from './clip.ts';
import type { Device } from './device.ts';
import { refusalOf } from './guard.ts';
import { type JobStore, openJobStore } from './jobStore.ts';
import type { PageTaker } from './take/pageTaker.ts';

const team = 'h2spc3vky1n1f380vceypcp0' as TeamId;
const scope: Scope = { server: 'local', account: AccountId.parse('local-agent'), generation: 1 };
const url = 'https://site.example/decret';
const request: Request<'clip.start'> = {
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
const copy = '<!DOCTYPE html><html><body>Article 1er</body></html>';
const pageContent = {
  text: [{ kind: 'paragraph' as const, text: 'Article 1er' }, { kind: 'unheard-of' }] as TextBlock[],
  coverage: { by: 'whole' as const, kept: 1, gate: 0.8 },
  missing: [{ kind: 'image' as const, origin: 'https://cdn.example', count: 2 }],
};
const snapshot: PageContent['snapshot'] = { html: copy, resources: [], unreached: [] };

/** A page that is read as given, through the page's own side. */
function pageOf(read: ReadPage): PageTaker {
  const side = makePageSide(read, async (bytes) => Buffer.from(await bytes.arrayBuffer()).toString('base64'));
  return {
    addressOf: async () => url,
    run: async () => null,
    callForm: async () => null,
    framesOf: async () => [],
    call: async (_target, method, args) => (side[method] as (...given: readonly unknown[]) => unknown)(...args),
  };
}
const page = pageOf(async () => ({ ...pageContent, snapshot }));

/** A tab that is not in front. */
const noShots: ClipPorts['shots'] = {
  tab: async () => null,
  call: async () => null,
  image: async () => null,
  cut: async () => ({ bytes: new Blob(), ratio: 1 }),
  now: () => 0,
  waitMs: async () => {},
};

/** Stops whatever asks, at the nth question, as a worker that the browser stops: it is never answered. */
type Gate = () => Promise<void>;
const open: Gate = async () => {};

let random: Randomness;
let profile: MemoryProfile;
let jobs: JobStore;
let pages: KnownPages;
let databases = 0;
beforeEach(() => {
  random = seededRandomness(++databases);
  profile = createMemoryProfile({
    clock: { now: () => 1_900_000_000_000 },
    random,
    timers: browserTimers,
    dial: () => {
      throw new Error('no network in these tests');
    },
  });
  jobs = openJobStore(`jobs-${databases}`);
  pages = openKnownPages(`pages-${databases}`);
});

/** A worker on the profile's disk. `gate` is asked before and after each thing that it does to the world. */
function startWorker(gate: Gate = open, taker: PageTaker = page, guard: ClipPorts['guard'] = async () => null) {
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
    shots: noShots,
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
    drain: () => replica.drain(),
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
async function held(dossierId: DossierId) {
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

async function expectWhole(dossierId: string) {
  const all = await held(dossierId as DossierId);
  expect(all.dossier).toMatchObject({ kind: 'readable', dossier: { title: 'Subventions' } });
  expect(all.listed).toEqual(['Subventions']);
  expect(all.pieces).toHaveLength(1);
  expect(all.pieces[0]).toMatchObject({ title: 'Décret n° 2031-341', url, site: 'site.example', language: 'fr' });
  return all;
}

describe('a capture', () => {
  test('[J1] makes the dossier, lists it, and adds the piece with its copy, its text and what is missing', async () => {
    const worker = startWorker();
    const clipped = await worker.clips.start(request);
    const { texts, snapshots, pieces } = await expectWhole(clipped.dossier.id);
    expect(clipped).toMatchObject({ team, kept: 'page', pieceId: pieces[0]?.id, snapshot: pieces[0]?.snapshot?.hash });
    expect(texts).toEqual([{ kind: 'inline', blocks: [{ kind: 'paragraph', text: 'Article 1er' }] }]);
    expect(snapshots).toEqual([copy]);
    expect(pieces[0]).toMatchObject({ kind: 'page', work: `url:${url}`, coverage: pageContent.coverage });
    expect(pieces[0]?.missing).toEqual(pageContent.missing);
    expect(worker.recent.get(`dossiers/${team}`)).toContain('Subventions');
  });

  test('[C30] hands over what the page could not read, beside the piece and in none of its bytes', async () => {
    const unreached = [
      {
        token: 'liasse-resource:1',
        url: 'https://cdn.example/a.png',
        kind: 'image' as const,
        origin: 'https://cdn.example',
        uses: 1,
      },
    ];
    const worker = startWorker(
      open,
      pageOf(async () => ({ ...pageContent, snapshot: { html: copy, resources: [], unreached } })),
    );
    const { dossier } = await worker.clips.start(request);
    expect(worker.left).toEqual(unreached);
    const { blobs } = await held(dossier.id as DossierId);
    for (const { content } of blobs.values()) expect(content).not.toContain('cdn.example/a.png');
    expect(JSON.stringify(await jobs.get(request.jobId))).not.toContain('a.png');
  });

  test('keeps of a legal reference the parts that are of the right shape', async () => {
    const { clips } = startWorker();
    const { pieces } = await held((await clips.start(request)).dossier.id as DossierId);
    expect(pieces[0]?.legal).toEqual({ nor: { value: 'PRMX3108931D', from: 'text' } });
  });

  test('[J1] asked for twice, at once or later, makes one piece', async () => {
    const { clips } = startWorker();
    const [first, second] = await Promise.all([clips.start(request), clips.start(request)]);
    const third = await clips.start(request);
    expect([second, third]).toEqual([first, first]);
    await expectWhole(first.dossier.id);
  });

  test('a long text goes to a blob', async () => {
    const text = Array.from({ length: 2_000 }, (_, n) => ({ kind: 'paragraph', text: `Article ${n}, premier alinéa` }));
    const { clips } = startWorker(
      open,
      pageOf(async () => ({ ...pageContent, text: text as TextBlock[], snapshot: null })),
    );
    const { texts } = await held((await clips.start(request)).dossier.id as DossierId);
    expect(texts[0]?.kind).toBe('blob');
  });

  test.each<[string, PageTaker]>([
    ['the tab shows another page', { ...page, addressOf: async () => 'https://site.example/autre' }],
    ['the tab was closed', { ...page, addressOf: async () => undefined }],
    ['the page admits no script', { ...page, call: async () => null }],
    ['the page answers nonsense', { ...page, call: async () => 'nonsense' }],
  ])('[J2] keeps the address with what the popup had read when %s', async (_, taker) => {
    const { clips } = startWorker(open, taker);
    const { pieces } = await expectWhole((await clips.start(request)).dossier.id);
    expect(pieces[0]).toMatchObject({
      kind: 'bookmark',
      snapshot: null,
      legal: { nor: { value: 'PRMX3108931D', from: 'text' } },
    });
  });

  test('an address that could never be opened again is refused, and stays refused', async () => {
    const { clips } = startWorker();
    const bad = { ...request, take: 'address' as const, tab: { ...request.tab, url: 'chrome://settings' } };
    await expect(clips.start(bad)).rejects.toMatchObject({ code: 'unsupported-page' });
    await expect(clips.wait(bad.jobId)).rejects.toMatchObject({ code: 'unsupported-page' });
    expect(await jobs.unfinished()).toEqual([]);
  });

  test('that was never begun is not found', async () => {
    await expect(startWorker().clips.wait(request.jobId)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('[J7] names each resource by its hash, in the copy, in the list of the document and in the manifest', async () => {
    const image = new Blob(['image'], { type: 'image/png' });
    const sheet = new Blob(['a{background:url("liasse-resource:0")}'], { type: 'text/css' });
    const resources = [
      { token: 'liasse-resource:0', type: 'image/png', bytes: image },
      { token: 'liasse-resource:1', type: 'text/css', bytes: sheet },
    ];
    const html = '<link rel="stylesheet" href="liasse-resource:1"><img src="liasse-resource:0">';
    const taker = pageOf(async () => ({ ...pageContent, snapshot: { html, resources, unreached: [] } }));
    const { clips } = startWorker(open, taker);
    const { dossier } = await clips.start(request);
    const { snapshots, blobs, manifests } = await held(dossier.id as DossierId);
    const [sheetHash, imageHash] = resourcesOf(snapshots[0] ?? '');
    expect(imageHash).toBe(await hashOf(image));
    expect(blobs.get(imageHash as BlobHash)).toMatchObject({ type: 'image/png', content: 'image' });
    expect(blobs.get(sheetHash as BlobHash)?.content).toBe(`a{background:url("sha256:${imageHash}")}`);
    expect(manifests[0]?.resources.map(({ role, hash }) => `${role} ${hash}`)).toEqual(
      expect.arrayContaining([`resource sha256:${imageHash}`, `resource sha256:${sheetHash}`]),
    );
    for (const { content } of blobs.values()) expect(content).not.toBe('dangling');
  });

  test('[J6] makes its page known, in which version', async () => {
    const { clips } = startWorker();
    const { dossier, pieceId } = await clips.start(request);
    const again = { ...request, jobId: crypto.randomUUID(), dossier: { id: dossier.id, title: dossier.title } };
    await clips.start({ ...again, versionOf: pieceId });
    const work = WorkKey.parse(`url:${url}`);
    expect(await pages.find(`local/agent/${team}`, work)).toMatchObject([{ dossier, version: 2 }]);
    expect((await held(dossier.id as DossierId)).pieces).toMatchObject([{ versionOf: null }, { versionOf: pieceId }]);
  });

  test('taken back puts the piece in the trash', async () => {
    const { clips } = startWorker();
    const { dossier } = await clips.start(request);
    await clips.undo(request.jobId);
    expect((await held(dossier.id as DossierId)).pieces).toEqual([]);
  });
});

describe('a form', () => {
  const formRequest = { ...request, take: 'form' as const, form: { stepOf: null, ticked: [] } };
  const {
    id: _id,
    at: _at,
    ...capture
  } = testStep(testId<FormStepId>(1), [
    testField(),
    testField({ key: '1', keeping: 'dropped', value: null, name: { text: 'Mot de passe', from: 'label' } }),
  ]);
  const withForm = (form: unknown): PageTaker => ({ ...page, callForm: async () => form });
  const next = (of: {
    readonly pieceId: string;
    readonly dossier: { readonly id: string; readonly title: string };
  }) => ({
    ...formRequest,
    jobId: crypto.randomUUID(),
    dossier: of.dossier,
    form: { stepOf: of.pieceId, ticked: [] },
  });

  test('[F19] is added with its page, and stands in the manifest by its hash', async () => {
    const { clips } = startWorker(open, withForm(capture));
    const clipped = await clips.start(formRequest);
    expect(clipped).toMatchObject({ kept: 'page', form: { kept: 1, dropped: ['Mot de passe'] } });
    const { pieces, forms, snapshots, manifests } = await expectWhole(clipped.dossier.id);
    expect(pieces[0]).toMatchObject({ kind: 'form', hasForm: true });
    expect(snapshots).toEqual([copy]);
    const { id, at, ...read } = forms[0]?.steps[0] ?? { id: '', at: 0 };
    expect(read).toMatchObject({ title: capture.title, fields: [{ value: 'Durand' }, { value: null }] });
    const step = { ...capture, id: id as FormStepId, at };
    const digest = await hashOf(new Blob([encodeStep(step)]));
    expect(manifests[0]?.resources.filter(({ role }) => role === 'form')).toMatchObject([{ hash: `sha256:${digest}` }]);
    expect(await pages.findForms(`local/agent/${team}`, url)).toMatchObject([{ pieceId: clipped.pieceId }]);
  });

  test('[F28] is judged again: what is no field is counted, and a secret never enters the document', async () => {
    const card = testField({ key: '2', value: '4111 1111 1111 1111' });
    const { clips } = startWorker(
      open,
      withForm({ ...capture, fields: [...capture.fields, card, { key: 'x' }, card] }),
    );
    const { forms } = await held((await clips.start(formRequest)).dossier.id as DossierId);
    expect(forms[0]?.steps[0]).toMatchObject({
      unread: { fields: 2 },
      fields: [{}, {}, { keeping: 'dropped', value: null }],
    });
  });

  test.each<unknown>([null, 'x', { ...capture, fields: [] }])(
    'that cannot be read (%j) leaves the page',
    async (form) => {
      const { clips } = startWorker(open, withForm(form));
      const clipped = await clips.start(formRequest);
      expect(clipped).toMatchObject({ kept: 'page', form: null });
      expect((await held(clipped.dossier.id as DossierId)).pieces).toMatchObject([{ kind: 'page', hasForm: false }]);
    },
  );

  test('[F29][F18] a further step is added to its piece, once, and taken back alone', async () => {
    const { clips } = startWorker(open, withForm(capture));
    const first = await clips.start(formRequest);
    const second = next(first);
    const [again] = await Promise.all([clips.start(second), clips.start(second)]);
    expect(again).toMatchObject({ pieceId: first.pieceId, kept: 'page' });
    const after = await held(first.dossier.id as DossierId);
    expect(after.pieces).toHaveLength(1);
    expect(after.forms[0]?.steps.map(({ number }) => number)).toEqual([1, 2]);
    await clips.undo(second.jobId);
    const { pieces, forms } = await held(first.dossier.id as DossierId);
    expect([pieces.length, forms[0]?.steps.length]).toEqual([1, 1]);
  });

  test('[F29] a step whose worker is stopped anywhere is added once', async () => {
    const first = await startWorker(open, withForm(capture)).clips.start(formRequest);
    for (let nth = 1; nth < 40; nth++) {
      const second = next(first);
      let asked = 0;
      const stopped = new Promise<'stopped'>((resolve) => {
        const gate = async () => {
          asked += 1;
          if (asked !== nth) return;
          worker.kill();
          resolve('stopped');
          await new Promise(() => {});
        };
        const worker = startWorker(gate, withForm(capture));
        void worker.clips.start(second).then(() => resolve('stopped'));
      });
      await stopped;
      await startWorker(open, withForm(capture)).clips.start(second);
      const { forms } = await held(first.dossier.id as DossierId);
      expect(forms[0]?.steps, `stopped at ${nth}`).toHaveLength(nth + 1);
      if (asked < nth) {
        expect(nth).toBeGreaterThan(8);
        return;
      }
    }
    throw new Error('it never came to its end');
  });

  test.each<[string, PageTaker]>([
    ['the page is gone', { ...withForm(capture), addressOf: async () => undefined }],
    ['there is no form', withForm(null)],
  ])('[F29] a step is refused when %s, and nothing is added', async (_, taker) => {
    const first = await startWorker(open, withForm(capture)).clips.start(formRequest);
    await expect(startWorker(open, taker).clips.start(next(first))).rejects.toMatchObject({ code: 'no-form' });
    expect((await held(first.dossier.id as DossierId)).forms[0]?.steps).toHaveLength(1);
  });
});

describe('a text of which the readers lost too much', () => {
  const lost = { ...pageContent, coverage: { by: 'whole' as const, kept: 0.4, gate: 0.98 }, snapshot: null };
  const second = (coverage: unknown): PageTaker => ({
    ...pageOf(async () => lost),
    run: async (script) =>
      script === '/page-second-reader.js'
        ? { blocks: [{ kind: 'paragraph', text: 'Article 1er, en entier' }], coverage, dropped: 0 }
        : null,
  });
  const clippedBy = async (taker: PageTaker) =>
    held((await startWorker(open, taker).clips.start(request)).dossier.id as DossierId);

  test('[J8] is read again by one more reader, which is heard only where it found enough', async () => {
    const found = await clippedBy(second({ by: 'defuddle', kept: 0.99, gate: 0.98 }));
    expect(found.texts).toEqual([{ kind: 'inline', blocks: [{ kind: 'paragraph', text: 'Article 1er, en entier' }] }]);
    expect(found.pieces[0]?.coverage).toMatchObject({ by: 'defuddle' });
  });

  test.each([{ by: 'whole', kept: 0.5, gate: 0.98 }, null, 'x'])(
    '[J8] stays whole and flagged otherwise: %j',
    async (coverage) => {
      const { texts, pieces } = await clippedBy(second(coverage));
      expect(texts).toEqual([{ kind: 'inline', blocks: [{ kind: 'paragraph', text: 'Article 1er' }] }]);
      expect(pieces[0]?.coverage).toEqual(lost.coverage);
    },
  );
});

describe('bytes that come out of a page', () => {
  test('[J3] arrive whole, in parts that a message can carry', async () => {
    const html = `${'a'.repeat(PART_BYTES - 1)}été`;
    const { clips } = startWorker(
      open,
      pageOf(async () => ({ ...pageContent, snapshot: { html, resources: [], unreached: [] } })),
    );
    const { snapshots } = await held((await clips.start(request)).dossier.id as DossierId);
    expect(snapshots[0] === html).toBe(true);
  });

  test('[J5] that stop coming leave the text, and no half of a copy', async () => {
    const taker = pageOf(async () => ({ ...pageContent, snapshot }));
    const { clips } = startWorker(open, {
      ...taker,
      call: async (target, method, args) => (method === 'part' ? null : taker.call(target, method, args)),
    });
    const { pieces, texts } = await expectWhole((await clips.start(request)).dossier.id);
    expect(pieces[0]).toMatchObject({ kind: 'page', snapshot: null });
    expect(texts).toEqual([{ kind: 'inline', blocks: [{ kind: 'paragraph', text: 'Article 1er' }] }]);
  });
});

describe('a capture that is stopped', () => {
  /** A page that is read until it is told to stop. */
  function endless() {
    let begun = () => {};
    const began = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const taker = pageOf(
      (_order, { signal, report }) =>
        new Promise((resolve) => {
          report({ done: 3, of: 10 });
          begun();
          signal.addEventListener('abort', () => resolve({ ...pageContent, snapshot }));
        }),
    );
    return { taker, began };
  }

  test('[J4] while the page is read leaves neither piece nor dossier, and says so to who waits', async () => {
    const { taker, began } = endless();
    const { clips } = startWorker(open, taker);
    const end = clips.start(request).catch((error) => error.code);
    await began;
    await expect.poll(() => clips.progress(request.jobId)).toEqual({ done: 3, of: 10 });
    await clips.cancel(request.jobId);
    expect(await end).toBe('cancelled');
    expect(clips.progress(request.jobId)).toBeNull();
    expect(await jobs.unfinished()).toEqual([]);
    await expect(clips.start(request)).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('[J4] stays stopped when the worker is stopped right after', async () => {
    const { taker, began } = endless();
    const worker = startWorker(open, taker);
    void worker.clips.start(request).catch(() => {});
    await began;
    const job = await jobs.get(request.jobId);
    void worker.clips.cancel(request.jobId).catch(() => {});
    await expect.poll(async () => (await jobs.get(request.jobId))?.step).toBe('cancelled');
    worker.kill();
    const next = startWorker();
    await next.clips.resume();
    expect((await held(job?.dossier.id as DossierId)).pieces).toEqual([]);
  });

  test('[J4] too late, puts the piece in the trash', async () => {
    const { clips } = startWorker();
    const { dossier } = await clips.start(request);
    await clips.cancel(request.jobId);
    expect((await held(dossier.id as DossierId)).pieces).toEqual([]);
  });

  test('[J4] that was never begun is not found', async () => {
    await expect(startWorker().clips.cancel(request.jobId)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a worker stopped in the middle of a capture', () => {
  /** Runs a capture whose worker is stopped at its nth question to the world; says whether it came that far. */
  async function stopAt(nth: number): Promise<'stopped' | 'ended'> {
    let asked = 0;
    let stopped = () => {};
    const stop = new Promise<'stopped'>((resolve) => {
      stopped = () => resolve('stopped');
    });
    const worker = startWorker(async () => {
      asked += 1;
      if (asked !== nth) return;
      worker.kill();
      stopped();
      await new Promise(() => {});
    });
    return Promise.race([worker.clips.start(request).then(() => 'ended' as const), stop]);
  }

  test('[J1] leaves, wherever it was stopped, a whole piece or a job that makes one: never two, never a dangling copy', async () => {
    for (let nth = 1; ; nth++) {
      databases += 1;
      jobs = openJobStore(`stopped-${databases}`);
      profile = createMemoryProfile({
        clock: { now: () => 1_900_000_000_000 },
        random,
        timers: browserTimers,
        dial: () => {
          throw new Error('no network in these tests');
        },
      });
      const outcome = await stopAt(nth);
      const next = startWorker();
      await next.clips.resume();
      const clipped = await next.clips.start(request);
      const { snapshots } = await expectWhole(clipped.dossier.id);
      expect(snapshots, `stopped at ${nth}`).toEqual([copy]);
      if (outcome === 'ended') {
        expect(nth).toBeGreaterThan(15);
        return;
      }
    }
  });
});

describe('a page that may not be kept', () => {
  const policy = { server: null, allowedSites: ['site.example'], retentionDays: null };
  const guarded =
    (isPrivate: boolean): ClipPorts['guard'] =>
    async (tab, fromPrivate) =>
      refusalOf(policy, { url: tab.url, isPrivate }, fromPrivate);

  test('[J9] in a private window it is refused and leaves no job, until the person says that it is to be kept', async () => {
    const worker = startWorker(open, page, guarded(true));
    await expect(worker.clips.start(request)).rejects.toMatchObject({ code: 'private-window' });
    expect(await jobs.get(request.jobId)).toBeNull();
    expect(await worker.clips.start({ ...request, fromPrivate: 'keep' })).toMatchObject({ kept: 'page' });
  });

  test('[J10] of a site that is not allowed it is refused, whatever the person says, and leaves no job', async () => {
    const worker = startWorker(open, page, guarded(false));
    const elsewhere = {
      ...request,
      tab: { ...request.tab, url: 'https://other.example/' },
      fromPrivate: 'keep' as const,
    };
    await expect(worker.clips.start(elsewhere)).rejects.toMatchObject({ code: 'site-not-allowed' });
    expect(await jobs.get(request.jobId)).toBeNull();
    expect(await worker.clips.start(request)).toMatchObject({ kept: 'page' });
  });
});
