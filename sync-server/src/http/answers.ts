import { type HttpRefusal, Refusal, type RefusalCode } from '@liasse/core/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isDiskFull } from '../store/diskFull.ts';
import type { Site } from './site.ts';

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
  'not-invited': 403,
  'provider-refused': 403,
  'provider-away': 503,
  'rate-limited': 429,
  'no-space': 507,
};

/** Makes every “no” one shape, `{ok: false, code, details}`, whoever said it. */
export function answerRefusals(app: FastifyInstance, { figures, health, log }: Site): void {
  const refuse = (
    reply: FastifyReply,
    status: number,
    code: RefusalCode | 'internal',
    details: HttpRefusal['details'] = {},
  ) => {
    figures.refused('http', code);
    const body: HttpRefusal = { ok: false, code, details: { ...details } };
    return reply.status(status).send(body);
  };
  app.setErrorHandler(async (error, request, reply) => {
    if (error instanceof Refusal) {
      return refuse(reply, STATUS[error.code] ?? 400, error.code, error.details);
    }
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status === 413) return refuse(reply, 413, 'too-large');
    if (status >= 400 && status < 500) return refuse(reply, status, 'invalid-input');
    // Those who wrap an error do not always keep its cause: the disk is asked.
    if ((await health.suspect()) === 'disk-full' || isDiskFull(error)) return refuse(reply, 507, 'no-space');
    log('request-failed', {
      method: request.method,
      route: request.routeOptions.url ?? null,
      reason: error instanceof Error ? error.message : String(error),
    });
    return refuse(reply, 500, 'internal');
  });
}
