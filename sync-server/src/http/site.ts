import type { Accounts } from '../access/accounts.ts';
import type { Attempts } from '../access/attempts.ts';
import type { DeviceGrants } from '../access/deviceGrants.ts';
import type { Directory } from '../access/directory.ts';
import type { Identities } from '../access/identities.ts';
import type { IdentityFlows } from '../access/identityFlows.ts';
import type { IdentityProvider } from '../access/identityProvider.ts';
import type { Links } from '../access/links.ts';
import type { Rights } from '../access/rights.ts';
import type { Sessions } from '../access/sessions.ts';
import type { Tickets } from '../access/tickets.ts';
import type { Figures } from '../metrics/figures.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { Rooms } from '../room/rooms.ts';
import type { BlobStore } from '../store/blobStore.ts';
import type { RoomStore } from '../store/roomStore.ts';
import type { StoreHealth } from '../store/storeHealth.ts';

/** What the routes work with. */
export interface Site {
  readonly accounts: Accounts;
  readonly attempts: Attempts;
  readonly blobs: BlobStore;
  readonly deviceGrants: DeviceGrants;
  readonly directory: Directory;
  readonly figures: Figures;
  readonly health: StoreHealth;
  readonly identities: Identities;
  readonly identityFlows: IdentityFlows;
  /** Null where the operator set none. */
  readonly identityProvider: IdentityProvider | null;
  readonly links: Links;
  readonly receipts: Receipts;
  readonly rights: Rights;
  readonly rooms: Rooms;
  readonly store: RoomStore;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  now(): number;
  /** Where people reach the server, without a final slash; known once it listens. */
  publicUrl(): string;
  /** A session ended: closes its sockets, and takes back what it was given and what it allowed. */
  closeSession(session: string): void;
  readonly log: Log;
}

/** One line of what happened: never content, never a token. */
export type Log = (event: string, fields?: Record<string, unknown>) => void;
