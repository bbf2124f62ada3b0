import type { BlobHash, RefusalCode } from '../index.ts';
import { HttpRefusal, type RoomName, SOCKET_PATH, Ticket } from '../protocol/index.ts';
import { type AccountsClient, accountsClient } from './accounts.ts';
import { type Asked, Http } from './http.ts';
import { type ReceiptsClient, receiptsClient } from './receipts.ts';
import type { ServerPort, TicketAnswer } from './types.ts';

/** A blob may take long on a slow line; a dead line must end all the same. */
const BLOB_TIMEOUT_MS = 10 * 60_000;

/** A sync server over HTTP, the accounts it keeps and the receipts it gives. */
export interface HttpServer extends ServerPort {
  readonly accounts: AccountsClient;
  readonly receipts: ReceiptsClient;
}

/**
 * Speaks to the server at an origin.
 *
 * @param options - `bearer`: the session of the extension, asked for at each request; without it the cookie of the web
 * app's own origin goes along
 */
export function httpServer(
  origin: string,
  options: { bearer?: () => string | null; fetch?: typeof fetch } = {},
): HttpServer {
  const http = new Http(origin, options);
  const blobPath = (room: RoomName, hash: BlobHash) => `/api/blobs/${hash}?room=${encodeURIComponent(room)}`;

  return {
    socketUrl: `${origin.replace(/^http/, 'ws')}${SOCKET_PATH}`,
    accounts: accountsClient(http),
    receipts: receiptsClient(http),
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
  };
}

function ticketAnswer(answer: Asked<Ticket>): TicketAnswer {
  if (answer.ok) return answer.value;
  const { code } = answer;
  return code === 'signed-out' || code === 'forbidden' || code === 'not-found' ? code : 'retry';
}

/** Too many requests, a session to renew, or the server's own trouble: not an answer about the blob. */
const isPassing = (status: number): boolean => status >= 500 || status === 429 || status === 401;
