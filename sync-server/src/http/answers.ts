import { type HttpRefusal, Refusal, type RefusalCode } from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import type { Log } from './site.ts';

const STATUS: Partial<Record<RefusalCode, number>> = {
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  'already-exists': 409,
  conflict: 409,
  expired: 410,
  used: 410,
  'too-large': 413,
  'hash-mismatch': 422,
  'rate-limited': 429,
};

/** Makes every “no” one shape, `{ok: false, code, details}`, whoever said it. */
export function answerRefusals(app: FastifyInstance, log: Log): void {
  app.setErrorHandler(async (error, request, reply) => {
    if (error instanceof Refusal) {
      return reply.status(STATUS[error.code] ?? 400).send(body(error.code, error.details));
    }
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status === 413) return reply.status(413).send(body('too-large'));
    if (status >= 400 && status < 500) return reply.status(status).send(body('invalid-input'));
    log('request-failed', {
      method: request.method,
      route: request.routeOptions.url ?? null,
      reason: error instanceof Error ? error.message : String(error),
    });
    return reply.status(500).send(body('internal'));
  });
}

function body(code: RefusalCode | 'internal', details: HttpRefusal['details'] = {}): HttpRefusal {
  return { ok: false, code, details: { ...details } };
}
