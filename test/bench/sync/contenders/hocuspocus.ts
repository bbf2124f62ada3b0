import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import { hocuspocusDialect, LightClient, type LightOptions } from '../light.ts';
import { startMeasured } from '../process.ts';
import type { Contender } from './contender.ts';

const SERVER = fileURLToPath(new URL('../servers/hocuspocus.ts', import.meta.url));
const PROVIDER_VERSION = '4.7.0';

/** Hocuspocus with its SQLite extension on a file. It says that it has an edit; it stores it two to ten seconds later. */
export async function startHocuspocus(folder: string): Promise<Contender> {
  const server = await startMeasured(SERVER, { DATABASE: join(folder, 'hocuspocus.sqlite') });
  const url = `ws://127.0.0.1:${server.ready.port}`;
  let rooms = 0;
  const dial = async (room: string, options: Omit<LightOptions, 'dialect'> = {}) =>
    new LightClient(url, [], { ...options, dialect: hocuspocusDialect(room, PROVIDER_VERSION) });
  return {
    name: 'Hocuspocus',
    server,
    acknowledges: true,
    keeps: true,
    newRoom: () => {
      rooms += 1;
      return `room-${rooms}`;
    },
    provide: async (room, doc) => {
      const socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket });
      const provider = new HocuspocusProvider({ websocketProvider: socket, name: room, document: doc, token: 'token' });
      const synced = new Promise<void>((resolve) => provider.on('synced', () => resolve()));
      provider.attach();
      await synced;
      return {
        doc,
        close: () => {
          provider.destroy();
          socket.destroy();
          doc.destroy();
        },
      };
    },
    dial,
    join: async (room, options) => {
      const client = await dial(room, options);
      await client.synced;
      return client;
    },
    again: async () => {
      await server.end('SIGKILL');
      return startHocuspocus(folder);
    },
    close: () => server.end('SIGKILL'),
  };
}
