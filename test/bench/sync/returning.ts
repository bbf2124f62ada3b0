import * as Y from 'yjs';
import type { BenchOptions, Row } from '../bench.ts';
import { type Contender, peersIn, resultOf, withEach } from './contenders/index.ts';
import type { LightClient } from './light.ts';
import { comesTrue, pause } from './pace.ts';

const EDITS_OFFLINE = 50;
/** The product’s own wait before a dial. */
const JITTER_MS = { from: 500, to: 30_000 };
const QUICK_JITTER_MS = { from: 50, to: 1_000 };
const LIMIT_MS = 150_000;

interface Jitter {
  readonly from: number;
  readonly to: number;
}

interface Returning {
  /** Until everyone has all, and everyone’s edits are there. */
  readonly seconds: number;
  /** What one client that lacks nothing is sent, alone with the server. */
  readonly bytes: number;
  readonly peakMiB: number;
}

/** A thousand clients come back at one instant: nine in ten lack nothing, the others bring what they wrote offline. */
export async function returning({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const size = quick ? { clients: 20, ids: 50 } : { clients: 1_000, ids: 2_000 };
  const waits = quick ? QUICK_JITTER_MS : JITTER_MS;
  const at = (jitter: Jitter | null) => async (contender: Contender) => {
    const result = await comeBack(contender, { ...size, jitter });
    log(`  ${contender.name}${jitter ? ', with jitter' : ''}: ${JSON.stringify(result)}`);
    return result;
  };
  const results = await withEach(['ours', 'hocuspocus', 'stock'], at(null));
  const spread = await withEach(['ours'], at(waits));
  const ours = resultOf(results, 'ours');
  const peers = [resultOf(results, 'hocuspocus'), resultOf(results, 'stock')];
  const row = (what: string, unit: string, read: (result: Returning) => number, share: number | null): Row => ({
    what: `${size.clients.toLocaleString('en')} clients dial at once: ${what}`,
    unit,
    ours: read(ours),
    peers: peersIn(results, read),
    ...(share !== null && { target: { atMost: share * Math.min(...peers.map(read)) } }),
    note: `document of 350 KB by ${size.ids} client ids; a tenth with ${EDITS_OFFLINE} offline edits; tickets included (ours)`,
  });
  return [
    row('all in step', 's', ({ seconds }) => seconds, 0.25),
    row('bytes to one that lacks nothing', 'bytes', ({ bytes }) => bytes, 0.02),
    row('peak RSS', 'MiB', ({ peakMiB }) => peakMiB, null),
    {
      ...row('all in step, with the product’s jitter', 's', ({ seconds }) => seconds, null),
      ours: resultOf(spread, 'ours').seconds,
      peers: {},
      ...(!quick && { target: { atMost: 35 } }),
      note: `each waits ${waits.from / 1000} to ${waits.to / 1000} s first; the providers of the others wait for nothing`,
    },
  ];
}

async function comeBack(
  contender: Contender,
  { clients, ids, jitter }: { clients: number; ids: number; jitter: Jitter | null },
): Promise<Returning> {
  const room = contender.newRoom();
  const doc = documentOf(ids);
  const vector = Y.encodeStateVector(doc);
  const witness = await contender.provide(room, doc);
  await pause(1_000);
  // What an up-to-date client answers to whoever asks what it has: every deletion of the document.
  const nothingNew = Y.encodeStateAsUpdate(doc, vector);
  const alone = await contender.join(room, { stateVector: vector, answer: () => nothingNew });
  await pause(300);
  const { bytes, cursor } = alone;
  const once = await contender.join(room, {
    stateVector: vector,
    answer: () => nothingNew,
    ...(cursor !== null && { cursor }),
  });
  await pause(300);
  const bytesAlone = cursor === null ? bytes : once.bytes;
  await Promise.all([alone.close(), once.close()]);

  const edits = witness.doc.getMap('offline');
  const brought = Array.from({ length: clients }, (_, n) => (n % 10 === 0 ? offlineEdits(n) : null));
  const expected = brought.filter((update) => update !== null).length * EDITS_OFFLINE;
  contender.server.forgetPeak();
  const startedMs = performance.now();
  const dialled: Promise<LightClient>[] = brought.map(async (update) => {
    if (jitter) await pause(jitter.from + Math.random() * (jitter.to - jitter.from));
    const answer = update === null ? nothingNew : Y.mergeUpdates([nothingNew, update]);
    const client = await contender.dial(room, {
      stateVector: vector,
      answer: () => answer,
      ...(cursor !== null && { cursor }),
    });
    // A client of ours sends what it holds itself, whatever the server asks for.
    if (cursor !== null && update !== null) void client.synced.then(() => client.update(update));
    await client.synced;
    return client;
  });
  const all = await Promise.all(dialled);
  if (!(await comesTrue(() => edits.size === expected, LIMIT_MS))) throw new Error(`${edits.size} of ${expected} came`);
  const seconds = (performance.now() - startedMs) / 1000;
  const peakMiB = contender.server.peakMiB();
  await Promise.all(all.map((client) => client.close()));
  witness.close();
  return { seconds, bytes: bytesAlone, peakMiB };
}

/** A document that so many devices wrote in, each of which also changed its mind once. */
function documentOf(ids: number): Y.Doc {
  const doc = new Y.Doc();
  const words = 'la commission a rendu un avis favorable sous réserve des pièces jointes au dossier ';
  for (let n = 0; n < ids; n += 1) {
    const device = new Y.Doc();
    for (const text of ['ébauche', words + n + words.slice(0, 60)]) device.getMap('pieces').set(`p${n}`, text);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(device));
    device.destroy();
  }
  return doc;
}

function offlineEdits(person: number): Uint8Array {
  const device = new Y.Doc();
  for (let n = 0; n < EDITS_OFFLINE; n += 1) device.getMap('offline').set(`${person}.${n}`, n);
  return Y.encodeStateAsUpdate(device);
}
