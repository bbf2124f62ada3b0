import type { AccountId } from '../index.ts';
import type { Role, RoomName } from '../protocol/index.ts';
import type { Contexts } from './channel.ts';
import type { DeviceStore } from './deviceStore.ts';
import type { JournalWriter } from './journalWriter.ts';
import type { Ledger } from './ledger.ts';
import type { LocalNames } from './names.ts';
import type { ReplicaPorts } from './ports.ts';
import type { ServerPort } from './types.ts';

/** What every document of a replica shares. */
export interface SessionHost {
  readonly names: LocalNames;
  readonly store: DeviceStore;
  readonly ports: ReplicaPorts;
  readonly server: ServerPort | null;
  readonly person: { readonly account: AccountId; readonly name: string };
  readonly writer: JournalWriter;
  readonly ledger: Ledger;
  readonly contexts: Contexts;
  readonly roleOf: (room: RoomName) => Role;
  /** A document's state changed. */
  readonly changed: () => void;
}
