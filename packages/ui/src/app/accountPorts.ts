import type { AccountId, Randomness } from '@liasse/core';
import type { AccountsClient, HttpServer, Locks, Replica, ReplicaOptions, Scope, Timers } from '@liasse/core/replica';
import type { KeyStore } from './keyStore.ts';

/** What the web app and the extension's pages bring of their own. */
export interface AccountPorts {
  readonly store: KeyStore;
  readonly random: Randomness;
  readonly clock: { now(): number };
  /** `bearer`: this context sends it with each request; `cookie`: the browser does. */
  readonly credential: 'bearer' | 'cookie';
  /** `bearer` is for where no cookie stands for it; `account`, whom a cookie must be of. */
  serverAt(origin: string, bearer: () => string | null, account?: AccountId): HttpServer;
  makeReplica(options: Pick<ReplicaOptions, 'scope' | 'server' | 'person' | 'roleOf'>): Replica;
  /** Removes everything this device holds under a scope. */
  eraseScope(scope: Scope): Promise<void>;
  /** Calls `listener` when the server may be reachable again, or the page is looked at again. */
  onWake(listener: () => void): () => void;
  /** Where a page of the server lets this device in: the extension. */
  readonly browserSignIn?: BrowserSignInPorts;
  /** Where the app is such a page. */
  readonly web?: WebPorts;
  /** Forgets lists beside the documents that belong to whoever used this device before: somebody else comes in. */
  forgetLists?(): void;
}

/** What the extension brings to signing in by a page of the server. */
export interface BrowserSignInPorts {
  readonly timers: Timers;
  readonly locks: Locks;
  /** Shows a page of a server in the browser. */
  open(url: string): void;
  /** Whether the administration lets this device speak to a server. */
  allows(origin: string): Promise<boolean>;
}

/** What the web app brings to leaving for another site and coming back. */
export interface WebPorts {
  /** Of the server, which is the app’s own. */
  readonly origin: string;
  /** Leaves the app for another address. */
  goTo(url: string): void;
  /** What this tab remembers while it is elsewhere. `sessionStorage`. */
  readonly tab: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/** The accounts of a server, asked with the session there is, if any. */
export function accountsAt(
  ports: Pick<AccountPorts, 'serverAt'>,
  {
    origin,
    bearer = null,
    account,
  }: { readonly origin: string; readonly bearer?: string | null; readonly account?: AccountId },
): AccountsClient {
  return ports.serverAt(origin, () => bearer, account).accounts;
}
