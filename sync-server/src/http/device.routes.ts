import {
  DEVICE_PAGE,
  DeviceAnswer,
  type DeviceAsking,
  DeviceCodeRequest,
  type DeviceCodes,
  DeviceLook,
  type DeviceToken,
  DeviceTokenRequest,
  Refusal,
} from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import { Buckets } from '../access/bucket.ts';
import { sessionOf } from './account.routes.ts';
import { deviceFrom, parse, personOf } from './requests.ts';
import type { Site } from './site.ts';

/** Of user codes that are nobody’s, as many as a person mistypes. */
const GUESSES = { burst: 10, perSecond: 1 / 30 };

/** Devices that sign in without a password: they ask, a person who is signed in says yes or no, they fetch their session (RFC 8628). */
export async function deviceRoutes(app: FastifyInstance, site: Site): Promise<void> {
  const guesses = new Buckets(GUESSES, site.now);
  await app.register(async (forms) => {
    // As the RFC has it; the app itself sends JSON.
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    grantRoutes(forms, site);
  });

  app.post('/api/device/look', async (request, reply): Promise<DeviceAsking> => {
    const person = await personOf(site, request, reply);
    const { userCode } = parse(DeviceLook, request.body);
    return guessing(guesses, person.id, () => site.deviceGrants.look(userCode));
  });

  app.post('/api/device/answer', async (request, reply) => {
    const person = await personOf(site, request, reply);
    const { userCode, allow } = parse(DeviceAnswer, request.body);
    const { kind } = guessing(guesses, person.id, () => site.deviceGrants.answer(userCode, person, allow));
    site.log('device-answered', { account: person.id, kind, allow });
    return { ok: true };
  });
}

/** The two addresses of the RFC, for a device that has no session yet. */
function grantRoutes(app: FastifyInstance, site: Site): void {
  app.post('/api/device/code', async (request): Promise<DeviceCodes> => {
    const { device_name = null } = parse(DeviceCodeRequest, request.body ?? {});
    const asked = site.deviceGrants.ask(deviceFrom(request, device_name));
    return {
      device_code: asked.deviceCode,
      user_code: asked.userCode,
      verification_uri: `${site.publicUrl()}${DEVICE_PAGE}`,
      expires_in: asked.lifetimeMs / 1000,
      interval: asked.intervalMs / 1000,
    };
  });

  app.post('/api/device/token', async (request, reply): Promise<DeviceToken | undefined> => {
    const { device_code } = parse(DeviceTokenRequest, request.body);
    const answer = site.deviceGrants.poll(device_code);
    if (typeof answer === 'string') {
      if (answer !== 'authorization_pending') site.figures.refused('http', answer);
      // RFC 6749 wants its code under `error`; whoever asked with our client reads `code`, as everywhere.
      return reply.status(400).send({ ok: false, code: answer, error: answer, details: {} });
    }
    try {
      const opened = await site.accounts.enter(answer.by.id);
      const { bearer, me } = await sessionOf(site, opened, { device: answer.device });
      return { access_token: bearer, token_type: 'Bearer', me };
    } catch (error) {
      answer.giveBack();
      throw error;
    }
  });
}

/** A right code costs nothing; wrong ones are slowed, for the person who tries them. */
function guessing<T>(guesses: Buckets, account: string, look: () => T): T {
  if (!guesses.take(account)) throw new Refusal('rate-limited');
  const found = look();
  guesses.forget(account);
  return found;
}
