import * as Y from 'yjs';
import { type BenchOptions, percentile, type Row } from '../bench.ts';
import { type Contender, type ContenderName, NAMES, peersIn, resultOf, withEach } from './contenders/index.ts';
import type { LightClient } from './light.ts';
import { inBatches, paced, pause } from './pace.ts';

const PEOPLE = 4;

interface ManyRooms {
  readonly p50: number;
  readonly p99: number;
  /** Of one core. */
  readonly cpuShare: number;
  readonly diskBytes: number;
  readonly heard: number;
  readonly taken: number;
}

/** Many small teams at work: each person of each room makes an edit a second. */
export async function manyRooms({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const rooms = quick ? 10 : 500;
  const seconds = quick ? 2 : 20;
  const results = await withEach(['ours', 'hocuspocus', 'stock', 'relay'], async (contender) => {
    const result = await work(contender, rooms, seconds);
    log(`  ${contender.name}: ${JSON.stringify(result)}`);
    return result;
  });
  const ours = resultOf(results, 'ours');
  const row = (what: string, unit: string, read: (result: ManyRooms) => number, more: Partial<Row> = {}): Row => ({
    what: `${rooms} rooms × ${PEOPLE} people × 1 edit/s: ${what}`,
    unit,
    ours: read(ours),
    peers: peersIn(results, read),
    note: 'sockets without documents, each edit marked and acknowledged once durable (ours)',
    ...more,
  });
  return [
    row('p50', 'ms', ({ p50 }) => p50),
    row('p99', 'ms', ({ p99 }) => p99),
    row('processor', '% of a core', ({ cpuShare }) => 100 * cpuShare, {
      note: `frames that reached the others: ${Object.entries(results)
        .map(([name, { heard }]) => `${NAMES[name as ContenderName]} ${heard}`)
        .join(', ')}; Hocuspocus sends several edits as one, late`,
      target: { atMost: 70 * resultOf(results, 'hocuspocus').cpuShare },
    }),
    row('written to the disk', 'bytes per edit', ({ diskBytes }) => diskBytes / (rooms * PEOPLE * seconds), {
      note: 'whole pages, twice (log, then database); Hocuspocus stores a document every 2 to 10 s; the others nothing',
    }),
  ];
}

interface Person {
  readonly client: LightClient;
  readonly doc: Y.Doc;
}

async function work(contender: Contender, rooms: number, seconds: number): Promise<ManyRooms> {
  let latencies: number[] = [];
  let heard = 0;
  const onUpdate = (update: Uint8Array) => {
    heard += 1;
    const at = stampIn(update);
    if (at !== null) latencies.push(performance.now() - at);
  };
  const people = await inBatches(
    Array.from({ length: rooms * PEOPLE }, (_, n) => n),
    40,
    (
      (names: string[]) =>
      async (n: number): Promise<Person> => {
        const index = n % rooms;
        names[index] ??= contender.newRoom();
        return { client: await contender.join(names[index], { onUpdate }), doc: new Y.Doc() };
      }
    )([]),
  );
  for (const { client, doc } of people) {
    doc.on('update', (update: Uint8Array) => client.update(update));
  }
  const edit = (n: number) => {
    const person = people[n % people.length] as Person;
    person.doc.getMap('edits').set('latest', stamp());
  };
  await paced(people.length, 2, edit);
  await pause(1_000);
  latencies = [];
  heard = 0;
  const cpu = contender.server.cpuS();
  const disk = contender.server.diskBytes();
  const startedMs = performance.now();
  await paced(people.length, seconds, edit);
  const tookS = (performance.now() - startedMs) / 1000;
  const cpuShare = (contender.server.cpuS() - cpu) / tookS;
  // What it stores later counts too.
  await pause(seconds > 5 ? 11_000 : 500);
  const diskBytes = contender.server.diskBytes() - disk;
  const taken = people.reduce((sum, { client }) => sum + client.taken, 0);
  await Promise.all(people.map(({ client }) => client.close()));
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), cpuShare, diskBytes, heard, taken };
}

const MARK = '@at:';
const stamp = (): string => `${MARK}${performance.now().toFixed(3).padStart(16, '0')}`;

/** The moment that an edit was made at, found in its bytes: applying each would be the generator’s work. */
function stampIn(update: Uint8Array): number | null {
  const text = Buffer.from(update.buffer, update.byteOffset, update.length);
  const at = text.indexOf(MARK);
  return at < 0 ? null : Number(text.toString('latin1', at + MARK.length, at + MARK.length + 16));
}
