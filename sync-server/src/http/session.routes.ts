import { type DeviceSession, Refusal, type SignedOut, type SignInWays } from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { credentialsOf, isMeant, parse, personOf, setCookies } from './requests.ts';
import type { Site } from './site.ts';

const SessionParams = z.strictObject({ session: z.string().min(1).max(100) });

/** Where a person is signed in, and ending it: here, elsewhere, everywhere. */
export function sessionRoutes(app: FastifyInstance, site: Site): void {
  app.get('/api/sign-in-ways', async (): Promise<SignInWays> => {
    const { identityProvider } = site;
    return { identityProvider: identityProvider && { label: identityProvider.label } };
  });

  app.get(
    '/api/sessions',
    async (request, reply): Promise<DeviceSession[]> => site.sessions.of(await personOf(site, request, reply)),
  );

  app.delete('/api/session', async (request, reply): Promise<SignedOut> => {
    const credentials = credentialsOf(request);
    const identified = await site.accounts.identify(credentials);
    // The session that was meant is not this one, which somebody else uses.
    if (identified && !isMeant(request, identified.person)) return { leaveAt: null };
    const leaveAt = identified && (await leaveAtOf(site, identified.person.session));
    setCookies(reply, await site.accounts.signOut(credentials));
    if (identified) site.log('signed-out', { account: identified.person.id });
    if (identified) site.closeSession(identified.person.session);
    return { leaveAt };
  });

  app.delete('/api/sessions/:session', async (request, reply) => {
    const person = await personOf(site, request, reply);
    const { session } = parse(SessionParams, request.params);
    if (!site.sessions.end(person.id, session)) throw new Refusal('not-found');
    site.closeSession(session);
    site.log('session-ended', { account: person.id });
    return { ok: true };
  });

  app.delete('/api/sessions', async (request, reply): Promise<SignedOut> => {
    const person = await personOf(site, request, reply);
    const leaveAt = await leaveAtOf(site, person.session);
    const ended = site.sessions.endAll(person.id);
    for (const session of ended) site.closeSession(session);
    // Nothing is left to end: this takes the cookie away.
    setCookies(reply, await site.accounts.signOut(credentialsOf(request)));
    site.log('signed-out-everywhere', { account: person.id, sessions: ended.length });
    return { leaveAt };
  });
}

/** Where the identity provider that began a session is left; null for any other session. */
async function leaveAtOf({ identities, identityProvider, publicUrl }: Site, session: string): Promise<string | null> {
  const idToken = identities.idTokenOf(session);
  return identityProvider && idToken ? identityProvider.leaveAt(idToken, `${publicUrl()}/connexion`) : null;
}
