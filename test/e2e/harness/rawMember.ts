import type { RoomName, TeamId } from '@liasse/core/protocol';
import { expect, type Page } from '@playwright/test';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Someone } from './people.ts';
import type { TestServer } from './server.ts';

/** A member of a team whose device is not ours: it says what it likes, over the ordinary wire. */
export class RawMember {
  readonly account: string;
  readonly #server: TestServer;
  readonly #bearer: string;

  private constructor(server: TestServer, bearer: string, account: string) {
    this.#server = server;
    this.#bearer = bearer;
    this.account = account;
  }

  static async signIn(server: TestServer, { email, password }: Someone): Promise<RawMember> {
    const { bearer, me } = await call<{ bearer: string; me: { account: { id: string } } }>(server, '/api/session', {
      method: 'POST',
      body: JSON.stringify({ email, password }),
    });
    return new RawMember(server, bearer, me.account.id);
  }

  async putBlob(room: RoomName, hash: string, bytes: Uint8Array): Promise<void> {
    const path = `/api/blobs/${hash}?room=${encodeURIComponent(room)}`;
    await call(this.#server, path, { method: 'PUT', body: Buffer.from(bytes) }, this.#bearer);
  }

  /** Changes a document through a stock y-websocket client, and leaves once another such client has seen the change. */
  async change(room: RoomName, edit: (doc: Y.Doc) => void): Promise<void> {
    const [writer, witness] = [await this.#provider(room), await this.#provider(room)];
    try {
      edit(writer.doc);
      const whole = () => JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(writer.doc))].sort());
      const seen = () => JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(witness.doc))].sort());
      await expect.poll(seen).toBe(whole());
    } finally {
      writer.destroy();
      witness.destroy();
    }
  }

  /** Sends one frame on a socket of its own; resolves with the code it is closed with. */
  async say(room: RoomName, frame: Uint8Array): Promise<number> {
    const socket = new WebSocket(`${this.#socketUrl}/${room}`, ['liasse.v1', await this.#ticket(room)]);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.once('open', () => socket.send(frame));
    return closed;
  }

  get #socketUrl(): string {
    return `${this.#server.url.replace('http', 'ws')}/sync`;
  }

  async #provider(room: RoomName): Promise<WebsocketProvider> {
    const provider = new WebsocketProvider(this.#socketUrl, room, new Y.Doc(), {
      protocols: ['liasse.v1', await this.#ticket(room)],
      disableBc: true,
    });
    await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
    return provider;
  }

  async #ticket(room: RoomName): Promise<string> {
    const request = { method: 'POST', body: JSON.stringify({ room }) };
    return (await call<{ ticket: string }>(this.#server, '/api/tickets', request, this.#bearer)).ticket;
  }
}

/** The team on screen, from the page's address. */
export function teamOnScreen(page: Page): TeamId {
  const team = /equipe\/([^/]+)/.exec(page.url())?.[1];
  if (team === undefined) throw new Error(`no team at ${page.url()}`);
  return team as TeamId;
}

async function call<T>(server: TestServer, path: string, init: RequestInit, bearer?: string): Promise<T> {
  const type = typeof init.body === 'string' ? 'application/json' : 'application/octet-stream';
  const headers = { 'content-type': type, ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }) };
  const answer = await fetch(`${server.url}${path}`, { ...init, headers });
  expect(answer.ok, `${init.method} ${path}: ${answer.status}`).toBe(true);
  return JSON.parse((await answer.text()) || 'null');
}
