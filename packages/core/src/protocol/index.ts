export { AccountId, BlobHash, newId, type Randomness, TeamId } from '../kernel/ids.ts';
export { Refusal, type RefusalCode, type RefusalDetails } from '../kernel/refusal.ts';
export * from './batch.ts';
export * from './devices.ts';
export * from './feed.ts';
export * from './http.ts';
export * from './receipt.ts';
export * from './rooms.ts';
export * from './wire.ts';
