import {
  type Device,
  LinkAccept,
  type LinkPreview,
  LinkPreviewRequest,
  LinkSignUp,
  type Me,
  Refusal,
  roomParts,
  type Session,
  SignIn,
} from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import type { OpenedSession, Person } from '../access/accounts.ts';
import type { LinkGrant } from '../access/links.ts';
import { deviceFrom, parse, personOf, setCookies } from './requests.ts';
import type { Site } from './site.ts';

/** Signing in by a password, and the links through which people come in. */
export function accountRoutes(app: FastifyInstance, site: Site): void {
  app.get('/api/me', async (request, reply): Promise<Me> => meOf(site, await personOf(site, request, reply)));

  app.post('/api/session', async (request, reply): Promise<Session> => {
    const form = parse(SignIn, request.body);
    if (!site.attempts.take(form.email)) throw new Refusal('rate-limited');
    const opened = await site.accounts.signIn(form);
    site.attempts.forget(form.email);
    setCookies(reply, opened.cookies);
    return sessionOf(site, opened, { device: deviceFrom(request) });
  });

  app.post('/api/links/preview', async (request): Promise<LinkPreview> => {
    const grant = site.links.look(parse(LinkPreviewRequest, request.body).token);
    if (grant.kind === 'owner') return { kind: 'owner', team: null };
    const team = grant.kind === 'guest' ? roomParts(grant.room).team : grant.team;
    const name = site.directory.teamName(team) ?? '';
    const invitedBy = site.accounts.nameOf(grant.invitedBy) ?? '';
    return { kind: grant.kind, team: { name, role: grant.role, invitedBy } };
  });

  app.post('/api/links/sign-up', async (request, reply): Promise<Session> => {
    const { token, ...form } = parse(LinkSignUp, request.body);
    const opened = await following(site, token, async (grant) => {
      const made = await site.accounts.signUp(form);
      give(site, grant, made.account);
      return made;
    });
    setCookies(reply, opened.cookies);
    return sessionOf(site, opened, { device: deviceFrom(request) });
  });

  app.post('/api/links/accept', async (request, reply): Promise<Me> => {
    const person = await personOf(site, request, reply);
    const { token } = parse(LinkAccept, request.body);
    await following(site, token, async (grant) => give(site, grant, person.id));
    return meOf(site, person);
  });
}

/** Uses a link up, then does what it allows; a refusal on the way gives the link back. */
export async function following<T>(site: Site, token: string, follow: (grant: LinkGrant) => Promise<T>): Promise<T> {
  const { grant, release } = site.links.claim(token);
  // Two owner's links may have been handed out over restarts; the first owner is the only one made this way.
  if (grant.kind === 'owner' && site.directory.hasServerOwner()) throw new Refusal('used');
  try {
    return await follow(grant);
  } catch (error) {
    release();
    throw error;
  }
}

export function give(site: Site, grant: LinkGrant, account: Person['id']): void {
  if (grant.kind === 'owner') site.directory.makeServerOwner(account);
  else if (grant.kind === 'guest') site.rights.admitGuest(grant.room, account, grant.role);
  else site.directory.admit(grant.team, account, grant.role);
  site.log('link-followed', { kind: grant.kind, account });
}

/** The answer to whoever just signed in on a device. `idToken`: by which an identity provider proved who they are. */
export async function sessionOf(
  site: Site,
  opened: OpenedSession,
  { device, idToken = null }: { readonly device: Device; readonly idToken?: string | null },
): Promise<Session> {
  const identified = await site.accounts.identify(new Headers({ authorization: `Bearer ${opened.bearer}` }));
  if (!identified) throw new Error('bug: a session that was just opened is nobody’s');
  const { person } = identified;
  site.sessions.began(person.session, device);
  if (idToken !== null) site.identities.began(person.session, idToken);
  site.log('signed-in', { account: person.id, kind: device.kind });
  return { bearer: opened.bearer, me: meOf(site, person) };
}

function meOf(site: Site, { id, name, email }: Person): Me {
  const serverOwner = site.directory.isServerOwner(id);
  return { account: { id, name, email, serverOwner }, teams: site.directory.teamsOf(id) };
}
