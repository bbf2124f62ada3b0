import { z } from 'zod';
import type { RefusalCode } from '../index.ts';
import { HttpRefusal, type RoomName, RoomVersions } from '../protocol/index.ts';
import type { Asked, Http } from './http.ts';

/** A version of the largest documents, on a slow line. */
const VERSION_TIMEOUT_MS = 60_000;

/** What a server does with whole rooms. Answers as `AccountsClient`’s. */
export interface RoomsClient {
  /** The states of a document that the server keeps, oldest first. */
  versions(room: RoomName): Promise<Asked<RoomVersions>>;
  /** One of them, as a Yjs update (V2). */
  version(room: RoomName, seq: number): Promise<Asked<Uint8Array>>;
  /** Erases it for good, for everybody. `not-found`: it is gone already. */
  erase(room: RoomName): Promise<Asked<null>>;
}

export function roomsClient(http: Http): RoomsClient {
  const asking = (room: RoomName) => `room=${encodeURIComponent(room)}`;
  return {
    versions: (room) => http.ask('GET', `/api/rooms/versions?${asking(room)}`, RoomVersions),
    version: async (room, seq) => {
      const path = `/api/rooms/versions/${seq}?${asking(room)}`;
      const response = await http.send('GET', path, { timeoutMs: VERSION_TIMEOUT_MS });
      if (response === null) return { ok: false, code: 'offline' };
      if (!response.ok) {
        const refusal = HttpRefusal.safeParse(await response.json().catch(() => null));
        return { ok: false, code: refusal.success ? (refusal.data.code as RefusalCode) : 'internal' };
      }
      const bytes = await response.arrayBuffer().catch(() => null);
      return bytes === null ? { ok: false, code: 'offline' } : { ok: true, value: new Uint8Array(bytes) };
    },
    erase: async (room) => {
      const answer = await http.ask('DELETE', `/api/rooms?${asking(room)}`, z.object({ ok: z.literal(true) }));
      return answer.ok ? { ok: true, value: null } : answer;
    },
  };
}
