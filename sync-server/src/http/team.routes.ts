import {
  AccountId,
  CreateInvitation,
  CreateTeam,
  type Invitation,
  type Members,
  Refusal,
  RoleChange,
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
const MemberParams = z.strictObject({ team: TeamId, account: AccountId });

const membersOf = (site: Site, team: TeamId): Members =>
  site.directory.membersOf(team).map((member) => {
    const formerly = site.directory.formerlyOf(team, member.accountId);
    const name = site.accounts.nameOf(member.accountId) ?? '';
    return { ...member, name, ...(formerly.length > 0 && { formerly }) };
  });

/** Teams, who is in them, and tickets to their rooms. */
export function teamRoutes(app: FastifyInstance, site: Site): void {
  app.post('/api/teams', async (request, reply): Promise<Team> => {
    const person = await personOf(site, request, reply);
    const { id, name, formerly } = parse(CreateTeam, request.body);
    return site.directory.createTeam(id, name, person.id, { formerly });
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
    return membersOf(site, team);
  });

  app.put('/api/teams/:team/members/:account', async (request, reply): Promise<Members> => {
    const person = await personOf(site, request, reply);
    const { team, account } = parse(MemberParams, request.params);
    const { role } = parse(RoleChange, request.body);
    const isOwner = roleIn(site, person, team) === 'owner';
    const isLeaving = account === person.id && role === null;
    if (!isOwner && !isLeaving) throw new Refusal('forbidden');
    const known = site.directory.roleOf(account, team);
    if (known === null) throw new Refusal('not-found', { account });
    const owners = site.directory.membersOf(team).filter((member) => member.role === 'owner');
    if (known === 'owner' && role !== 'owner' && owners.length === 1)
      throw new Refusal('conflict', { reason: 'last-owner' });
    if (known !== role) site.directory.setRole(team, account, role);
    site.log('role-changed', { team, account, role, by: person.id });
    return isLeaving ? [] : membersOf(site, team);
  });

  app.post('/api/tickets', async (request, reply): Promise<Ticket> => {
    const person = await personOf(site, request, reply);
    const { room } = parse(TicketRequest, request.body);
    const role = rightIn(site, person, room);
    const { id: account, name, session } = person;
    return { ...site.tickets.issue({ room, account, name, session }), role };
  });
}
