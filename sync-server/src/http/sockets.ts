import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, RoomName, SOCKET_PATH, SUBPROTOCOL, WireLimits } from '@liasse/core/protocol';
import { type WebSocket, WebSocketServer, WebSocket as WsSocket } from 'ws';
import { admit, type Door } from '../room/door.ts';
import { isExtension, isOwn } from './origins.ts';
import type { Site } from './site.ts';

/** A browser is told 1009 for a frame too large; ours say why in their own numbers. */
class Socket extends WsSocket {
  stream?: Duplex;

  override close(code?: number, reason?: string | Buffer): void {
    super.close(code === 1009 ? CloseCode.tooLarge : code, reason);
  }
}

/**
 * Sockets at `/sync/<room>`. Every upgrade is accepted and then, if need be, closed with a code: a browser cannot read
 * an HTTP refusal. No cookie is looked at here, only the ticket.
 */
export function acceptSockets(server: Server, site: Site): { stop(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    WebSocket: Socket,
    maxPayload: WireLimits.maxFrameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.stream = stream;
      socket.on('error', ignored);
      enter(site, socket, request);
    });
  };
  server.on('upgrade', onUpgrade);
  return { stop: () => server.off('upgrade', onUpgrade) };
}

// An error is always followed by a close, which is what is listened to. Not made for each socket: it would keep the request.
const ignored = (): void => {};

function enter(site: Site, socket: WebSocket, request: IncomingMessage): void {
  const { origin } = request.headers;
  const turnedAway = (code: CloseCode) => site.figures.refused('socket', String(code));
  const turnAway = (code: CloseCode) => {
    turnedAway(code);
    socket.close(code);
  };
  // Absent for a client that is not a browser, which could say anything.
  if (origin !== undefined && !isExtension(origin) && !isOwn(origin, site.publicUrl())) {
    turnAway(CloseCode.forbidden);
    return;
  }
  const room = roomOf(request.url ?? '');
  if (!room) turnAway(CloseCode.malformed);
  else {
    const rooms: Door['rooms'] = {
      join: async (joining, name, right) => {
        const joined = await site.rooms.join(joining, name, right);
        // A session that ended while the room was opened had no socket yet to be closed.
        if (!site.sessions.has(right.session)) joining.close(CloseCode.ticket);
        return joined;
      },
    };
    const door = { ...site, rooms, turnedAway, suspect: () => void site.health.suspect() };
    void admit(door, socket, { room, ticket: ticketOf(request) });
  }
}

function roomOf(url: string): RoomName | null {
  const [path] = url.split('?');
  if (!path?.startsWith(`${SOCKET_PATH}/`)) return null;
  return RoomName.safeParse(path.slice(SOCKET_PATH.length + 1)).data ?? null;
}

function ticketOf(request: IncomingMessage): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return offered.find((name) => name !== SUBPROTOCOL) ?? '';
}
