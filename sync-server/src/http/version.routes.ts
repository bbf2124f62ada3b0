import {
  EraseRoom,
  Refusal,
  type RoomName,
  RoomQuery,
  type RoomVersions,
  roomParts,
  VersionParams,
} from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import { Buckets } from '../access/bucket.ts';
import { ErasedRoomError } from '../store/roomStore.ts';
import { parse, personOf, rightIn } from './requests.ts';
import type { Site } from './site.ts';

// Someone who leafs through a timeline, not one who copies a server.
const RATE = { burst: 120, perSecond: 2 };

/** What a room looked like, for who may read it; and its end, by who owns it. */
export function versionRoutes(app: FastifyInstance, site: Site): void {
  const asked = new Buckets(RATE, site.now);

  app.get('/api/rooms/versions', async (request, reply): Promise<RoomVersions> => {
    const person = await personOf(site, request, reply);
    const { room } = parse(RoomQuery, request.query);
    rightIn(site, person, room);
    if (!asked.take(person.id)) throw new Refusal('rate-limited');
    const versions = await known(site.store.versions(room));
    return versions.map(({ seq, at, accounts }) => ({
      seq,
      at,
      people: accounts.map((accountId) => ({ accountId, name: site.accounts.nameOf(accountId) ?? '' })),
    }));
  });

  app.get('/api/rooms/versions/:seq', async (request, reply) => {
    const person = await personOf(site, request, reply);
    const { room } = parse(RoomQuery, request.query);
    const { seq } = parse(VersionParams, request.params);
    rightIn(site, person, room);
    if (!asked.take(person.id)) throw new Refusal('rate-limited');
    const snapshot = await known(site.store.version(room, seq));
    if (!snapshot) throw new Refusal('not-found');
    return reply
      .headers({ 'cache-control': 'private, no-store', 'content-type': 'application/octet-stream' })
      .send(Buffer.from(snapshot.buffer, snapshot.byteOffset, snapshot.byteLength));
  });

  app.delete('/api/rooms', async (request, reply): Promise<{ ok: true }> => {
    const person = await personOf(site, request, reply);
    const { room } = parse(EraseRoom, request.query);
    if (rightIn(site, person, room) !== 'owner') throw new Refusal('forbidden');
    const { kind } = roomParts(room);
    if (kind !== 'dossier' && kind !== 'meeting') throw new Refusal('invalid-input', { field: 'room' });
    if (site.health.state === 'disk-full') throw new Refusal('no-space');
    // Before the meeting: cut in between, the meeting is still there to be erased.
    if (kind === 'meeting') await erase(`${room}/inbox` as RoomName).catch(unlessErased);
    await known(erase(room));
    site.log('room-erased', { account: person.id });
    return { ok: true };
  });

  /** Cut in between, the blobs are let go of by the next sweep. @throws {ErasedRoomError} */
  async function erase(room: RoomName): Promise<void> {
    await site.store.erase(room);
    site.rooms.erased(room);
    site.blobs.releaseRoom(room);
  }
}

function unlessErased(error: unknown): void {
  if (!(error instanceof ErasedRoomError)) throw error;
}

/** @throws {Refusal} `not-found` for an erased room */
async function known<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof ErasedRoomError ? new Refusal('not-found') : error;
  }
}
