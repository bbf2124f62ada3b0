import type {
  CaptureDraft,
  DossierId,
  FormStep,
  FormStepId,
  OriginalFile,
  PieceId,
  RefusalCode,
  Screenshot,
  TeamId,
} from '@liasse/core';
import Dexie, { type Table } from 'dexie';
import type { Ticked } from '../capture/forms/formSide.ts';
import type { Clipped } from '../messaging/contract.ts';

/** What the person asked for. Written before anything is done. */
interface JobOrder {
  readonly id: string;
  /** ms. */
  readonly at: number;
  readonly team: TeamId;
  readonly pieceId: PieceId;
  readonly dossier: { readonly id: DossierId; readonly title: string; readonly isNew: boolean };
  readonly tab: { readonly id: number; readonly url: string; readonly documentId: string | null };
  readonly take: Take;
  /** Where the file is, when it is not what the tab shows. Absent in jobs of an older version. */
  readonly link?: string | null;
  /** A piece of the same work, when the person asked for a later version of it. */
  readonly versionOf: PieceId | null;
  readonly title: string;
  readonly facts: unknown;
  /** Of a form. `stepOf`: the piece that it is the next step of, which is then `pieceId` too. */
  readonly form?: {
    readonly stepId: FormStepId;
    readonly stepOf: PieceId | null;
    readonly ticked: readonly Ticked[];
  };
}

/** What a person may ask to be taken. `address`: a bookmark, which touches nothing of the page. */
type Take = 'page' | 'selection' | 'form' | 'file' | 'visible' | 'full-page' | 'address';

/** A file of a piece on its way, before its hash is known. */
export interface JobFile {
  readonly role: 'snapshot' | 'resource';
  /** What the snapshot calls a resource. */
  readonly token: string | null;
  readonly type: string;
  readonly bytes: Blob;
}

/** A file as its piece will have it, before its hash is known. */
export type JobOriginal = Omit<OriginalFile, 'hash' | 'bytes'> & { readonly bytes: Blob };

/** Images of a page, before their hashes are known. */
export type JobScreenshot = Omit<Screenshot, 'tiles'> & {
  readonly tiles: readonly { readonly bytes: Blob; readonly top: number; readonly height: number }[];
};

/**
 * A capture under way. Ids are made with the order, so that a step done twice is done once: blobs are named by their
 * content, the dossier and the piece by these ids.
 */
export type Job = JobOrder &
  (
    | { readonly step: 'ordered' }
    /** What the page held is on this device; the page is needed no more. */
    | {
        readonly step: 'taken';
        readonly draft: CaptureDraft;
        readonly files: readonly JobFile[];
        /** Absent in jobs of an older version, as `screenshot`. */
        readonly original?: JobOriginal | null;
        readonly screenshot?: JobScreenshot | null;
        readonly kept: 'page' | 'address';
        readonly formStep?: FormStep | null;
        /** What the page could not read, as its word. */
        readonly unreached: readonly unknown[];
      }
    | { readonly step: 'done'; readonly clipped: Clipped }
    /** The person changed their mind in time. */
    | { readonly step: 'cancelled' }
    /** A valid no: trying again would change nothing. */
    | { readonly step: 'refused'; readonly code: RefusalCode | 'internal' }
  );

/** The jobs of this device, durable at each step. */
export interface JobStore {
  /** Resolves when the job is on disk. */
  put(job: Job): Promise<void>;
  get(id: string): Promise<Job | null>;
  /** Jobs to go on with, oldest first. */
  unfinished(): Promise<readonly Job[]>;
  /** Forgets finished jobs older than this (ms since the epoch). */
  forget(before: number): Promise<void>;
  /** Forgets everything: the device is erased. */
  clear(): Promise<void>;
}

export function openJobStore(name = 'liasse-jobs'): JobStore {
  // The strict hint makes `complete` mean that the bytes are on the disk.
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' });
  db.version(1).stores({ jobs: 'id, step, at' });
  db.version(2)
    .stores({ jobs: 'id, step, at' })
    .upgrade((transaction) => transaction.table('jobs').toCollection().modify(upgrade));
  // What a page could not read is kept from here on.
  db.version(3)
    .stores({ jobs: 'id, step, at' })
    .upgrade((transaction) =>
      transaction
        .table('jobs')
        .toCollection()
        .modify((job) => {
          job.unreached ??= [];
        }),
    );
  const jobs: Table<Job, string> = db.table('jobs');
  return {
    put: (job) => db.transaction('rw', jobs, async () => void (await jobs.put(job))),
    get: async (id) => (await jobs.get(id)) ?? null,
    unfinished: async () => {
      const found = await jobs.where('step').anyOf('ordered', 'taken').toArray();
      return found.sort((a, b) => a.at - b.at);
    },
    forget: async (before) => {
      await jobs.where('at').below(before).filter(isFinished).delete();
    },
    clear: () => jobs.clear(),
  };
}

const isFinished = ({ step }: Job): boolean => step !== 'ordered' && step !== 'taken';

/** Version 1 had the whole snapshot in one file, and no versions. */
function upgrade(job: Record<string, unknown>): void {
  job.versionOf ??= null;
  if (job.step !== 'taken') return;
  const { snapshot } = job;
  job.files = snapshot instanceof Blob ? [{ role: 'snapshot', token: null, type: 'text/html', bytes: snapshot }] : [];
  delete job.snapshot;
}
