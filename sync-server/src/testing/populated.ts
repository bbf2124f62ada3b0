import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccountId, boardRoom, newId, type RoomName, type TeamId } from '@liasse/core/protocol';
import { startServer } from '../server.ts';
import { edit, TestClient } from './testClient.ts';
import { configOn, quickPasswords, random, signUp, type TestPerson, type TestSite } from './testServer.ts';

export interface Populated {
  readonly room: RoomName;
  readonly account: AccountId;
  readonly owner: TestPerson;
  /** Hashes of the blobs of the room, in order. */
  readonly blobs: readonly string[];
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Puts bytes as a blob of the room; gives their hash. */
export async function putBlob(owner: TestPerson, room: RoomName, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const hash = hashOf(bytes);
  const { status } = await owner.ask('PUT', `/api/blobs/${hash}?room=${encodeURIComponent(room)}`, bytes);
  if (status !== 200) throw new Error(`no blob: ${status}`);
  return hash;
}

let made: Promise<Populated & { readonly folder: string }> | null = null;

/** A copy of one populated folder, which is filled once. */
export async function populatedCopy(folder: string): Promise<Populated> {
  made ??= (async () => {
    const original = await mkdtemp(join(tmpdir(), 'liasse-populated-'));
    process.once('exit', () => rmSync(original, { recursive: true, force: true }));
    return { folder: original, ...(await populate(original)) };
  })();
  const { folder: original, ...populated } = await made;
  await cp(original, folder, { recursive: true });
  return populated;
}

/** Fills a data folder as people do: an account, a board with three rows, two blobs, two receipts. No server runs on it after. */
async function populate(folder: string): Promise<Populated> {
  const server = await startServer(configOn(folder), { passwords: quickPasswords });
  const owner = await signUp(server.url, server.ownerLink ?? '', 'Olympe');
  const team = newId<TeamId>(random);
  await owner.ask('POST', '/api/teams', { id: team, name: 'Bureau' });
  await owner.ask('POST', `/api/teams/${team}/invitations`, { role: 'reader' });
  const room = boardRoom(team);
  const client = await TestClient.open({ server } as TestSite, owner, room);
  client.hello();
  for (const key of ['a', 'b', 'c']) {
    client.update(edit(key, `valeur ${key}`));
    await client.recorded();
  }
  const blobs = [await putBlob(owner, room, 'première pièce'), await putBlob(owner, room, 'seconde pièce')].sort();
  for (const manifestSha256 of blobs) await owner.ask('POST', '/api/receipts', { room, manifestSha256 });
  client.socket.terminate();
  await server.close();
  return { room, account: owner.id, owner, blobs };
}
