import type { BlobHash, RefusalCode } from '../index.ts';
import { BATCH_PATH, FeedPage, HttpRefusal, type RoomName, SOCKET_PATH, Ticket } from '../protocol/index.ts';
import { type AccountsClient, accountsClient } from './accounts.ts';
import { type DevicesClient, devicesClient } from './devices.ts';
import { type Asked, Http } from './http.ts';
import { type ReceiptsClient, receiptsClient } from './receipts.ts';
import { type RoomRightsClient, roomRightsClient } from './roomRights.ts';
import { type RoomsClient, roomsClient } from './rooms.ts';
import type { NotAsked, ServerPort, TicketAnswer } from './types.ts';

/** A blob may take long on a slow line; a dead line must end all the same. */
const BLOB_TIMEOUT_MS = 10 * 60_000;

/** A batch holds the locks of its rooms, which a screen may wait for. */
const BATCH_TIMEOUT_MS = 90_000;

/** A sync server over HTTP, the accounts it keeps and the receipts it gives. */
export interface HttpServer extends ServerPort {
  readonly accounts: AccountsClient;
  readonly devices: DevicesClient;
  readonly receipts: ReceiptsClient;
  readonly rooms: RoomsClient;
  readonly access: RoomRightsClient;
}

/**
 * Speaks to the server at an origin.
 *
 * @param options - `bearer`: the session of the extension, asked for at each request; without it the cookie of the web
 * app's own origin goes along, with the `account` that it must be of
 */
export function httpServer(
  origin: string,
  options: { bearer?: () => string | null; account?: string | null; fetch?: typeof fetch } = {},
): HttpServer {
  const http = new Http(origin, options);
  const blobPath = (room: RoomName, hash: BlobHash) => `/api/blobs/${hash}?room=${encodeURIComponent(room)}`;

  return {
    socketUrl: `${origin.replace(/^http/, 'ws')}${SOCKET_PATH}`,
    accounts: accountsClient(http),
    devices: devicesClient(http),
    receipts: receiptsClient(http),
    rooms: roomsClient(http),
    access: roomRightsClient(http),
    ticket: async (room) => ticketAnswer(await http.ask('POST', '/api/tickets', Ticket, { room })),
    putBlob: async (room, hash, bytes) => {
      const response = await http.send('PUT', blobPath(room, hash), { body: bytes, timeoutMs: BLOB_TIMEOUT_MS });
      if (response === null || isPassing(response.status)) return 'retry';
      if (response.ok) return 'stored';
      const refusal = HttpRefusal.safeParse(await response.json().catch(() => null));
      return refusal.success ? (refusal.data.code as RefusalCode) : 'retry';
    },
    getBlob: async (room, hash) => {
      const response = await http.send('GET', blobPath(room, hash), { timeoutMs: BLOB_TIMEOUT_MS });
      if (response === null || isPassing(response.status)) return 'retry';
      return response.ok ? response.blob().catch(() => 'retry' as const) : 'absent';
    },
    batch: async (asked, { answersWithinMs } = {}) => {
      const body = new Blob([asked as Uint8Array<ArrayBuffer>]);
      const response = await http.send('POST', BATCH_PATH, {
        body,
        timeoutMs: BATCH_TIMEOUT_MS,
        ...(answersWithinMs !== undefined && { answersWithinMs }),
      });
      if (!response?.ok) return notAsked(response);
      const bytes = await response.arrayBuffer().catch(() => null);
      return bytes === null ? 'retry' : new Uint8Array(bytes);
    },
    feed: async (since) => {
      const query = since === null ? '' : `?since=${encodeURIComponent(since)}`;
      const response = await http.send('GET', `/api/feed${query}`, { timeoutMs: FEED_TIMEOUT_MS });
      if (!response?.ok) return notAsked(response);
      return FeedPage.safeParse(await response.json().catch(() => null)).data ?? 'retry';
    },
  };
}

const FEED_TIMEOUT_MS = 15_000;

function notAsked(response: Response | null): NotAsked {
  if (response?.status === 401) return 'signed-out';
  if (response === null || isPassing(response.status)) return 'retry';
  return response.status === 404 || response.status === 405 ? 'absent' : 'refused';
}

function ticketAnswer(answer: Asked<Ticket>): TicketAnswer {
  if (answer.ok) return answer.value;
  const { code } = answer;
  return code === 'signed-out' || code === 'forbidden' || code === 'not-found' ? code : 'retry';
}

/** Too many requests, a session to renew, or the server's own trouble: not an answer about the blob. */
const isPassing = (status: number): boolean => status >= 500 || status === 429 || status === 401;
