import type { Randomness } from '@liasse/core';
import type { AccountsClient, HttpServer, Replica, ReplicaOptions, Scope } from '@liasse/core/replica';
import type { KeyStore } from './keyStore.ts';

/** What the web app and the extension's pages bring of their own. */
export interface AccountPorts {
  readonly store: KeyStore;
  readonly random: Randomness;
  readonly clock: { now(): number };
  /** `bearer`: this context sends it with each request; `cookie`: the browser does. */
  readonly credential: 'bearer' | 'cookie';
  /** `bearer` is for where no cookie stands for it. */
  serverAt(origin: string, bearer: () => string | null): HttpServer;
  makeReplica(options: Pick<ReplicaOptions, 'scope' | 'server' | 'person' | 'roleOf'>): Replica;
  /** Removes everything this device holds under a scope. */
  eraseScope(scope: Scope): Promise<void>;
  /** Calls `listener` when the server may be reachable again, or the page is looked at again. */
  onWake(listener: () => void): () => void;
}

/** The accounts of a server, asked with the session there is, if any. */
export function accountsAt(
  ports: Pick<AccountPorts, 'serverAt'>,
  { origin, bearer = null }: { readonly origin: string; readonly bearer?: string | null },
): AccountsClient {
  return ports.serverAt(origin, () => bearer).accounts;
}
