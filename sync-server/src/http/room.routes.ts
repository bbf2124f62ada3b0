import {
  type Invitation,
  InviteGuest,
  Refusal,
  RestrictRoom,
  type RoomPeople,
  RoomQuery,
  SetRoomPerson,
} from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import { parse, personOf, rightIn } from './requests.ts';
import type { Site } from './site.ts';

/** Who may enter one room: the people of a restricted dossier, the guests of a meeting. */
export function roomRoutes(app: FastifyInstance, site: Site): void {
  const { rights } = site;

  app.post('/api/rooms/restrict', async (request, reply): Promise<{ ok: true }> => {
    const person = await personOf(site, request, reply);
    const { room } = parse(RestrictRoom, request.body);
    // Before anything is asked of the store: who may do nothing here learns nothing, not even how long that takes.
    if (rightIn(site, person, room) === 'reader') throw new Refusal('forbidden');
    const { changes } = await site.store.standing([room]);
    rights.restrict(room, person.id, { wasKnown: changes.length > 0 });
    site.log('room-restricted', { account: person.id });
    return { ok: true };
  });

  app.post('/api/rooms/open', async (request, reply): Promise<{ ok: true }> => {
    const person = await personOf(site, request, reply);
    rights.open(parse(RestrictRoom, request.body).room, person.id);
    site.log('room-opened', { account: person.id });
    return { ok: true };
  });

  app.get('/api/rooms/people', async (request, reply): Promise<RoomPeople> => {
    const person = await personOf(site, request, reply);
    const { room } = parse(RoomQuery, request.query);
    rightIn(site, person, room);
    const people = rights.peopleIn(room).map(({ account, role }) => ({
      accountId: account,
      name: site.accounts.nameOf(account) ?? '',
      role,
    }));
    return { restricted: rights.isRestricted(room), people };
  });

  app.post('/api/rooms/people', async (request, reply): Promise<{ ok: true }> => {
    const person = await personOf(site, request, reply);
    const { room, accountId, role } = parse(SetRoomPerson, request.body);
    rights.setPerson(room, accountId, role, person.id);
    site.log('room-person-set', { account: person.id });
    return { ok: true };
  });

  app.post('/api/rooms/invitations', async (request, reply): Promise<Invitation> => {
    const person = await personOf(site, request, reply);
    const { room, role } = parse(InviteGuest, request.body);
    rights.mayInvite(room, person.id);
    const { token, expiresAt } = site.links.create({ kind: 'guest', room, role, invitedBy: person.id });
    return { url: `${site.publicUrl()}/rejoindre#${token}`, expiresAt };
  });
}
