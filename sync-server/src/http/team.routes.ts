import {
  CreateInvitation,
  CreateTeam,
  type Invitation,
  type Members,
  Refusal,
  type Team,
  TeamId,
  type Ticket,
  TicketRequest,
} from '@liasse/core/protocol';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parse, personOf, rightIn, roleIn } from './requests.ts';
import type { Site } from './site.ts';

const TeamParams = z.strictObject({ team: TeamId });

/** Teams, who is in them, and tickets to their rooms. */
export function teamRoutes(app: FastifyInstance, site: Site): void {
  app.post('/api/teams', async (request, reply): Promise<Team> => {
    const person = await personOf(site, request, reply);
    const { id, name } = parse(CreateTeam, request.body);
    return site.directory.createTeam(id, name, person.id);
  });

  app.post('/api/teams/:team/invitations', async (request, reply): Promise<Invitation> => {
    const person = await personOf(site, request, reply);
    const { team } = parse(TeamParams, request.params);
    if (roleIn(site, person, team) !== 'owner') throw new Refusal('forbidden');
    const { role } = parse(CreateInvitation, request.body);
    const { token, expiresAt } = site.links.create({ kind: 'invitation', team, role, invitedBy: person.id });
    return { url: `${site.publicUrl()}/rejoindre#${token}`, expiresAt };
  });

  app.get('/api/teams/:team/members', async (request, reply): Promise<Members> => {
    const person = await personOf(site, request, reply);
    const { team } = parse(TeamParams, request.params);
    roleIn(site, person, team);
    return site.directory
      .membersOf(team)
      .map((member) => ({ ...member, name: site.accounts.nameOf(member.accountId) ?? '' }));
  });

  app.post('/api/tickets', async (request, reply): Promise<Ticket> => {
    const person = await personOf(site, request, reply);
    const { room } = parse(TicketRequest, request.body);
    const role = rightIn(site, person, room);
    const { id: account, name, session } = person;
    return { ...site.tickets.issue({ room, account, name, session }), role };
  });
}
