import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountId } from '@liasse/core';
import type { RoomName } from '@liasse/core/protocol';
import { httpServer, type Replica } from '@liasse/core/replica';
import { setupWSConnection } from '@y/websocket-server/utils';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocketServer, WebSocket as Ws } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { deviceWith } from '../bench/spine/device.ts';

// The other way round, a stock client with this server, is rule S84 of sync-server.

const ROOM = `${'a'.repeat(24)}/board` as RoomName;
const comesTrue = (check: () => boolean) => vi.waitUntil(check, { timeout: 15_000, interval: 5 });

/** `@y/websocket-server` as it comes. Gives where it listens. */
async function stockServer(): Promise<string> {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  sockets.on('connection', setupWSConnection);
  http.on('upgrade', (request, stream, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  });
  return `127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/** The product’s own client, its disk in memory, with a server that asks for no ticket. */
function device(address: string): Replica {
  const server = {
    ...httpServer(`http://${address}`, { bearer: () => null }),
    socketUrl: `ws://${address}`,
    ticket: async () => ({ ticket: 'none', expiresAt: Date.now() + 60_000, role: 'editor' as const }),
  };
  const replica = deviceWith(server, { address, person: { id: 'a'.repeat(24) as AccountId, name: 'Olympe' } });
  onTestFinished(() => replica.close());
  return replica;
}

test('[P16] this client with a stock server: both ways, with a stock client beside it, and “sent” is the most that it says', async () => {
  const address = await stockServer();
  const [one, other] = [device(address).open(ROOM), device(address).open(ROOM)];
  const stock = new WebsocketProvider(`ws://${address}`, ROOM, new Y.Doc(), {
    WebSocketPolyfill: Ws as unknown as typeof WebSocket,
    disableBc: true,
  });
  onTestFinished(() => {
    stock.destroy();
    stock.doc.destroy();
  });
  await Promise.all([one.loaded, other.loaded]);
  one.doc.getMap('m').set('one', 1);
  stock.doc.getMap('m').set('stock', 1);
  const all = () => [one.doc, other.doc, stock.doc].map((doc) => doc.getMap('m'));
  await comesTrue(() => all().every((map) => map.size === 2));
  other.doc.getMap('m').set('other', 1);
  await comesTrue(() => all().every((map) => map.size === 3));
  await comesTrue(() => [one, other].every(({ sync }) => sync.getSnapshot().connection === 'sent'));
  // Its heartbeat, presence, and whatever else a stock server says change nothing of that.
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const { sync } of [one, other]) {
    const { connection, recordedAt, unsent } = sync.getSnapshot();
    expect([connection, recordedAt]).toEqual(['sent', null]);
    expect(unsent).toBeGreaterThan(0);
  }
});
