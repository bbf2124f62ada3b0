import type { Readable } from 'node:stream';
import { BlobParams, BlobQuery, MAX_BLOB_BYTES, Refusal } from '@liasse/core/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parse, personOf, rightIn } from './requests.ts';
import type { Site } from './site.ts';

/** Blobs, read and written through a room that refers to them. */
export async function blobRoutes(app: FastifyInstance, site: Site): Promise<void> {
  // In a scope of its own: the body of a blob is a stream, whatever type it says it is.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

    const asked = async (request: FastifyRequest, reply: FastifyReply) => {
      const person = await personOf(site, request, reply);
      const { hash } = parse(BlobParams, request.params);
      const { room } = parse(BlobQuery, request.query);
      return { person, hash, room, role: rightIn(site, person, room) };
    };

    scope.put('/api/blobs/:hash', { bodyLimit: MAX_BLOB_BYTES + 1 }, async (request, reply) => {
      try {
        const { person, hash, room, role } = await asked(request, reply);
        if (role === 'reader') throw new Refusal('forbidden');
        if (Number(request.headers['content-length'] ?? 0) > MAX_BLOB_BYTES) {
          throw new Refusal('too-large', { maxBytes: MAX_BLOB_BYTES });
        }
        if (site.health.state === 'disk-full') throw new Refusal('no-space');
        if (!request.body) throw new Refusal('invalid-input', { field: 'body' });
        const bytes = await site.blobs.put(request.body as Readable, { hash, room, account: person.id });
        site.figures.moved('received', 'blob', bytes);
        return { ok: true };
      } catch (error) {
        // Refused before all of it was read: the rest must not be taken for the next request.
        if (!request.raw.readableEnded) void reply.header('connection', 'close');
        throw error;
      }
    });

    scope.get('/api/blobs/:hash', async (request, reply) => {
      const { hash, room } = await asked(request, reply);
      const blob = await site.blobs.get(room, hash);
      if (!blob) throw new Refusal('not-found');
      site.figures.moved('sent', 'blob', blob.bytes);
      return reply
        .headers({
          'cache-control': 'private, no-cache',
          'content-disposition': 'attachment',
          'content-length': blob.bytes,
          'content-security-policy': "sandbox; default-src 'none'",
          'content-type': 'application/octet-stream',
        })
        .send(blob.stream);
    });
  });
}
