import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CloseCode, roomParts } from '@liasse/core/protocol';
import { openAccounts, type Passwords } from './access/accounts.ts';
import { openAccountsDatabase } from './access/accountsDatabase.ts';
import { Attempts } from './access/attempts.ts';
import { DeviceGrants } from './access/deviceGrants.ts';
import { Directory } from './access/directory.ts';
import { Identities } from './access/identities.ts';
import { IdentityFlows } from './access/identityFlows.ts';
import { identityProvider } from './access/identityProvider.ts';
import { Links } from './access/links.ts';
import { Rights } from './access/rights.ts';
import { Sessions } from './access/sessions.ts';
import { Tickets } from './access/tickets.ts';
import { type Config, ConfigError } from './config.ts';
import { makeApp } from './http/app.ts';
import { serveMetrics } from './http/metricsServer.ts';
import type { Log, Site } from './http/site.ts';
import { acceptSockets } from './http/sockets.ts';
import { makeFigures, watchEventLoop } from './metrics/figures.ts';
import { RESTORED, RESTORING } from './operations/dataFolder.ts';
import { openReceipts } from './receipts/receipts.ts';
import { Rooms } from './room/rooms.ts';
import { TIMINGS, type Timings } from './room/timings.ts';
import { openBlobStore } from './store/blobStore.ts';
import { COMPACTION, type CompactionRules, Compactor } from './store/compaction.ts';
import { isDiskFull } from './store/diskFull.ts';
import { lockFolder } from './store/folderLock.ts';
import { startFoldingThread } from './store/foldingThread.ts';
import { keepHouse } from './store/housekeeping.ts';
import type { RoomStore } from './store/roomStore.ts';
import { openSqliteRoomStore } from './store/sqliteRoomStore.ts';
import { StoreHealth } from './store/storeHealth.ts';

/** As long as devices that were away come back with what the backup lacked. */
const AFTER_A_RESTORE_MS = 30 * 86_400_000;

export interface ServerOptions {
  /** Instead of the one in the data folder. */
  readonly store?: RoomStore;
  readonly timings?: Partial<Timings>;
  readonly compaction?: Partial<CompactionRules>;
  readonly now?: () => number;
  readonly log?: Log;
  /** A cheaper way to keep passwords, for tests. */
  readonly passwords?: Passwords;
}

export interface RunningServer {
  /** Where people reach it. */
  readonly url: string;
  /** Makes who follows it the server's owner, once; null when there is one. */
  readonly ownerLink: string | null;
  readonly directory: Directory;
  readonly rights: Rights;
  readonly rooms: Rooms;
  /** Where figures are served; null: nowhere. */
  readonly metricsUrl: string | null;
  /** Stops accepting, waits for commits, closes the sockets so that they come back, lets go of the files. */
  close(): Promise<void>;
}

/** Starts the server on its data folder. @throws {ConfigError} when another one holds that folder */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const { now = Date.now, log = () => {}, passwords } = options;
  mkdirSync(config.dataFolder, { recursive: true });
  const unlock = holdFolder(config.dataFolder);
  const scheme = config.tls ? 'https' : 'http';
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const urlAt = (port: number) => config.publicUrl ?? `${scheme}://${host}:${port}`;
  let publicUrl = urlAt(config.port);

  const accountsDatabase = openAccountsDatabase(join(config.dataFolder, 'accounts.sqlite'));
  const secret = secretIn(config.dataFolder);
  const figures = makeFigures();
  const ownStore = options.store ?? openSqliteRoomStore(join(config.dataFolder, 'rooms.sqlite'));
  const store = figures.watching(ownStore);
  const timings = { ...TIMINGS, ...options.timings };
  const { probeMs, probeLimitMs, proofMs } = timings;
  const health = new StoreHealth({ store, now, log, probeMs, probeLimitMs, proofMs });
  // A folder that cannot be written is said now, not at the first edit; one that is full can still be read.
  await store.probe().catch((error: unknown) => {
    if (!isDiskFull(error)) throw error;
    void health.failed(error);
  });
  const anyoneBringsUntil = restoredAt(config.dataFolder) + AFTER_A_RESTORE_MS;
  const rooms = new Rooms({ store, health, timings, now, figures, log, anyoneBringsUntil });
  const thread = startFoldingThread();
  const compactor = new Compactor({
    store,
    thread,
    rules: { ...COMPACTION, ...options.compaction },
    now,
    mayWrite: () => health.state === 'ready',
    compacted: figures.compacted,
    saved: (room, bytes) => rooms.lightened(room, bytes),
    log,
  });
  store.watch(() => health.proven());
  const unwatch = watchEventLoop(figures);
  const { registry } = figures;
  registry.gauge('liasse_rooms', 'Rooms in memory.', () => rooms.counts.rooms);
  registry.gauge('liasse_room_bytes', 'Bytes of log behind the rooms in memory.', () => rooms.counts.bytes);
  registry.gauge('liasse_sockets', 'Open sockets.', () => rooms.counts.connections);
  registry.gauge('liasse_ready', '1 while writes are taken.', () => (health.state === 'ready' ? 1 : 0));
  registry.gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  registry.gauge('process_start_time_seconds', 'When the process began.', () => performance.timeOrigin / 1000);
  const directory = new Directory(accountsDatabase, now);
  const site: Site = {
    accounts: await openAccounts(accountsDatabase, { publicUrl, secret, passwords }),
    attempts: new Attempts(now),
    blobs: openBlobStore(join(config.dataFolder, 'blobs'), now),
    deviceGrants: new DeviceGrants(now),
    directory,
    figures,
    health,
    identities: new Identities(accountsDatabase, now),
    identityFlows: new IdentityFlows(now),
    identityProvider: config.identity && identityProvider(config.identity, { now, log }),
    links: new Links(accountsDatabase, now),
    receipts: openReceipts(config.dataFolder, now),
    rights: new Rights(accountsDatabase, directory, now),
    rooms,
    store,
    sessions: new Sessions(accountsDatabase, now),
    tickets: new Tickets(now),
    now,
    publicUrl: () => publicUrl,
    closeSession: (session) => {
      site.tickets.drop(session);
      site.deviceGrants.drop(session);
      rooms.closeWhere(CloseCode.ticket, ({ right }) => right.session === session);
    },
    log,
  };
  site.rights.onChange((team) =>
    rooms.closeWhere(
      CloseCode.forbidden,
      ({ right, room }) => roomParts(room.name).team === team && right.role() !== right.enteredAs,
    ),
  );

  const stopNoting = noteWhoWasSeen(site);
  const leaveHouse = keepHouse({ store, blobs: site.blobs, thread, compactor, log });
  const app = await makeApp(config, site);
  const sockets = acceptSockets(app.server, site);
  await app.listen({ port: config.port, host: config.host });
  const address = app.server.address();
  if (address && typeof address === 'object') publicUrl = urlAt(address.port);
  const metrics = config.metrics && (await serveMetrics(figures.registry, config.metrics));
  const ownerLink = site.directory.hasServerOwner()
    ? null
    : `${publicUrl}/rejoindre#${site.links.create({ kind: 'owner' }).token}`;

  return {
    url: publicUrl,
    ownerLink,
    directory,
    rights: site.rights,
    rooms,
    metricsUrl: metrics?.url ?? null,
    async close() {
      // Who asks is told so from now on, for as long as commits are waited for.
      health.stop();
      sockets.stop();
      leaveHouse();
      await Promise.all([
        rooms.stop(),
        Promise.race([compactor.stop(), wait(timings.commitGraceMs, undefined, { ref: false })]),
      ]);
      await thread.close();
      const closed = app.close();
      app.server.closeAllConnections();
      await closed;
      metrics?.close();
      unwatch();
      await store.close().catch((error: Error) => log('store-not-closed', { reason: error.message }));
      site.blobs.close();
      site.receipts.close();
      stopNoting();
      accountsDatabase.close();
      unlock();
    },
  };
}

const SEEN_EVERY_MS = 60_000;

/** Writes once a minute who was seen; returns what writes it for the last time. A disk that does not write loses a moment, no more. */
function noteWhoWasSeen({ sessions, log }: Site): () => void {
  const flush = () => {
    try {
      sessions.flush();
    } catch (error) {
      log('seen-not-written', { reason: error instanceof Error ? error.message : String(error) });
    }
  };
  const timer = setInterval(flush, SEEN_EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    flush();
  };
}

/** @throws {ConfigError} when the folder is another server’s, or half restored */
function holdFolder(folder: string): () => void {
  const unlock = lockFolder(folder);
  if (!unlock) throw new ConfigError(`Another server runs on ${folder}. Stop it first, or give another LIASSE_DATA.`);
  if (!existsSync(join(folder, RESTORING))) return unlock;
  unlock();
  throw new ConfigError(`A restore into ${folder} was cut off. Empty the folder and restore again.`);
}

/** 0 when the folder’s data never came out of a backup. */
function restoredAt(folder: string): number {
  const file = join(folder, RESTORED);
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0;
}

/** The key that signs sessions, made at the first start and kept with the data. */
function secretIn(folder: string): string {
  const file = join(folder, 'secret');
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8');
}
