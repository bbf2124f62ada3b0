import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newId, type TeamId } from '@liasse/core';
import { boardRoom, type Session } from '@liasse/core/protocol';
import { type Asked, type HttpServer, httpServer, type OpenDoc, type Replica } from '@liasse/core/replica';
import { expect, onTestFinished, test, vi } from 'vitest';
import { random } from '../bench/spine/content.ts';
import { deviceWith } from '../bench/spine/device.ts';

const SERVER = fileURLToPath(new URL('../../sync-server/src/main.ts', import.meta.url));

interface RunningProcess {
  readonly url: string;
  readonly ownerLink: string | null;
  kill(): Promise<void>;
}

async function startServer(dataFolder: string, port: number): Promise<RunningProcess> {
  const child = spawn(process.execPath, [SERVER], {
    env: { PORT: String(port), LIASSE_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const kill = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith('{')) continue;
    const event = JSON.parse(line) as { event: string; url: string; ownerLink: string | null };
    if (event.event === 'ready') return { url: event.url, ownerLink: event.ownerLink, kill };
  }
  throw new Error('the server ended before it was ready');
}

function accepted<T>(answer: Asked<T>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.code}`);
  return answer.value;
}

/** A device with a disk of its own, signed in. */
function device(url: string, { me }: Session, server: HttpServer): Replica {
  const replica = deviceWith(server, { address: url, person: me.account });
  onTestFinished(() => replica.close());
  return replica;
}

const comesTrue = (check: () => boolean) => vi.waitUntil(check, { timeout: 60_000, interval: 10 });
const online = ({ sync }: OpenDoc) => sync.getSnapshot().connection === 'online';
const unsent = ({ sync }: OpenDoc) => sync.getSnapshot().unsent;

test('kill -9 of the server amid two people’s edits: all of both is on both sides afterwards, and recorded', {
  timeout: 180_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'liasse-faults-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const server = await startServer(folder, 0);
  const { url } = server;
  const signUp = async (link: string, name: string) => {
    const form = { token: link.split('#')[1] ?? '', name, email: `${name}@exemple.fr`, password: 'motdepasse' };
    const session = accepted(await httpServer(url, { bearer: () => null }).accounts.signUp(form));
    return { session, port: httpServer(url, { bearer: () => session.bearer }) };
  };
  const olympe = await signUp(server.ownerLink ?? '', 'olympe');
  const team = newId<TeamId>(random);
  accepted(await olympe.port.accounts.createTeam({ id: team, name: 'Bureau' }));
  const basile = await signUp(accepted(await olympe.port.accounts.invite(team, 'editor')).url, 'basile');

  const [a, b] = [olympe, basile].map(({ session, port }) => device(url, session, port).open(boardRoom(team))) as [
    OpenDoc,
    OpenDoc,
  ];
  await Promise.all([a.loaded, b.loaded]);
  await comesTrue(() => online(a) && online(b));
  await comesTrue(() => [a, b].every((open) => open.people.getSnapshot().length === 2));
  expect(new Set(a.people.getSnapshot().map(({ name }) => name))).toEqual(new Set(['olympe', 'basile']));

  let edits = 0;
  const write = () => {
    a.doc.getMap('edits').set(`a${edits}`, edits);
    b.doc.getMap('edits').set(`b${edits}`, edits);
    edits += 1;
  };
  const editing = setInterval(write, 5);
  await comesTrue(() => edits > 60);
  await server.kill();
  const whenKilled = edits;
  await comesTrue(() => edits > whenKilled + 20);
  clearInterval(editing);
  // The chip does not flatter: what was edited without a server is not said to be on it.
  expect([a, b].map((open) => [online(open), unsent(open) > 0])).toEqual([
    [false, true],
    [false, true],
  ]);

  await startServer(folder, Number(new URL(url).port));
  await comesTrue(() => [a, b].every((open) => online(open) && unsent(open) === 0));
  await comesTrue(() => [a, b].every((open) => open.doc.getMap('edits').size === 2 * edits));
  expect(b.doc.getMap('edits').toJSON()).toEqual(a.doc.getMap('edits').toJSON());
});
