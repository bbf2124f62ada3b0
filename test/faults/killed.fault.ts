import { expect, test } from 'vitest';
import { pause } from '../bench/sync/pace.ts';
import { Site, say } from './support/site.ts';
import { outcomeOf, type Writer, writersOf } from './support/writers.ts';

const KILLS = Number(process.env.LIASSE_KILLS ?? 200);
const WRITERS = 50;
/** Each kill is looked at as soon as the server is back; a room gets so many before the next one. */
const KILLS_A_ROOM = 10;

test(`[S2] kill -9 of the server ${KILLS} times under ${WRITERS} writers: nothing that was recorded is missing`, async () => {
  let site = await Site.start();
  let room = site.newRoom();
  let writers: Writer[] = [];
  const total = { recorded: 0, missing: 0, unknown: 0 };
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const now = await writersOf(site, room, { count: WRITERS, perSecond: 20, prefix: String(kill) });
    writers.push(...now);
    await pause(30 + Math.random() * 400);
    await site.end('SIGKILL');
    for (const { stop, client } of now) {
      stop();
      await client.closed;
    }
    site = await site.again();
    const { recorded, missing, unknown } = await outcomeOf(site, room, writers);
    expect(missing, `after kill ${kill}`).toEqual([]);
    if (kill % KILLS_A_ROOM === 0 || kill === KILLS) {
      total.recorded += recorded;
      total.missing += missing.length;
      total.unknown += unknown;
      writers = [];
      room = site.newRoom();
      if (kill % 50 === 0) say(`${kill} kills so far`);
    }
  }
  say(
    `kill -9 × ${KILLS} under ${WRITERS} writers: ${total.recorded} edits recorded, ${total.missing} missing, ` +
      `${total.unknown} in flight (no promise was made)`,
  );
  expect(total.recorded).toBeGreaterThan(KILLS * WRITERS);
});
