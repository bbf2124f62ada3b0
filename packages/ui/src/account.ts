// Who uses this device, without a screen: what the extension's worker shares with the pages. No React below this line.

export { type AccountPlatform, makeAccountPlatform, PREFERENCES_KEY, SESSION_KEY } from './app/accountPlatform.ts';
export type { AccountPorts } from './app/accountPorts.ts';
export { type KeyStore, keep } from './app/keyStore.ts';
export type { BrowserSignInPort } from './app/platform.ts';
export { FIRST_PREFERENCES, parsePreferences } from './app/preferences.ts';
export { openReplicas } from './app/replicas.ts';
export { firstSession, parseSession, sessionState } from './app/session.ts';
