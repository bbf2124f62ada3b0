import { boardRoom, CloseCode, newId, type RoomName, type TeamId } from '@liasse/core/protocol';
import { describe, expect, test } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { ConfigError, readConfig } from './config.ts';
import { startServer } from './server.ts';
import { brokenStore } from './testing/brokenStore.ts';
import { eventually } from './testing/eventually.ts';
import { spawnServer } from './testing/serverProcess.ts';
import { edit, TestClient } from './testing/testClient.ts';
import { ask, configOn, random, signUp, startSite, type TestPerson, temporaryFolder } from './testing/testServer.ts';

const step2 = ({ type }: { type: string }) => type === 'step2';

function socketOf(url: string, room: RoomName, ticket: string): TestClient {
  return new TestClient(`${url.replace('http', 'ws')}/sync/${room}`, ['liasse.v1', ticket]);
}

async function teamOf(owner: TestPerson): Promise<RoomName> {
  const team = newId<TeamId>(random);
  await owner.ask('POST', '/api/teams', { id: team, name: 'Bureau' });
  return boardRoom(team);
}

// Each starts processes, which a busy machine does slowly.
describe('the process', { timeout: 90_000 }, () => {
  test('[S2] kill -9 amid edits: everything that was said to be recorded is there afterwards', async () => {
    const folder = await temporaryFolder();
    let server = await spawnServer(folder);
    const owner = await signUp(server.url, server.ownerLink ?? '', 'Olympe');
    const room = await teamOf(owner);
    const recorded = new Set<string>();
    const port = Number(new URL(server.url).port);

    for (let round = 0; round < 2; round += 1) {
      const client = socketOf(server.url, room, await owner.ticket(room));
      await new Promise((resolve) => client.socket.once('open', resolve));
      client.hello();
      let wanted = 0;
      const writing = (async () => {
        for (let n = 0; ; n += 1) {
          const key = `${round}-${n}`;
          client.update(edit(key, 'x'.repeat(500)));
          wanted = n;
          await client.recorded();
          recorded.add(key);
        }
      })().catch(() => {});
      await eventually(() => wanted > 40 + round * 13);
      expect((await server.end('SIGKILL')).signal).toBe('SIGKILL');
      await writing;
      server = await spawnServer(folder, port);
      expect(server.ownerLink).toBeNull();
    }

    const reader = socketOf(server.url, room, await owner.ticket(room));
    await new Promise((resolve) => reader.socket.once('open', resolve));
    reader.step1();
    await reader.hears(step2);
    const there = new Set(reader.doc().getMap('cards').keys());
    expect(recorded.size).toBeGreaterThan(60);
    for (const key of recorded) expect(there).toContain(key);
  });

  test('[S81] SIGTERM commits, closes 1012 and leaves in time; what was sent is there at the next start', async () => {
    const folder = await temporaryFolder();
    const server = await spawnServer(folder);
    const owner = await signUp(server.url, server.ownerLink ?? '', 'Olympe');
    const room = await teamOf(owner);
    const client = socketOf(server.url, room, await owner.ticket(room));
    await new Promise((resolve) => client.socket.once('open', resolve));
    client.hello();
    client.update(edit('a', 'kept'));
    await client.recorded();
    const ended = server.end('SIGTERM');
    expect(await client.closed).toBe(CloseCode.restart);
    expect(await ended).toEqual({ code: 0, signal: null });
    const again = await spawnServer(folder, Number(new URL(server.url).port));
    const reader = socketOf(again.url, room, await owner.ticket(room));
    await new Promise((resolve) => reader.socket.once('open', resolve));
    reader.step1();
    await reader.hears(step2);
    expect(reader.doc().getMap('cards').toJSON()).toEqual({ a: 'kept' });
  });

  test('[S82] the log names events and never what people wrote or hold; the owner’s link stands once on a line', async () => {
    const server = await spawnServer(await temporaryFolder());
    const owner = await signUp(server.url, server.ownerLink ?? '', 'Olympe');
    const room = await teamOf(owner);
    const ticket = await owner.ticket(room);
    const client = socketOf(server.url, room, ticket);
    await new Promise((resolve) => client.socket.once('open', resolve));
    client.hello();
    client.update(edit('clé', 'contenu secret'));
    await client.recorded();
    await server.end('SIGTERM');
    const all = server.lines.join('\n');
    expect(all).toContain('"event":"ready"');
    expect(server.lines.filter((line) => line.trim() === server.ownerLink)).toHaveLength(1);
    for (const secret of [ticket, owner.bearer, 'contenu', 'motdepasse']) expect(all).not.toContain(secret);
  });

  test('[S82] nor through all that goes wrong: refusals, malformed frames and bodies, a store that fails, a full stop', async () => {
    const lines: string[] = [];
    const store = brokenStore({ full: false });
    const log = (event: string, fields = {}) => lines.push(JSON.stringify({ event, ...fields }));
    const site = await startSite({ store, log, timings: { probeMs: 10 } });
    const editor = await site.join('editor', 'Basile Durand');
    const invitation = await site.owner.ask('POST', `/api/teams/${site.team}/invitations`, { role: 'reader' });
    const token = (invitation.body as { url: string }).url.split('#')[1] ?? '';
    const form = { email: editor.email, password: 'mot de passe erroné' };
    expect((await ask(`${site.server.url}/api/session`, { method: 'POST', body: form })).status).toBe(400);
    const url = `${site.server.url}/api/session`;
    const malformed = { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'motdepasse{' };
    expect((await fetch(url, malformed)).status).toBe(400);
    expect((await ask(`${site.server.url}/api/links/${token}?bearer=${editor.bearer}`)).status).toBe(404);
    const words = new TextEncoder().encode('paroles confidentielles');
    const wrong = await editor.ask('PUT', `/api/blobs/${'0'.repeat(64)}?room=${site.room}`, words);
    expect(wrong.status).toBe(422);

    const tickets = [await editor.ticket(site.room), await editor.ticket(site.room), await editor.ticket(site.room)];
    const [writer, rude, late] = tickets.map((ticket) => TestClient.at(site, site.room, ticket)) as [
      TestClient,
      TestClient,
      TestClient,
    ];
    await Promise.all([writer, rude].map(({ socket }) => new Promise((resolve) => socket.once('open', resolve))));
    rude.say(new Uint8Array([0, 2, words.length + 9, ...words]));
    await rude.closed;
    writer.hello();
    writer.update(edit('titre', 'délibération secrète'));
    await writer.recorded();
    store.fail();
    writer.update(edit('suite', 'délibération secrète'));
    await writer.closed;
    late.socket.terminate();
    store.mend();
    await editor.ask('DELETE', '/api/session');
    await site.server.close();

    const all = lines.join('\n');
    for (const event of ['signed-in', 'link-followed', 'room-commit-failed', 'signed-out']) {
      expect(all).toContain(`"event":"${event}"`);
    }
    const people = ['Basile', 'Durand', editor.email, site.owner.email, 'Olympe', 'Bureau des essais'];
    const secrets = [...tickets, token, editor.bearer, site.owner.bearer, 'mot de passe', 'motdepasse'];
    for (const word of [...people, ...secrets, 'paroles', 'confidentielles', 'titre', 'suite', 'délibération']) {
      expect(all).not.toContain(word);
    }
  });

  test('[S83] a second server on the same folder is refused in words', async () => {
    const folder = await temporaryFolder();
    const first = await startServer(configOn(folder));
    await expect(startServer(configOn(folder))).rejects.toThrow(ConfigError);
    await first.close();
    await (await startServer(configOn(folder))).close();
  });
});

describe('[S80] the environment', () => {
  test('says nothing: this machine only, port 4400', () => {
    expect(readConfig({})).toMatchObject({ port: 4400, host: '127.0.0.1', publicUrl: null, tls: null });
  });

  test.each([
    [{ HOST: '0.0.0.0' }],
    [{ HOST: 'liasse.interieur.gouv.fr' }],
    [{ HOST: '0.0.0.0', LIASSE_TRUST_PROXY: '1' }],
    [{ HOST: '0.0.0.0', LIASSE_TRUST_PROXY: '1', LIASSE_PUBLIC_URL: 'http://liasse.example' }],
    [{ HOST: '0.0.0.0', LIASSE_TLS_CERT: 'c', LIASSE_TLS_KEY: 'k' }],
    [{ LIASSE_TLS_CERT: 'cert.pem' }],
    [{ PORT: 'beaucoup' }],
  ])('refuses %o', (environment) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
  });

  test('accepts TLS of its own, or a declared proxy with its address', () => {
    const proxy = { HOST: '0.0.0.0', LIASSE_TRUST_PROXY: '1', LIASSE_PUBLIC_URL: 'https://liasse.example/' };
    expect(readConfig(proxy).publicUrl).toBe('https://liasse.example');
    const own = {
      HOST: '0.0.0.0',
      LIASSE_TLS_CERT: 'c',
      LIASSE_TLS_KEY: 'k',
      LIASSE_PUBLIC_URL: 'https://liasse.example',
    };
    expect(readConfig(own).tls).not.toBeNull();
  });
});

describe('a stock client', () => {
  test('[S84] y-websocket with a ticket syncs both ways, and stays through a silence', async () => {
    const site = await startSite({ timings: { heartbeatMs: 20, presenceMs: 1 } });
    const connect = async (person: TestPerson, doc: Y.Doc) => {
      const provider = new WebsocketProvider(`${site.server.url.replace('http', 'ws')}/sync`, site.room, doc, {
        protocols: ['liasse.v1', await person.ticket(site.room)],
        disableBc: true,
      });
      await eventually(() => provider.synced);
      return provider;
    };
    const [one, two] = [new Y.Doc(), new Y.Doc()];
    one.getMap('cards').set('before', 1);
    const first = await connect(site.owner, one);
    const second = await connect(await site.join('editor', 'Basile'), two);
    expect(two.getMap('cards').toJSON()).toEqual({ before: 1 });
    one.getMap('cards').set('a', 'one');
    two.getMap('cards').set('b', 'two');
    const both = { before: 1, a: 'one', b: 'two' };
    for (const doc of [one, two]) {
      await eventually(() => doc.getMap('cards').size === 3);
      expect(doc.getMap('cards').toJSON()).toEqual(both);
    }
    second.awareness.setLocalStateField('user', { name: 'quelqu’un d’autre' });
    await eventually(() => first.awareness.getStates().get(two.clientID)?.user?.name === 'Basile');
    const heardAt = first.wsLastMessageReceived;
    await eventually(() => first.wsLastMessageReceived > heardAt);
    expect([first.wsconnected, second.wsconnected]).toEqual([true, true]);
    second.destroy();
    await eventually(() => !first.awareness.getStates().has(two.clientID));
    first.destroy();
  });

  test('[S84] health is told while rooms are used', async () => {
    const site = await startSite();
    expect((await ask(`${site.server.url}/healthz`)).status).toBe(200);
  });
});
