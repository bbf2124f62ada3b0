import { fileURLToPath } from 'node:url';
import { type DossierId, newId, type TeamId } from '@liasse/core';
import { dossierRoom, type RoomName, SUBPROTOCOL } from '@liasse/core/protocol';
import { httpServer } from '@liasse/core/replica';
import { random } from '../../spine/content.ts';
import { signUpOwner } from '../../spine/member.ts';
import { LightClient, type LightOptions, OURS } from '../light.ts';
import { startMeasured } from '../process.ts';
import type { Contender } from './contender.ts';
import { websocketProvider } from './stock.ts';

const SERVER = fileURLToPath(new URL('../../../../sync-server/src/main.ts', import.meta.url));

export const startLiasse = (folder: string): Promise<Contender> => start(folder, null);

async function start(folder: string, known: { bearer: string; team: TeamId } | null): Promise<Contender> {
  const server = await startMeasured(SERVER, { PORT: '0', LIASSE_DATA: folder });
  const url = String(server.ready.url);
  const member = known ?? (await signUpOwner(url, server.ready.ownerLink as string | null));
  const http = httpServer(url, { bearer: () => member.bearer });
  const ticketTo = async (room: string): Promise<string> => {
    const answer = await http.ticket(room as RoomName);
    if (typeof answer !== 'object') throw new Error(`no ticket: ${answer}`);
    return answer.ticket;
  };
  const dial = async (room: string, options: Omit<LightOptions, 'dialect'> = {}) =>
    new LightClient(`${http.socketUrl}/${room}`, [SUBPROTOCOL, await ticketTo(room)], { ...options, dialect: OURS });
  return {
    name: 'Liasse',
    server,
    acknowledges: true,
    keeps: true,
    newRoom: () => dossierRoom(member.team, newId<DossierId>(random)),
    provide: async (room, doc) => websocketProvider(http.socketUrl, room, doc, [SUBPROTOCOL, await ticketTo(room)]),
    dial,
    join: async (room, options) => {
      const client = await dial(room, options);
      await client.synced;
      return client;
    },
    again: async () => {
      await server.end('SIGKILL');
      return start(folder, member);
    },
    // Not killed: a profile is written at the end.
    close: () => server.end('SIGTERM'),
  };
}
