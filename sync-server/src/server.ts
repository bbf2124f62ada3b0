import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloseCode, roomParts } from '@liasse/core/protocol';
import { openAccounts, type Passwords } from './access/accounts.ts';
import { openAccountsDatabase } from './access/accountsDatabase.ts';
import { Attempts } from './access/attempts.ts';
import { Directory } from './access/directory.ts';
import { Links } from './access/links.ts';
import { Tickets } from './access/tickets.ts';
import { type Config, ConfigError } from './config.ts';
import { makeApp } from './http/app.ts';
import type { Log, Site } from './http/site.ts';
import { acceptSockets } from './http/sockets.ts';
import { RESTORING } from './operations/dataFolder.ts';
import { openReceipts } from './receipts/receipts.ts';
import { Rooms } from './room/rooms.ts';
import { TIMINGS, type Timings } from './room/timings.ts';
import { openBlobStore } from './store/blobStore.ts';
import { lockFolder } from './store/folderLock.ts';
import type { RoomStore } from './store/roomStore.ts';
import { openSqliteRoomStore } from './store/sqliteRoomStore.ts';

export interface ServerOptions {
  /** Instead of the one in the data folder. */
  readonly store?: RoomStore;
  readonly timings?: Partial<Timings>;
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
  readonly rooms: Rooms;
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
  const store = options.store ?? openSqliteRoomStore(join(config.dataFolder, 'rooms.sqlite'));
  // A folder that cannot be written is said now, not at the first edit.
  await store.probe();
  const timings = { ...TIMINGS, ...options.timings };
  const rooms = new Rooms({ store, timings, now, log });
  const site: Site = {
    accounts: await openAccounts(accountsDatabase, { publicUrl, secret, passwords }),
    attempts: new Attempts(now),
    blobs: openBlobStore(join(config.dataFolder, 'blobs'), now),
    directory: new Directory(accountsDatabase, now),
    links: new Links(accountsDatabase, now),
    receipts: openReceipts(config.dataFolder, now),
    rooms,
    tickets: new Tickets(now),
    now,
    publicUrl: () => publicUrl,
    closeSession: (session) => rooms.closeWhere(CloseCode.ticket, ({ right }) => right.session === session),
    log,
  };
  site.directory.onChange((team, account) =>
    rooms.closeWhere(
      CloseCode.forbidden,
      ({ right, room }) => right.account === account && roomParts(room.name).team === team,
    ),
  );

  const app = await makeApp(config, site);
  const sockets = acceptSockets(app.server, site);
  await app.listen({ port: config.port, host: config.host });
  const address = app.server.address();
  if (address && typeof address === 'object') publicUrl = urlAt(address.port);
  const ownerLink = site.directory.hasServerOwner()
    ? null
    : `${publicUrl}/rejoindre#${site.links.create({ kind: 'owner' }).token}`;

  return {
    url: publicUrl,
    ownerLink,
    directory: site.directory,
    rooms,
    async close() {
      sockets.stop();
      const closed = app.close();
      await rooms.stop();
      app.server.closeAllConnections();
      await closed;
      await store.close().catch((error: Error) => log('store-not-closed', { reason: error.message }));
      site.blobs.close();
      site.receipts.close();
      accountsDatabase.close();
      unlock();
    },
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
