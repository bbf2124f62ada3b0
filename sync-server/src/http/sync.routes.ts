import {
  BATCH_PATH,
  BatchLimits,
  decodeBatch,
  encodeBatchAnswer,
  type FeedPage,
  FeedQuery,
  Refusal,
} from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import { Buckets } from '../access/bucket.ts';
import { readFeed } from '../access/feed.ts';
import { answerBatch } from '../room/batch.ts';
import { parse, personOf } from './requests.ts';
import type { Site } from './site.ts';

// A thousand dossiers that meet a new device, in batches of twenty, and no more than that.
const BATCH_RATE = { burst: 200, perSecond: 4 };
const FEED_RATE = { burst: 60, perSecond: 1 };

/** What devices ask for documents that are not on screen: what changed, and what of it they lack. */
export async function syncRoutes(app: FastifyInstance, site: Site): Promise<void> {
  const batches = new Buckets(BATCH_RATE, site.now);
  const reads = new Buckets(FEED_RATE, site.now);

  app.get('/api/feed', async (request, reply): Promise<FeedPage> => {
    const person = await personOf(site, request, reply);
    const { since = null } = parse(FeedQuery, request.query);
    if (!reads.take(person.id)) throw new Refusal('rate-limited');
    const teamsOf = (account: typeof person.id) => site.directory.teamsOf(account);
    return readFeed({ store: site.store, rights: site.rights, teamsOf }, person.id, since);
  });

  // In a scope of its own: its body is bytes.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post(BATCH_PATH, { bodyLimit: BatchLimits.maxRequestBytes }, async (request, reply) => {
      const person = await personOf(site, request, reply);
      if (!batches.take(person.id)) throw new Refusal('rate-limited');
      const asks = request.body instanceof Uint8Array ? decodeBatch(request.body) : null;
      if (!asks) throw new Refusal('invalid-input', { field: 'body' });
      site.figures.moved('received', 'batch', (request.body as Uint8Array).length);
      const answer = encodeBatchAnswer(await answerBatch(site, person, asks));
      site.figures.moved('sent', 'batch', answer.length);
      return reply.type('application/octet-stream').send(Buffer.from(answer.buffer, answer.byteOffset, answer.length));
    });
  });
}
