import type { BlobHash } from '../index.ts';
import { RECEIPT_KEYS_PATH, Receipt, ReceiptKeys, type RoomName } from '../protocol/index.ts';
import type { Asked, Http } from './http.ts';

/** The receipts of one server. Answers as `AccountsClient`’s. */
export interface ReceiptsClient {
  /** The receipt of a manifest in a room, the same however often it is asked for. */
  ask(room: RoomName, manifestSha256: BlobHash): Promise<Asked<Receipt>>;
  /** The public keys of all receipts that the server ever gave. */
  keys(): Promise<Asked<ReceiptKeys>>;
}

export function receiptsClient(http: Http): ReceiptsClient {
  return {
    ask: (room, manifestSha256) => http.ask('POST', '/api/receipts', Receipt, { room, manifestSha256 }),
    keys: () => http.ask('GET', RECEIPT_KEYS_PATH, ReceiptKeys),
  };
}
