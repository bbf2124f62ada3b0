import { execFileSync } from 'node:child_process';
import { AccountId, createDossier, type DossierId, newId } from '@liasse/core';
import { dossierRoom, type RoomName } from '@liasse/core/protocol';
import * as Y from 'yjs';
import { TestServer } from '../../e2e/harness/index.ts';
import { type BenchOptions, median, type Row, range } from '../bench.ts';
import { addArticle, type Run, random } from './content.ts';
import { signUpOwner } from './member.ts';
import { openRaw } from './rawClient.ts';
import { pause } from './sight.ts';

const PIECES = 3;
/** Sockets are opened so many at a time. */
const AT_ONCE = 25;
const SETTLE_MS = 3_000;
/** The server lets go of a room that nobody has open after a minute, and looks every quarter of one. */
const EVICTED_MS = 80_000;

interface Resident {
  readonly fresh: number;
  readonly open: number;
  readonly closed: number;
  /** Null where it was not waited for; `reopened`: one socket each again, which shows whether the memory was given up. */
  readonly evicted: number | null;
  readonly reopened: number | null;
}

/** What the server's process weighs with rooms in which nothing happens. */
export async function idleRooms({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const count = quick ? 20 : 1_000;
  const runs = quick ? 1 : 5;
  const first = await TestServer.start();
  let server = first;
  try {
    const { bearer, team } = await signUpOwner(server.url, server.ownerLink);
    const names = Array.from({ length: count }, () => dossierRoom(team, newId<DossierId>(random)));
    const bytes = await fill(server, bearer, names);
    const residents: Resident[] = [];
    for (let run = 1; run <= runs; run += 1) {
      // Without what writing the rooms left in its memory.
      await server.kill();
      server = await first.again();
      residents.push(await residentOf(server, { bearer, names, waitsForEviction: !quick && run === runs }));
      log(`  ${run}/${runs}: ${JSON.stringify(residents.at(-1))} MiB`);
    }
    return rowsOf(residents, { count, bytes });
  } finally {
    await server.stop();
  }
}

function rowsOf(residents: readonly Resident[], { count, bytes }: { count: number; bytes: number }): readonly Row[] {
  const floor = { 'freshly started (floor)': median(residents.map(({ fresh }) => fresh)) };
  const row = (what: string, figures: readonly number[], note: string): Row => ({
    what: `server RSS, ${count} idle rooms, ${what}`,
    unit: 'MiB',
    ours: median(figures),
    peers: floor,
    note: `${note}; ${figures.length === 1 ? 'once' : `median of ${figures.length}, ${range(figures)}`}`,
  });
  const of = (read: (resident: Resident) => number | null) => residents.map(read).filter((figure) => figure !== null);
  const rooms = `dossiers of ${PIECES} pieces, ${Math.round(bytes / 1024)} KiB of log each, loaded by a server just started`;
  const evicted = of((resident) => resident.evicted);
  const reopened = of((resident) => resident.reopened);
  return [
    row(
      'one socket each',
      of((resident) => resident.open),
      rooms,
    ),
    row(
      'sockets closed, rooms kept',
      of((resident) => resident.closed),
      'a moment later',
    ),
    ...(evicted.length > 0
      ? [row('evicted', evicted, `${EVICTED_MS / 1000} s later, nothing else asking for memory`)]
      : []),
    ...(reopened.length > 0
      ? [row('evicted, then opened again', reopened, 'as the first row if eviction gave all up')]
      : []),
  ];
}

/** Writes a small dossier into each room. @returns bytes of a room's log, the mean */
async function fill(server: TestServer, bearer: string, names: readonly RoomName[]): Promise<number> {
  let bytes = 0;
  await inBatches(names, async (name) => {
    const update = smallDossier();
    bytes += update.length;
    const client = await openRaw(server.url, bearer, name);
    await client.write(update);
    await client.close();
  });
  return bytes / names.length;
}

function smallDossier(): Uint8Array {
  const doc = new Y.Doc();
  const author = { by: AccountId.parse('account-bench'), at: Date.now() };
  const run: Run = (operation, input) => operation(doc, input, author);
  run(createDossier, { dossierId: newId<DossierId>(random), title: 'Dossier au repos' });
  for (let number = 1; number <= PIECES; number += 1) addArticle(doc, number, run);
  return Y.encodeStateAsUpdate(doc);
}

async function residentOf(
  server: TestServer,
  { bearer, names, waitsForEviction }: { bearer: string; names: readonly RoomName[]; waitsForEviction: boolean },
): Promise<Resident> {
  const openAll = () => inBatches(names, (name) => openRaw(server.url, bearer, name));
  const fresh = await residentMiB(server);
  const clients = await openAll();
  const open = await residentMiB(server);
  await Promise.all(clients.map((client) => client.close()));
  const closed = await residentMiB(server);
  if (!waitsForEviction) return { fresh, open, closed, evicted: null, reopened: null };
  await pause(EVICTED_MS);
  const evicted = await residentMiB(server);
  const again = await openAll();
  const reopened = await residentMiB(server);
  await Promise.all(again.map((client) => client.close()));
  return { fresh, open, closed, evicted, reopened };
}

async function inBatches<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(act))));
  }
  return results;
}

/** The resident set of the server's process, its threads included, once it has come to rest. */
async function residentMiB({ pid }: TestServer): Promise<number> {
  await pause(SETTLE_MS);
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
