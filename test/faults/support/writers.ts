import type { RoomName } from '@liasse/core/protocol';
import * as Y from 'yjs';
import type { LightClient } from '../../bench/sync/light.ts';
import { pause } from '../../bench/sync/pace.ts';
import type { Site } from './site.ts';

/** Someone who writes keys of a map, and knows up to which of them the server said *recorded*. */
export interface Writer {
  readonly name: string;
  readonly client: LightClient;
  write(): void;
  stop(): void;
}

/** People at one document, each of whom writes as soon as there is a turn, about so often a second. */
export async function writersOf(
  site: Site,
  room: RoomName,
  options: { readonly count: number; readonly perSecond: number; readonly prefix: string; readonly through?: string },
): Promise<readonly Writer[]> {
  return Promise.all(
    Array.from({ length: options.count }, async (_, index): Promise<Writer> => {
      const doc = new Y.Doc();
      const name = `${options.prefix}.${index}`;
      const client = await site.join(room, options.through === undefined ? {} : { through: options.through });
      doc.on('update', (update: Uint8Array) => client.update(update));
      let timer: NodeJS.Timeout | null = null;
      const writer: Writer = {
        name,
        client,
        write: () => {
          if (client.socket.readyState === client.socket.OPEN) doc.getMap('edits').set(keyOf(name, client.sent + 1), 1);
        },
        stop: () => {
          if (timer) clearInterval(timer);
        },
      };
      timer = setInterval(writer.write, 1000 / options.perSecond);
      return writer;
    }),
  );
}

const keyOf = (name: string, edit: number): string => `${name}.${edit}`;

/** What became of edits, when the room is looked at afterwards. */
export interface Outcome {
  readonly recorded: number;
  /** Recorded, and not there. */
  readonly missing: readonly string[];
  /** Sent and never said to be recorded: they may be there, or not. */
  readonly unknown: number;
}

/** Looks at a room as someone does who had nothing. */
export async function outcomeOf(site: Site, room: RoomName, writers: readonly Writer[]): Promise<Outcome> {
  const there = (await read(site, room)).getMap('edits');
  const missing: string[] = [];
  let recorded = 0;
  let unknown = 0;
  for (const { name, client } of writers) {
    recorded += client.taken;
    unknown += client.sent - client.taken;
    for (let edit = 1; edit <= client.taken; edit += 1) {
      const key = keyOf(name, edit);
      if (!there.has(key)) missing.push(key);
    }
  }
  return { recorded, missing, unknown };
}

export async function read(site: Site, room: RoomName): Promise<Y.Doc> {
  const doc = new Y.Doc();
  const reader = await site.join(room, { onUpdate: (update) => Y.applyUpdate(doc, update) });
  await pause(20);
  await reader.close();
  return doc;
}
