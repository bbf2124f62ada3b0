import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { MAX_BLOB_BYTES, type RoomName } from '@liasse/core/protocol';
import { expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { configOn, startSite, temporaryFolder } from '../testing/testServer.ts';

const bytes = new TextEncoder().encode('<!doctype html><title>Une page</title>');
const hash = createHash('sha256').update(bytes).digest('hex');

test('[S60] a blob goes up through a room, and comes down through it as it was', async () => {
  const site = await startSite();
  const reader = await site.join('reader');
  const path = `/api/blobs/${hash}?room=${encodeURIComponent(site.room)}`;
  expect(await site.owner.ask('PUT', path, bytes)).toMatchObject({ status: 200, body: { ok: true } });
  expect((await site.owner.ask('PUT', path, bytes)).status).toBe(200);
  const got = await reader.ask('GET', path);
  expect(got).toMatchObject({ status: 200, body: bytes });
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'cache-control': 'private, no-cache',
    'content-disposition': 'attachment',
    'content-security-policy': "sandbox; default-src 'none'",
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
  });
});

test('[S61] bytes that do not match their name are refused, and leave nothing', async () => {
  const folder = await temporaryFolder();
  const site = await startSite({}, configOn(folder));
  const path = `/api/blobs/${hash}?room=${site.room}`;
  const refused = await site.owner.ask('PUT', path, new TextEncoder().encode('autre chose'));
  expect(refused).toMatchObject({ status: 422, body: { ok: false, code: 'hash-mismatch' } });
  expect((await site.owner.ask('GET', path)).status).toBe(404);
  expect(await readdir(join(folder, 'blobs', 'incoming'))).toEqual([]);
  // The connection and the server go on.
  expect((await site.owner.ask('PUT', path, bytes)).status).toBe(200);
});

test('[S61] a blob larger than allowed is refused by its announced size, with a name that is none before anything', async () => {
  const site = await startSite();
  const { host, hostname, port } = new URL(site.server.url);
  const socket = connect(Number(port), hostname);
  const answer = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (data) => {
      text += String(data);
    });
    socket.on('close', () => resolve(text));
  });
  socket.write(
    `PUT /api/blobs/${hash}?room=${site.room} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${site.owner.bearer}\r\n` +
      `content-type: application/octet-stream\r\ncontent-length: ${MAX_BLOB_BYTES + 1}\r\n\r\nabc`,
  );
  expect(await answer).toMatch(/413[\s\S]*"code":"too-large"/);
  const named = await site.owner.ask('PUT', `/api/blobs/nothex?room=${site.room}`, bytes);
  expect(named).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
});

test('[S62] a blob is read only through a room that refers to it, by who may read that room', async () => {
  const site = await startSite();
  const [reader, outsider] = [await site.join('reader'), await site.join('editor')];
  await site.owner.ask('PUT', `/api/blobs/${hash}?room=${site.room}`, bytes);
  const dossier = `${site.team}/dossier/${site.team}` as RoomName;
  const elsewhere = await reader.ask('GET', `/api/blobs/${hash}?room=${dossier}`);
  expect(elsewhere).toMatchObject({ status: 404, body: { code: 'not-found' } });
  site.server.directory.setRole(site.team, outsider.id, null);
  const refused = await outsider.ask('GET', `/api/blobs/${hash}?room=${site.room}`);
  expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  const put = await reader.ask('PUT', `/api/blobs/${hash}?room=${dossier}`, bytes);
  expect(put).toMatchObject({ status: 403, body: { code: 'forbidden' } });
});

test('[S63] an upload cut in the middle leaves nothing behind', async () => {
  const folder = await temporaryFolder();
  const site = await startSite({}, configOn(folder));
  const { host, hostname, port } = new URL(site.server.url);
  const incoming = () => readdir(join(folder, 'blobs', 'incoming'));
  const socket = connect(Number(port), hostname);
  socket.write(
    `PUT /api/blobs/${hash}?room=${site.room} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${site.owner.bearer}\r\n` +
      'content-type: application/octet-stream\r\ncontent-length: 5000\r\n\r\nabc',
  );
  await eventually(async () => (await incoming()).length === 1);
  socket.destroy();
  await eventually(async () => (await incoming()).length === 0);
  expect((await site.owner.ask('GET', `/api/blobs/${hash}?room=${site.room}`)).status).toBe(404);
});
