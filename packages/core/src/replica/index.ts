export type { AccountsClient } from './accounts.ts';
export { hashOf } from './blobs.ts';
export { browserPorts, browserTimers, storageSentinel } from './browserPorts.ts';
export { type Contexts, openContexts } from './channel.ts';
export type {
  ApartRoom,
  DeviceStore,
  DocumentCache,
  Draft,
  DraftReason,
  HeldFeed,
  HeldRoom,
  JournalRow,
  RoomCursor,
  UnsentRow,
  Upload,
} from './deviceStore.ts';
export type { DevicesClient } from './devices.ts';
export { documentOf, draftRecords } from './drafts.ts';
export { eraseScope } from './erase.ts';
export { type ExportedDocument, exportDocument } from './exportDocument.ts';
export { readHeldDocument } from './heldDocument.ts';
export type { Asked } from './http.ts';
export { type HttpServer, httpServer } from './httpServer.ts';
export { createIndexedDbStore } from './indexedDbStore.ts';
export { createMemoryProfile, type MemoryContext, type MemoryProfile, type MemoryWorld } from './memoryProfile.ts';
export { createMemoryDisk, createMemoryStore, type MemoryDisk } from './memoryStore.ts';
export { type LocalNames, localNames } from './names.ts';
export type {
  ContextChannel,
  Locks,
  PageSignals,
  Release,
  ReplicaPorts,
  Sentinel,
  SocketLike,
  Timers,
} from './ports.ts';
export type { ReceiptsClient } from './receipts.ts';
export { createReplica, type ReplicaOptions } from './replica.ts';
export type { RoomRightsClient } from './roomRights.ts';
export type { RoomsClient } from './rooms.ts';
export { createSearchShelf, type SearchShelf, type SegmentToKeep, type ShelvedSegment } from './searchShelf.ts';
export { type Safety, safetyOf } from './syncState.ts';
export type * from './types.ts';
