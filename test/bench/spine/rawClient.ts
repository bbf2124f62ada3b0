import {
  decodeWire,
  encodeSyncUpdate,
  encodeWire,
  MessageType,
  messageTypeOf,
  type RoomName,
  SUBPROTOCOL,
  SyncType,
  WIRE_VERSION,
} from '@liasse/core/protocol';
import { httpServer } from '@liasse/core/replica';
import { WebSocket } from 'ws';

/** A socket of one room and nothing else: a thousand replicas would weigh more than what is measured. */
export interface RawClient {
  /** Sends an update; resolves when the server has recorded it. */
  write(update: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Opens a room; resolves when the server has sent what it holds. */
export async function openRaw(url: string, bearer: string, room: RoomName): Promise<RawClient> {
  const server = httpServer(url, { bearer: () => bearer });
  const ticket = await server.ticket(room);
  if (typeof ticket !== 'object') throw new Error(`no ticket: ${ticket}`);
  const socket = new WebSocket(`${server.socketUrl}/${room}`, [SUBPROTOCOL, ticket.ticket]);
  const heard = new Set<(frame: Uint8Array) => void>();
  socket.on('message', (data: Buffer) => {
    for (const listener of heard) listener(data);
  });
  const hear = (isIt: (frame: Uint8Array) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const gone = (code: number) => reject(new Error(`the server closed the socket with ${code}`));
      const listener = (frame: Uint8Array) => {
        if (!isIt(frame)) return;
        heard.delete(listener);
        socket.off('close', gone);
        resolve();
      };
      heard.add(listener);
      socket.once('close', gone);
    });

  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const whole = hear((frame) => messageTypeOf(frame) === MessageType.sync && frame[1] === SyncType.step2);
  socket.send(encodeWire({ type: 'hello', version: WIRE_VERSION, epoch: '', seq: 0 }));
  // The state vector of an empty document.
  socket.send(Uint8Array.of(MessageType.sync, SyncType.step1, 1, 0));
  await whole;
  return {
    write: (update) => {
      const recorded = hear((frame) => decodeWire(frame)?.type === 'recorded');
      socket.send(encodeSyncUpdate(update));
      socket.send(encodeWire({ type: 'mark', n: 1 }));
      return recorded;
    },
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.close();
      }),
  };
}
