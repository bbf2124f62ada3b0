import { RECEIPT_KEYS_PATH, type Receipt, type ReceiptKeys, ReceiptRequest, Refusal } from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import { Buckets } from '../access/bucket.ts';
import { parse, personOf, rightIn } from './requests.ts';
import type { Site } from './site.ts';

// A dossier of hundreds of pieces that meets its server for the first time, and no more than that.
const RATE = { burst: 200, perSecond: 2 };

/** Receipts of what was deposited, and the keys to check them with. */
export function receiptRoutes(app: FastifyInstance, site: Site): void {
  const asked = new Buckets(RATE, site.now);

  app.post('/api/receipts', async (request, reply): Promise<Receipt> => {
    const person = await personOf(site, request, reply);
    const { room, manifestSha256 } = parse(ReceiptRequest, request.body);
    if (rightIn(site, person, room) === 'reader') throw new Refusal('forbidden');
    if (!asked.take(person.id)) throw new Refusal('rate-limited');
    return site.receipts.give({ manifestSha256, room, author: person.id });
  });

  // To whoever holds a receipt, wherever they are: a stranger, a court, another server’s app.
  app.get(RECEIPT_KEYS_PATH, async (_request, reply): Promise<ReceiptKeys> => {
    void reply.headers({ 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' });
    return site.receipts.keys();
  });
}
