import * as Y from 'yjs';
import { type BenchOptions, median, type Row } from '../bench.ts';
import { type Contender, NAMES, peersIn, resultOf, withEach } from './contenders/index.ts';
import { comesTrue, pause } from './pace.ts';

const WRITERS = 8;
const TEXTS = 50;
/** Of each edit. */
const CHARACTERS = 10;
/** Hocuspocus stores at the latest ten seconds after an edit. */
const STORED_MS = 12_000;

interface FirstJoin {
  readonly firstByteMs: number;
  readonly syncedMs: number;
}

/** Someone opens a document that the server has to load first: it was started again after all the edits. */
export async function firstJoin({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const edits = quick ? 500 : 100_000;
  const rows: Row[] = [];
  for (const ids of quick ? [WRITERS] : [WRITERS, 20_000]) {
    const results = await withEach(['ours', 'hocuspocus', 'stock'], async (contender, restarted) => {
      const result = await joinAfresh(contender, restarted, { edits, ids, runs: quick ? 1 : 3 });
      log(`  ${ids} ids, ${contender.name}: ${JSON.stringify(result)}`);
      return result;
    });
    const ours = resultOf(results, 'ours');
    const row = (what: string, read: (result: FirstJoin) => number): Row => ({
      what: `first join after ${edits.toLocaleString('en')} edits by ${ids.toLocaleString('en')} client ids and a restart: ${what}`,
      unit: 'ms',
      ours: read(ours),
      peers: peersIn(results, read),
      target: { atMost: Math.min(...Object.values(peersIn(results, read))) },
      note: `${NAMES.stock} keeps nothing: it was not restarted, and had the document in memory; synced: applied to a Y.Doc`,
    });
    rows.push(
      row('first byte', ({ firstByteMs }) => firstByteMs),
      row('synced', ({ syncedMs }) => syncedMs),
    );
  }
  return rows;
}

async function joinAfresh(
  contender: Contender,
  restarted: (contender: Contender) => void,
  { edits, ids, runs }: { edits: number; ids: number; runs: number },
): Promise<FirstJoin> {
  const room = contender.newRoom();
  await write(contender, room, { edits, ids });
  if (contender.keeps) await pause(edits > 1_000 ? STORED_MS : 3_000);
  const results: FirstJoin[] = [];
  let running = contender;
  for (let run = 0; run < runs; run += 1) {
    if (contender.keeps) {
      running = await running.again();
      restarted(running);
      await pause(1_000);
    }
    const doc = new Y.Doc();
    const startedMs = performance.now();
    const client = await running.join(room, { onUpdate: (update) => Y.applyUpdate(doc, update) });
    const appliedMs = performance.now();
    const length = lengthOf(doc);
    if (length < edits * CHARACTERS)
      throw new Error(`${running.name} lost edits: ${length} characters of ${edits * CHARACTERS}`);
    results.push({ firstByteMs: (client.firstAtMs ?? Number.NaN) - startedMs, syncedMs: appliedMs - startedMs });
    await client.close();
  }
  return {
    firstByteMs: median(results.map(({ firstByteMs }) => firstByteMs)),
    syncedMs: median(results.map(({ syncedMs }) => syncedMs)),
  };
}

async function write(
  contender: Contender,
  room: string,
  { edits, ids }: { edits: number; ids: number },
): Promise<void> {
  const clients = await Promise.all(Array.from({ length: WRITERS }, () => contender.join(room)));
  const witness = await contender.provide(room, new Y.Doc());
  const each = edits / ids;
  let sent = 0;
  for (let id = 0; id < ids; id += 1) {
    const doc = new Y.Doc();
    const client = clients[id % WRITERS];
    doc.on('update', (update: Uint8Array) => client?.update(update));
    const text = doc.getText(`t${id % TEXTS}`);
    for (let n = 0; n < each; n += 1) {
      text.insert(text.length, `${String(n).padStart(8, 'mot ')}, `);
      sent += 1;
      // All at once it would be the socket’s buffers that are measured.
      if (sent % 500 === 0) await comesTrue(() => lengthOf(witness.doc) > (sent - 3_000) * CHARACTERS, 60_000);
    }
    doc.destroy();
  }
  const isWhole = () => lengthOf(witness.doc) >= sent * CHARACTERS;
  if (!(await comesTrue(isWhole, 120_000))) throw new Error(`${lengthOf(witness.doc)} characters came`);
  await Promise.all(clients.map((client) => client.close()));
  witness.close();
}

const lengthOf = (doc: Y.Doc): number => {
  let length = 0;
  for (let n = 0; n < TEXTS; n += 1) length += doc.getText(`t${n}`).length;
  return length;
};
