import {
  addPiece,
  type BlobRef,
  createDossier,
  type DossierId,
  encodeText,
  endOfSlip,
  ensureRegistered,
  needsBlob,
  newId,
  type PieceId,
  Refusal,
  SNAPSHOT_TYPE,
  TEXT_BLOB_TYPE,
  type TeamDoc,
  trashPiece,
} from '@liasse/core';
import { dossierRoom, type RoomName } from '@liasse/core/protocol';
import { fitDraft } from '../capture/draft.ts';
import type { Clipped, Request } from '../messaging/contract.ts';
import { bringForward } from '../platform/recent.ts';
import type { Device, TeamAtHand } from './device.ts';
import type { Job, JobStore } from './jobStore.ts';
import { type PageTaker, takePage } from './takePage.ts';

/** What a capture is made with. */
export interface ClipPorts {
  readonly device: Device;
  readonly jobs: JobStore;
  readonly taker: PageTaker;
  readonly now: () => number;
  /** Called when something may wait to be sent. */
  readonly onSaved: () => void;
}

/** Finished jobs are remembered this long: the popup may ask again, or take the piece back. */
const REMEMBERED_MS = 60 * 60_000;

/** Captures as jobs: each step is on disk before the next begins, and may be done again without doing it twice. */
export class Clips {
  readonly #ports: ClipPorts;
  readonly #running = new Map<string, Promise<Clipped>>();

  constructor(ports: ClipPorts) {
    this.#ports = ports;
  }

  /** Starts a job, or joins it when it was already asked for. Resolves when the piece is durable on this device. */
  async start(request: Request<'clip.start'>): Promise<Clipped> {
    const running = this.#running.get(request.jobId);
    if (running !== undefined) return running;
    const { jobs } = this.#ports;
    const known = await jobs.get(request.jobId);
    const job = known ?? this.#order(request);
    if (known === null) await jobs.put(job);
    return this.#run(job);
  }

  /** @throws {Refusal} `not-found` when no such job was begun */
  async wait(jobId: string): Promise<Clipped> {
    const running = this.#running.get(jobId);
    if (running !== undefined) return running;
    const job = await this.#ports.jobs.get(jobId);
    if (job === null) throw new Refusal('not-found', { jobId });
    return this.#run(job);
  }

  /** Goes on with what a worker that was stopped left. */
  async resume(): Promise<void> {
    const { jobs, now } = this.#ports;
    for (const job of await jobs.unfinished()) await this.#run(job).catch(() => undefined);
    await jobs.forget(now() - REMEMBERED_MS);
  }

  /** Whether a job waits to be gone on with. */
  async hasWork(): Promise<boolean> {
    return (await this.#ports.jobs.unfinished()).length > 0;
  }

  /** Puts the piece of a job in the trash. @throws {Refusal} `not-found` */
  async undo(jobId: string): Promise<void> {
    const { team, pieceId, dossier } = await this.wait(jobId);
    await this.#ports.device.withTeam(this.#ports.device.teamOr(team as Job['team']), (at) =>
      inDocument(at, dossierRoom(at.team, dossier.id as DossierId), (open) =>
        open.run(trashPiece, { pieceId: pieceId as PieceId }),
      ),
    );
    this.#ports.onSaved();
  }

  #order(request: Request<'clip.start'>): Job {
    const { device, now } = this.#ports;
    const { dossier } = request;
    return {
      id: request.jobId,
      at: now(),
      team: device.teamOr(request.team as Job['team'] | null),
      pieceId: newId<PieceId>(device.random),
      dossier:
        'id' in dossier
          ? { id: dossier.id as DossierId, title: dossier.title, isNew: false }
          : { id: newId<DossierId>(device.random), title: dossier.create, isNew: true },
      tab: request.tab,
      take: request.take,
      title: request.title,
      facts: request.facts ?? null,
      step: 'ordered',
    };
  }

  #run(job: Job): Promise<Clipped> {
    const running = this.#running.get(job.id);
    if (running !== undefined) return running;
    const run = this.#steps(job).finally(() => this.#running.delete(job.id));
    this.#running.set(job.id, run);
    return run;
  }

  async #steps(from: Job): Promise<Clipped> {
    let job = from;
    try {
      if (job.step === 'ordered') job = await this.#take(job);
      if (job.step === 'taken') job = await this.#add(job);
    } catch (error) {
      // Anything else is the world's fault or a bug: the job stays, and is gone on with at the next start.
      if (error instanceof Refusal && error.code !== 'no-space') {
        await this.#ports.jobs.put({ ...job, step: 'refused', code: error.code });
      }
      throw error;
    }
    if (job.step === 'refused')
      throw new Refusal(job.code === 'internal' ? 'bad-message' : job.code, { jobId: job.id });
    if (job.step !== 'done') throw new Error(`bug: a job ended as ${job.step}`);
    return job.clipped;
  }

  async #take(job: Job): Promise<Job> {
    const { taker, jobs } = this.#ports;
    const taken = await takePage(job, taker);
    const { draft, snapshot } = fitDraft({ ...taken, url: job.tab.url, title: job.title, capturedAt: job.at });
    const next: Job = {
      ...job,
      step: 'taken',
      kept: taken.kept,
      draft,
      snapshot: snapshot === null ? null : new Blob([snapshot], { type: SNAPSHOT_TYPE }),
    };
    await jobs.put(next);
    return next;
  }

  async #add(job: Job & { step: 'taken' }): Promise<Job> {
    const { device, jobs } = this.#ports;
    const { draft, pieceId, dossier } = job;
    const room = dossierRoom(job.team, dossier.id);
    const snapshot = await device.withTeam(job.team, async (at) => {
      // Blobs first: a reference is written once what it names is on the disk.
      const snapshot = job.snapshot === null ? null : await storeBlob(at, room, job.snapshot);
      const text = needsBlob(draft.text)
        ? await storeBlob(at, room, new Blob([encodeText(draft.text)], { type: TEXT_BLOB_TYPE }))
        : null;
      await inDocument(at, room, (open) => {
        if (dossier.isNew) once(() => open.run(createDossier, { dossierId: dossier.id, title: dossier.title }));
        once(() =>
          open.run(addPiece, { pieceId, draft, parts: { snapshot }, text, rank: endOfSlip(open.doc, at.random) }),
        );
      });
      if (dossier.isNew) await ensureRegistered(at, dossier.id);
      return snapshot;
    });
    if (dossier.title !== '') bringForward(device.store, job.team, dossier);
    const done: Job = {
      ...orderOf(job),
      step: 'done',
      clipped: {
        team: job.team,
        pieceId,
        dossier: { id: dossier.id, title: dossier.title },
        snapshot: snapshot?.hash ?? null,
        kept: job.kept,
        missing: draft.missing,
      },
    };
    await jobs.put(done);
    this.#ports.onSaved();
    return done;
  }
}

/** A finished job keeps no page. */
function orderOf(job: Job & { step: 'taken' }) {
  const { draft: _draft, snapshot: _snapshot, kept: _kept, ...order } = job;
  return { ...order, facts: null };
}

async function storeBlob(at: TeamAtHand, room: RoomName, bytes: Blob): Promise<BlobRef> {
  return { hash: await at.replica.blobs.put(room, bytes), bytes: bytes.size };
}

/** Opens a document, acts, waits until it is durable, lets go. */
async function inDocument(at: TeamAtHand, room: RoomName, act: (open: TeamDoc) => void): Promise<void> {
  const open = at.open(room);
  try {
    await open.loaded;
    act(open);
    await open.saved();
  } finally {
    open.close();
  }
}

/** Runs a creation that an earlier worker may have done already: the id says so. */
function once(create: () => void): void {
  try {
    create();
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'already-exists')) throw error;
  }
}
