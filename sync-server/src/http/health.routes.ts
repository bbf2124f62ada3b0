import { readFileSync } from 'node:fs';
import { type Health, type HttpRefusal, Refusal, WIRE_VERSION } from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import type { Site } from './site.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const PATHS = new Set(['/healthz', '/readyz']);

/** Whether the process lives, and whether it takes writes. Once it stops, everything else is answered with that. */
export function healthRoutes(app: FastifyInstance, site: Site): void {
  app.addHook('onRequest', async (request, reply) => {
    if (site.health.state !== 'stopping' || PATHS.has(request.url)) return;
    return reply.status(503).header('connection', 'close').send(not('stopping'));
  });

  app.get('/healthz', async (): Promise<Health> => ({ ok: true, version, wire: WIRE_VERSION }));

  // Figures have an address of their own: here it is a wrong one, and not the web app's to answer.
  app.get('/metrics', async () => {
    throw new Refusal('not-found');
  });

  app.get('/readyz', async (_request, reply): Promise<{ ok: true } | HttpRefusal> => {
    void reply.header('cache-control', 'no-store');
    const state = await site.health.look();
    if (state === 'ready') return { ok: true };
    void reply.status(503);
    return not(state);
  });
}

const not = (code: string): HttpRefusal => ({ ok: false, code, details: {} });
