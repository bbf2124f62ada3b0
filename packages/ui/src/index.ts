// What the web app and the extension's pages build on.

export { type AccountPlatform, makeAccountPlatform } from './app/accountPlatform.ts';
export type { AccountPorts } from './app/accountPorts.ts';
export { type KeyStore, localKeyStore } from './app/keyStore.ts';
export { mountApp } from './app/mount.tsx';
export type { ClipPort, Outcome, Platform, Preferences, SessionState, UpdatePort, Workspace } from './app/platform.ts';
