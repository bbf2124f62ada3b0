import { CloseCode, type RoomName } from '@liasse/core/protocol';
import type { WebSocket } from 'ws';
import type { RightsReader } from '../access/rights.ts';
import type { Tickets } from '../access/tickets.ts';
import { ErasedRoomError } from '../store/roomStore.ts';
import type { Right } from './connection.ts';
import type { Rooms } from './rooms.ts';

/** What stands between an open socket and its room. */
export interface Door {
  readonly tickets: Pick<Tickets, 'redeem'>;
  readonly rights: RightsReader;
  readonly rooms: Pick<Rooms, 'join'>;
  /** A socket is closed with that code instead of being let in. */
  readonly turnedAway: (code: CloseCode) => void;
  /** A room could not be opened: the store may have failed. */
  readonly suspect: () => void;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** Lets a socket into the room that its ticket opens, or closes it with the code that says why not. */
export async function admit(door: Door, socket: WebSocket, asked: { room: RoomName; ticket: string }): Promise<void> {
  const right = rightOf(door, asked);
  const close = (code: CloseCode) => {
    door.turnedAway(code);
    socket.close(code);
  };
  if (typeof right === 'number') {
    close(right);
    return;
  }
  const { room } = asked;
  try {
    await door.rooms.join(socket, room, right);
  } catch (error) {
    const erased = error instanceof ErasedRoomError;
    if (!erased) door.log('room-not-opened', { room, reason: error instanceof Error ? error.name : 'unknown' });
    socket.resume();
    close(erased ? CloseCode.deleted : CloseCode.store);
    if (!erased) door.suspect();
  }
}

function rightOf({ tickets, rights }: Door, { room, ticket }: { room: RoomName; ticket: string }): Right | CloseCode {
  const grant = tickets.redeem(ticket, room);
  if (!grant) return CloseCode.ticket;
  const { account, name, session } = grant;
  const role = () => rights.of(account, room);
  const enteredAs = role();
  return enteredAs ? { account, name, session, enteredAs, role } : CloseCode.forbidden;
}
