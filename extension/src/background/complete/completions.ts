import { type PieceId, Refusal, type TeamId } from '@liasse/core';
import { z } from 'zod';
import type { Unreached } from '../../capture/pageContent.ts';
import type { Granted } from '../../messaging/contract.ts';
import type { Device } from '../device.ts';
import type { Job } from '../jobStore.ts';
import type { PageTaker } from '../take/pageTaker.ts';
import { mayFetch } from './address.ts';
import { type FetchPorts, type Part, PartFetcher } from './fetchParts.ts';
import { type FramePart, readFrames } from './frames.ts';
import { storeCompletion } from './storeCompletion.ts';
import type { Unfinished, UnreachedStore } from './unreachedStore.ts';

/** What the browser lets the extension reach. */
export interface SitePermissions {
  has(origin: string): Promise<boolean>;
  giveBack(origins: readonly string[]): Promise<void>;
}

export interface CompletePorts {
  readonly device: Device;
  readonly unreached: UnreachedStore;
  readonly taker: PageTaker;
  readonly permissions: SitePermissions;
  readonly fetch: FetchPorts['fetch'];
  readonly now: () => number;
  readonly software: string;
  /** Called when something may wait to be sent. */
  readonly onSaved: () => void;
}

const KEPT_MS = 30 * 24 * 3600_000;
const ASKED_MS = 10 * 60_000;
/** Sites that one question names at most: more are no question that a person can answer. */
const MOST_ORIGINS = 20;

/** As it comes out of the page. */
const Entry = z.object({
  token: z.string().regex(/^liasse-resource:\d{1,9}$/),
  url: z.url({ protocol: /^https?$/ }).max(8192),
  kind: z.enum(['image', 'font', 'style', 'frame']),
  origin: z.string().max(300),
  uses: z.int().min(1).max(100_000),
});

/** *Compléter…*: fetches, with the person's leave, what captures could not reach. A job as captures are [C34]. */
export class Completions {
  readonly #ports: CompletePorts;
  readonly #running = new Map<string, Promise<Granted<'complete.start'>>>();

  constructor(ports: CompletePorts) {
    this.#ports = ports;
  }

  /** Remembers what a capture could not reach: the page's word, judged. */
  async remember(
    job: Pick<Job, 'team' | 'pieceId' | 'dossier' | 'at' | 'tab'>,
    unreached: readonly unknown[],
  ): Promise<void> {
    const entries = unreached.flatMap((foreign): Unreached[] => {
      const entry = Entry.safeParse(foreign).data;
      if (entry === undefined || !mayFetch(entry.url, job.tab.url)) return [];
      return new URL(entry.url).origin === entry.origin ? [entry] : [];
    });
    if (entries.length === 0) return;
    await this.#ports.unreached.put({
      scope: this.#ports.device.nameOf(job.team),
      pieceId: job.pieceId,
      team: job.team,
      dossierId: job.dossier.id,
      at: job.at,
      url: job.tab.url,
      tab: { id: job.tab.id, documentId: job.tab.documentId },
      entries,
      order: null,
    });
  }

  /** The sites that could be asked; none where everything is here, or the page was taken elsewhere. */
  async offer(team: TeamId, pieceId: PieceId): Promise<Granted<'complete.offer'>> {
    const row = await this.#row(team, pieceId);
    const origins = [...new Set(row?.entries.map(({ origin }) => origin))].slice(0, MOST_ORIGINS);
    const held = await Promise.all(origins.map((origin) => this.#ports.permissions.has(origin)));
    return { origins, held: origins.filter((_, at) => held[at]) };
  }

  /** Notes what the person is being asked: the popup that asks may be gone when they answer. @throws {Refusal} `not-found` */
  async ask(
    team: TeamId,
    pieceId: PieceId,
    asked: { origins: readonly string[]; held: readonly string[] },
  ): Promise<void> {
    const row = await this.#row(team, pieceId);
    if (row === null) throw new Refusal('not-found', { pieceId });
    const known = new Set(row.entries.map(({ origin }) => origin));
    const origins = asked.origins.filter((origin) => known.has(origin));
    const lent = origins.filter((origin) => !asked.held.includes(origin));
    await this.#ports.unreached.put({ ...row, order: { origins, lent, at: this.#ports.now() } });
  }

  /** Does what was asked, or joins it. @throws {Refusal} `not-found`; `page-not-granted` when the answer was no */
  async start(team: TeamId, pieceId: PieceId): Promise<Granted<'complete.start'>> {
    const row = await this.#row(team, pieceId);
    if (row === null) throw new Refusal('not-found', { pieceId });
    return this.#run(row);
  }

  /** Goes on with what was asked and is allowed: after a worker that was stopped, and when the browser says that a person said yes. */
  async resume(): Promise<void> {
    const { unreached, now } = this.#ports;
    for (const row of await unreached.ordered()) {
      // Nobody is told that a person said no: an old question must not be answered by a later yes to another one.
      if (now() - (row.order?.at ?? 0) > ASKED_MS) await unreached.put({ ...row, order: null });
      else await this.#run(row).catch(() => undefined);
    }
    await unreached.forget(now() - KEPT_MS);
  }

  #row(team: TeamId, pieceId: PieceId): Promise<Unfinished | null> {
    const { device, unreached } = this.#ports;
    return unreached.get(device.nameOf(team), pieceId);
  }

  #run(row: Unfinished): Promise<Granted<'complete.start'>> {
    const key = `${row.scope} ${row.pieceId}`;
    const running = this.#running.get(key) ?? this.#complete(row).finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  async #complete(row: Unfinished): Promise<Granted<'complete.start'>> {
    const { device, unreached, permissions, taker, fetch, software } = this.#ports;
    const origins = new Set(row.order?.origins);
    for (const origin of origins) if (!(await permissions.has(origin))) origins.delete(origin);
    if (origins.size === 0) throw new Refusal('page-not-granted', { pieceId: row.pieceId });

    const wanted = row.entries.filter(({ origin }) => origins.has(origin));
    const isAllowed = (url: string) => mayFetch(url, row.url) && origins.has(new URL(url).origin);
    // Frames first: the person may leave the page.
    const frames = await readFrames(
      row,
      wanted.filter(({ kind }) => kind === 'frame'),
      taker,
    );
    const fetched = await new PartFetcher({ fetch, mayFetch: isAllowed }).all(
      wanted.filter(({ kind }) => kind !== 'frame'),
    );
    const found = new Map<Unreached, Part | FramePart>(frames);
    const away: Unreached[] = [];
    for (const [entry, part] of fetched) {
      if (part.kind === 'away') away.push(entry);
      else if (part.kind !== 'none') found.set(entry, part);
    }
    await device.withTeam(row.team, (at) => storeCompletion(at, row, found, software));

    const entries = [...row.entries.filter(({ origin }) => !origins.has(origin)), ...away];
    await permissions.giveBack(row.order?.lent ?? []);
    if (entries.length === 0) await unreached.remove(row.scope, row.pieceId);
    else await unreached.put({ ...row, entries, order: null });
    this.#ports.onSaved();
    const framesLeft = wanted.filter((entry) => entry.kind === 'frame' && !found.has(entry)).length;
    return { found: found.size, left: wanted.length - found.size, framesLeft };
  }
}
