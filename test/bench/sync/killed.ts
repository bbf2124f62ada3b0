import * as Y from 'yjs';
import type { BenchOptions, Row } from '../bench.ts';
import { type Contender, NAMES, peersIn, resultOf, withEach } from './contenders/index.ts';
import { paced, pause } from './pace.ts';

interface Killed {
  readonly acknowledged: number;
  readonly missing: number;
  readonly unacknowledged: number;
}

/** The server killed while people write: what it had said to have, and had not. */
export async function killed({ quick, log }: BenchOptions): Promise<readonly Row[]> {
  const writers = quick ? 10 : 200;
  const runs = quick ? 1 : 3;
  const results = await withEach(['ours', 'hocuspocus', 'stock'], async (contender, restarted) => {
    let running = contender;
    const total = { acknowledged: 0, missing: 0, unacknowledged: 0 };
    for (let run = 0; run < runs; run += 1) {
      const outcome = await kill(running, writers, 3 + run);
      running = outcome.again;
      restarted(running);
      total.acknowledged += outcome.acknowledged;
      total.missing += outcome.missing;
      total.unacknowledged += outcome.unacknowledged;
    }
    log(`  ${contender.name}: ${JSON.stringify(total)}`);
    return contender.acknowledges ? total : { ...total, acknowledged: 0, missing: 0 };
  });
  const ours = resultOf(results, 'ours');
  const said = (['ours', 'hocuspocus'] as const).map((name) => {
    const { acknowledged, missing } = resultOf(results, name);
    return `${NAMES[name]} ${missing} of ${acknowledged}`;
  });
  return [
    {
      what: `kill -9 under ${writers} writers, ${runs} times: edits acknowledged and missing afterwards`,
      unit: 'edits',
      ours: ours.missing,
      peers: peersIn({ ours, hocuspocus: resultOf(results, 'hocuspocus') }, ({ missing }: Killed) => missing),
      target: { atMost: 0 },
      note: `${said.join(', ')}; ${NAMES.stock} has no acknowledgement, and kept none of ${resultOf(results, 'stock').unacknowledged}`,
    },
  ];
}

async function kill(
  contender: Contender,
  writers: number,
  seconds: number,
): Promise<Killed & { readonly again: Contender }> {
  const room = contender.newRoom();
  const people = await Promise.all(
    Array.from({ length: writers }, async (_, n) => {
      const doc = new Y.Doc();
      const client = await contender.join(room);
      doc.on('update', (update: Uint8Array) => client.update(update));
      return { n, doc, client };
    }),
  );
  const writing = paced(writers * 5, seconds + 0.5, (n) => {
    const person = people[n % writers];
    if (person && person.client.socket.readyState === person.client.socket.OPEN) {
      person.doc.getMap('edits').set(`${person.n}.${person.client.sent + 1}`, true);
    }
  });
  await pause(seconds * 1000);
  const again = await contender.again();
  await writing;
  await Promise.all(people.map(({ client }) => client.closed));
  const doc = new Y.Doc();
  const reader = await again.join(room, { onUpdate: (update) => Y.applyUpdate(doc, update) });
  const there = doc.getMap('edits');
  const outcome = { acknowledged: 0, missing: 0, unacknowledged: 0 };
  for (const { n, client } of people) {
    for (let edit = 1; edit <= client.sent; edit += 1) {
      const isThere = there.has(`${n}.${edit}`);
      if (edit > client.taken) outcome.unacknowledged += isThere ? 0 : 1;
      else {
        outcome.acknowledged += 1;
        outcome.missing += isThere ? 0 : 1;
      }
    }
  }
  await reader.close();
  return { ...outcome, again };
}
