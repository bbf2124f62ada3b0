import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { LightClient, type LightOptions, PLAIN, RELAYED } from '../light.ts';
import { startMeasured } from '../process.ts';
import { applying } from './applying.ts';
import type { Contender, Provider } from './contender.ts';

const STOCK = fileURLToPath(new URL('../servers/stock.ts', import.meta.url));
const RELAY = fileURLToPath(new URL('../servers/relay.ts', import.meta.url));

/** `@y/websocket-server`: keeps documents in memory, and nothing on a disk. */
export async function startStock(): Promise<Contender> {
  const plain = await startPlain('@y/websocket-server', STOCK, PLAIN);
  return { ...plain, provide: (room, doc) => websocketProvider(plain.url, room, doc, []) };
}

/** A bare relay on `ws`: the floor. It has no documents, so that its clients ask it for none. */
export async function startRelay(): Promise<Contender> {
  const plain = await startPlain('ws relay', RELAY, RELAYED);
  return { ...plain, provide: (room, doc) => applying(plain, room, doc) };
}

async function startPlain(
  name: string,
  file: string,
  dialect: LightOptions['dialect'],
): Promise<Omit<Contender, 'provide'> & { readonly url: string }> {
  const server = await startMeasured(file, {});
  const url = `ws://127.0.0.1:${server.ready.port}`;
  let rooms = 0;
  const dial = async (room: string, options: Omit<LightOptions, 'dialect'> = {}) =>
    new LightClient(`${url}/${room}`, [], { ...options, dialect });
  return {
    name,
    url,
    server,
    acknowledges: false,
    keeps: false,
    newRoom: () => {
      rooms += 1;
      return `room-${rooms}`;
    },
    dial,
    join: async (room, options) => {
      const client = await dial(room, options);
      await client.synced;
      return client;
    },
    again: async () => {
      await server.end('SIGKILL');
      return dialect === PLAIN ? startStock() : startRelay();
    },
    close: () => server.end('SIGKILL'),
  };
}

/** y-websocket’s own client. */
export async function websocketProvider(
  url: string,
  room: string,
  doc: Y.Doc,
  protocols: readonly string[],
): Promise<Provider> {
  const provider = new WebsocketProvider(url, room, doc, {
    protocols: [...protocols],
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  });
  await new Promise<void>((resolve, reject) => {
    provider.once('sync', () => resolve());
    provider.once('connection-close', (event: { code: number } | null) =>
      reject(new Error(`a provider was closed with ${event?.code}`)),
    );
  });
  return {
    doc,
    close: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}
