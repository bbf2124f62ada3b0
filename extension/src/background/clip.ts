import {
  type DossierId,
  dropFormStep,
  type FormStepId,
  newId,
  type PieceId,
  Refusal,
  type RefusalCode,
  trashPiece,
} from '@liasse/core';
import { dossierRoom } from '@liasse/core/protocol';
import { fitDraft } from '../capture/draft.ts';
import type { TakeProgress } from '../capture/handover.ts';
import type { Clipped, Request } from '../messaging/contract.ts';
import type { KnownPages } from '../platform/knownPages.ts';
import { bringForward } from '../platform/recent.ts';
import { addToDossier, inDocument } from './addToDossier.ts';
import type { Completions } from './complete/completions.ts';
import type { Device } from './device.ts';
import type { Asked } from './guard.ts';
import type { Job, JobFile, JobStore } from './jobStore.ts';
import { kindOf, outlineOf, stepOf } from './outcome.ts';
import type { ShotPorts } from './shot/shotPorts.ts';
import { fitOriginal } from './take/fitOriginal.ts';
import type { PageTaker } from './take/pageTaker.ts';
import type { PulledFile } from './take/pull.ts';
import { takePage } from './take/takePage.ts';

/** What a capture is made with. */
export interface ClipPorts {
  readonly device: Device;
  readonly jobs: JobStore;
  readonly pages: KnownPages;
  readonly taker: PageTaker;
  readonly shots: ShotPorts;
  /** Why a page may not be kept at all; null where it may. */
  readonly guard: (asked: Asked) => Promise<RefusalCode | null>;
  readonly completions: Pick<Completions, 'remember'>;
  readonly now: () => number;
  /** What takes the page, with its version, as its manifest says it. */
  readonly software: string;
  /** Called when something may wait to be sent. */
  readonly onSaved: () => void;
}

/** Finished jobs are remembered this long: the popup may ask again, or take the piece back. */
const REMEMBERED_MS = 60 * 60_000;

/** Captures as jobs: each step is on disk before the next begins, and may be done again without doing it twice. */
export class Clips {
  readonly #ports: ClipPorts;
  readonly #running = new Map<string, Running>();
  readonly #begun = new Map<string, Promise<Clipped>>();

  constructor(ports: ClipPorts) {
    this.#ports = ports;
  }

  /**
   * Starts a job, or joins it when it was already asked for. Resolves when the piece is durable on this device.
   *
   * @throws {Refusal} `private-window`, `site-not-allowed`: no job was made
   */
  start(request: Request<'clip.start'>): Promise<Clipped> {
    const { jobId } = request;
    // From the first question on: one that is asked again while the first is being judged would be another piece.
    const begun = this.#begun.get(jobId) ?? this.#begin(request).finally(() => this.#begun.delete(jobId));
    this.#begun.set(jobId, begun);
    return begun;
  }

  async #begin(request: Request<'clip.start'>): Promise<Clipped> {
    const { jobs, guard } = this.#ports;
    const known = await jobs.get(request.jobId);
    const refusal = known === null ? await guard(request) : null;
    if (refusal !== null) throw new Refusal(refusal, { jobId: request.jobId });
    const job = known ?? this.#order(request);
    if (known === null) await jobs.put(job);
    return this.#run(job);
  }

  /** @throws {Refusal} `not-found` when no such job was begun */
  async wait(jobId: string): Promise<Clipped> {
    const running = this.#running.get(jobId);
    if (running !== undefined) return running.end;
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

  /** How far a job is; null when it is not under way. */
  progress(jobId: string): TakeProgress | null {
    return this.#running.get(jobId)?.progress ?? null;
  }

  /** Stops a job, and leaves no piece of it. @throws {Refusal} `not-found` */
  async cancel(jobId: string): Promise<void> {
    const { jobs } = this.#ports;
    this.#running.get(jobId)?.stop.abort();
    const job = await jobs.get(jobId);
    if (job === null) throw new Refusal('not-found', { jobId });
    // Said on the disk at once: a worker stopped now must not take the page all the same when it wakes.
    if (job.step === 'ordered') await jobs.put({ ...job, step: 'cancelled' });
    try {
      await this.wait(jobId);
    } catch (error) {
      if (error instanceof Refusal) return;
      throw error;
    }
    // It was past the page when it was told to stop.
    await this.undo(jobId);
  }

  /** Puts the piece of a job in the trash; of one that added a step to a form, takes that step back. @throws {Refusal} `not-found` */
  async undo(jobId: string): Promise<void> {
    const { team, pieceId, dossier } = await this.wait(jobId);
    const form = (await this.#ports.jobs.get(jobId))?.form;
    await this.#ports.device.withTeam(this.#ports.device.teamOr(team as Job['team']), (at) =>
      inDocument(at, dossierRoom(at.team, dossier.id as DossierId), (open) => {
        const piece = pieceId as PieceId;
        if (form?.stepOf) open.run(dropFormStep, { pieceId: piece, stepId: form.stepId });
        else open.run(trashPiece, { pieceId: piece });
      }),
    );
    this.#ports.onSaved();
  }

  #order(request: Request<'clip.start'>): Job {
    const { device, now } = this.#ports;
    const { dossier } = request;
    const stepOf = (request.form?.stepOf ?? null) as PieceId | null;
    return {
      id: request.jobId,
      at: now(),
      team: device.teamOr(request.team as Job['team'] | null),
      pieceId: stepOf ?? newId<PieceId>(device.random),
      dossier:
        'id' in dossier
          ? { id: dossier.id as DossierId, title: dossier.title, isNew: false }
          : { id: newId<DossierId>(device.random), title: dossier.create, isNew: true },
      tab: request.tab,
      take: request.take,
      link: request.link ?? null,
      versionOf: request.versionOf as PieceId | null,
      title: request.title,
      facts: request.facts ?? null,
      ...(request.take === 'form' && {
        form: { stepId: newId<FormStepId>(device.random), stepOf, ticked: request.form?.ticked ?? [] },
      }),
      step: 'ordered',
    };
  }

  #run(job: Job): Promise<Clipped> {
    const known = this.#running.get(job.id);
    if (known !== undefined) return known.end;
    const stop = new AbortController();
    const running: Running = { stop, progress: { done: 0, of: 0 }, end: Promise.resolve(null as never) };
    running.end = this.#steps(job, running).finally(() => this.#running.delete(job.id));
    this.#running.set(job.id, running);
    return running.end;
  }

  async #steps(from: Job, running: Running): Promise<Clipped> {
    let job = from;
    try {
      if (job.step === 'ordered') job = await this.#take(job, running);
      if (job.step === 'taken') job = await this.#add(job);
    } catch (error) {
      // Anything else is the world's fault or a bug: the job stays, and is gone on with at the next start.
      if (error instanceof Refusal && error.code !== 'no-space') {
        await this.#ports.jobs.put({ ...job, step: 'refused', code: error.code });
      }
      throw error;
    }
    if (job.step === 'cancelled') throw new Refusal('cancelled', { jobId: job.id });
    if (job.step === 'refused')
      throw new Refusal(job.code === 'internal' ? 'bad-message' : job.code, { jobId: job.id });
    if (job.step !== 'done') throw new Error(`bug: a job ended as ${job.step}`);
    return job.clipped;
  }

  async #take(job: Job, running: Running): Promise<Job> {
    const { taker, shots, jobs } = this.#ports;
    const { facts, page, form, screenshot } = await takePage(job, taker, {
      shots,
      signal: running.stop.signal,
      report: (progress) => {
        running.progress = progress;
      },
    });
    const formStep = stepOf(job, form);
    if (job.form?.stepOf && formStep === null && !running.stop.signal.aborted) throw new Refusal('no-form');
    const original = fitOriginal(page);
    const next: Job = running.stop.signal.aborted
      ? { ...job, facts: null, step: 'cancelled' }
      : {
          ...job,
          step: 'taken',
          kept: page === null && formStep === null && screenshot === null ? 'address' : 'page',
          formStep,
          draft: fitDraft({
            kind: kindOf(job, { page, formStep, screenshot }),
            url: job.link ?? job.tab.url,
            title: job.title,
            capturedAt: job.at,
            facts,
            content: page?.content ?? screenshot,
          }),
          files: page?.files.flatMap(ofSnapshot) ?? [],
          original,
          screenshot: screenshot?.images ?? null,
          unreached: page?.unreached ?? [],
        };
    await jobs.put(next);
    return next;
  }

  async #add(job: Job & { step: 'taken' }): Promise<Job> {
    const { device, jobs } = this.#ports;
    const { dossier } = job;
    const snapshot = await device.withTeam(job.team, (at) => addToDossier(at, job, this.#ports.software));
    if (dossier.title !== '') bringForward(device.store, job.team, dossier);
    await this.#remember(job);
    // Without it a piece cannot be completed; it is saved all the same.
    if (snapshot !== null) await this.#ports.completions.remember(job, job.unreached).catch(() => undefined);
    const { draft, files: _files, original: _original, screenshot: _images, kept, formStep, ...rest } = job;
    const { unreached: _unreached, ...order } = rest;
    // A finished job keeps no page.
    const done: Job = {
      ...order,
      facts: null,
      step: 'done',
      clipped: {
        team: job.team,
        pieceId: job.pieceId,
        dossier: { id: dossier.id, title: dossier.title },
        snapshot: snapshot?.hash ?? null,
        kept,
        missing: draft.missing,
        form: formStep ? outlineOf(formStep) : null,
      },
    };
    await jobs.put(done);
    this.#ports.onSaved();
    return done;
  }

  /** A table that can be made again: whatever is wrong with it, the piece is saved. */
  async #remember(job: Job & { step: 'taken' }): Promise<void> {
    const { device, pages } = this.#ports;
    const { draft, dossier, pieceId, team, versionOf } = job;
    // The piece of a further step is known already.
    if (job.form?.stepOf) return;
    const { title, url, work, capturedAt } = draft;
    const hasForm = Boolean(job.formStep);
    const piece = { id: pieceId, title, url, work, versionOf, capturedAt, hasForm, template: null };
    await pages.add(device.nameOf(team), dossier, piece).catch(() => undefined);
  }
}

/** The original is a part of its own. */
const ofSnapshot = ({ role, ...file }: PulledFile): readonly JobFile[] =>
  role === 'original' ? [] : [{ role, ...file }];

/** A job that this worker is at. */
interface Running {
  end: Promise<Clipped>;
  progress: TakeProgress;
  readonly stop: AbortController;
}
