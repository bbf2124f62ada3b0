import { ACCOUNT_HEADER, type Device, Refusal, type Role, type RoomName, type TeamId } from '@liasse/core/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Person } from '../access/accounts.ts';
import { deviceOf } from '../access/deviceOf.ts';
import { isExtension } from './origins.ts';
import type { Site } from './site.ts';

/** Parses what came from outside. @throws {Refusal} `invalid-input`, with the first field that is wrong */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Refusal('invalid-input', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
}

/** The headers that say who asks. A cookie is never an extension's: it shows its bearer token. */
export function credentialsOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  const { authorization, cookie, origin } = request.headers;
  if (authorization) headers.set('authorization', authorization);
  if (cookie && !(origin && isExtension(origin))) headers.set('cookie', cookie);
  return headers;
}

/** Who asks. @throws {Refusal} `signed-out` */
export async function personOf(site: Site, request: FastifyRequest, reply: FastifyReply): Promise<Person> {
  const identified = await site.accounts.identify(credentialsOf(request));
  if (!identified) throw new Refusal('signed-out');
  if (!isMeant(request, identified.person)) throw new Refusal('signed-out');
  site.sessions.seen(identified.person.session);
  setCookies(reply, identified.cookies);
  return identified.person;
}

/** False where a page asks for another account than its cookie is of: somebody else has come in on that browser. */
export function isMeant(request: FastifyRequest, person: Person): boolean {
  const { [ACCOUNT_HEADER]: meant } = request.headers;
  return meant === undefined || meant === person.id;
}

/** The device that a request comes from, as far as its headers say. */
export function deviceFrom(request: FastifyRequest, name: string | null = null): Device {
  const { origin, 'user-agent': userAgent = '' } = request.headers;
  const kind = origin === undefined ? 'other' : isExtension(origin) ? 'extension' : 'web';
  return deviceOf(userAgent, kind, name);
}

/** The asker's role in a team. @throws {Refusal} `forbidden`, also for a team that does not exist: it tells nothing */
export function roleIn(site: Site, person: Person, team: TeamId): Role {
  const role = site.directory.roleOf(person.id, team);
  if (!role) throw new Refusal('forbidden');
  return role;
}

/** What the asker may do in a room. @throws {Refusal} `forbidden`, also for a room that does not exist: it tells nothing */
export function rightIn(site: Site, person: Person, room: RoomName): Role {
  const right = site.rights.of(person.id, room);
  if (!right) throw new Refusal('forbidden');
  return right;
}

export function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  if (cookies.length > 0) void reply.header('set-cookie', [...cookies]);
}
