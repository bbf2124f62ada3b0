import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AccountId,
  boardRoom,
  newId,
  type Role,
  type RoomName,
  type Session,
  type TeamId,
  type Ticket,
} from '@liasse/core/protocol';
import { onTestFinished } from 'vitest';
import type { Passwords } from '../access/accounts.ts';
import type { Config } from '../config.ts';
import { type RunningServer, type ServerOptions, startServer } from '../server.ts';

export const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'liasse-server-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function configOn(dataFolder: string, more: Partial<Config> = {}): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    dataFolder,
    publicUrl: null,
    webFolder: join(dataFolder, 'web'),
    trustProxy: false,
    tls: null,
    metrics: null,
    identity: null,
    ...more,
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // A test says what it expects of the body; a wrong guess fails there.
  readonly body: unknown;
}

/** Someone with a session, over HTTP. */
export interface TestPerson {
  readonly id: AccountId;
  readonly bearer: string;
  readonly email: string;
  ask(method: string, path: string, body?: unknown): Promise<Reply>;
  ticket(room: RoomName): Promise<string>;
}

export interface TestSite {
  readonly server: RunningServer;
  readonly team: TeamId;
  readonly room: RoomName;
  readonly owner: TestPerson;
  /** Someone new, let in by an invitation. */
  join(role: Role, name?: string): Promise<TestPerson>;
}

// A real hash costs a tenth of a second of a core, and nearly every test opens a few accounts.
export const quickPasswords: Passwords = {
  hash: async (password) => createHash('sha256').update(password).digest('hex'),
  verify: async ({ hash, password }) => hash === (await quickPasswords.hash(password)),
};

/**
 * A server in this process with an owner and a team; closed after the test.
 *
 * @param options.realPasswords - kept as a server that people use keeps them
 */
export async function startSite(
  { realPasswords = false, ...options }: ServerOptions & { readonly realPasswords?: boolean } = {},
  config?: Config,
): Promise<TestSite> {
  const server = await startServer(config ?? configOn(await temporaryFolder()), {
    ...(!realPasswords && { passwords: quickPasswords }),
    ...options,
  });
  onTestFinished(() => server.close());
  const owner = await signUp(server.url, server.ownerLink ?? '', 'Olympe');
  const team = newId<TeamId>(random);
  await owner.ask('POST', '/api/teams', { id: team, name: 'Bureau des essais' });
  return {
    server,
    team,
    room: boardRoom(team),
    owner,
    async join(role, name = `${role} de plus`) {
      const invitation = await owner.ask('POST', `/api/teams/${team}/invitations`, { role });
      return signUp(server.url, (invitation.body as { url: string }).url, name);
    },
  };
}

export async function ask(
  url: string,
  { method = 'GET', body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const bytes = body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : undefined;
  const type = bytes ? 'application/octet-stream' : 'application/json';
  const answer = await fetch(url, {
    method,
    headers: body === undefined ? headers : { 'content-type': type, ...headers },
    ...(body === undefined ? {} : { body: bytes ?? JSON.stringify(body) }),
  });
  const raw = new Uint8Array(await answer.arrayBuffer());
  const json = answer.headers.get('content-type')?.startsWith('application/json');
  return {
    status: answer.status,
    headers: answer.headers,
    body: json ? JSON.parse(new TextDecoder().decode(raw)) : raw,
  };
}

let people = 0;

/** Opens an account with a link as it was handed out. */
export async function signUp(url: string, link: string, name: string): Promise<TestPerson> {
  people += 1;
  const form = { token: link.split('#')[1], name, email: `personne.${people}@exemple.fr`, password: 'motdepasse' };
  const { status, body } = await ask(`${url}/api/links/sign-up`, { method: 'POST', body: form });
  if (status !== 200) throw new Error(`sign-up answered ${status} ${JSON.stringify(body)}`);
  const session = body as Session;
  const person: TestPerson = {
    id: session.me.account.id,
    bearer: session.bearer,
    email: form.email,
    ask: (method, path, sent) =>
      ask(`${url}${path}`, { method, body: sent, headers: { authorization: `Bearer ${session.bearer}` } }),
    async ticket(room) {
      const reply = await person.ask('POST', '/api/tickets', { room });
      if (reply.status !== 200) throw new Error(`no ticket: ${JSON.stringify(reply.body)}`);
      return (reply.body as Ticket).ticket;
    },
  };
  return person;
}
