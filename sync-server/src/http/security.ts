import { Refusal } from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import { isExtension, isOwn } from './origins.ts';

// A captured page is shown in a frame without an address of its own, which inherits this: hence img and font from blobs.
const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self' blob: data:",
  "connect-src 'self' ws: wss:",
  "frame-src 'self' blob: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Headers of every answer, and which origins may ask for what. */
export function guardOrigins(app: FastifyInstance, publicUrl: () => string): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'content-security-policy': PAGE_POLICY,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const api = request.url.startsWith('/api/');
    if (api) void reply.headers({ 'cache-control': 'no-store', vary: 'Origin' });

    const { origin, cookie, authorization } = request.headers;
    if (origin && isExtension(origin)) {
      void reply.header('access-control-allow-origin', origin);
      if (request.method === 'OPTIONS') return reply.headers(PREFLIGHT).status(204).send();
      return;
    }
    if (!api || !CHANGES.has(request.method)) return;
    // A page elsewhere can make a browser send our cookie; it cannot make it lie about where it comes from.
    const foreign = origin !== undefined && !isOwn(origin, publicUrl());
    const unknown = origin === undefined && cookie !== undefined && authorization === undefined;
    if (foreign || unknown) throw new Refusal('forbidden', { reason: 'origin' });
  });
}

const PREFLIGHT = {
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-allow-methods': 'GET, POST, PUT, DELETE',
  // A ministry's server stands on its own network, which browsers guard from pages of the public one.
  'access-control-allow-private-network': 'true',
  'access-control-max-age': '7200',
};
