import type { KeyStore } from '@liasse/ui/account';
import { browser } from 'wxt/browser';
import { RECENT_PREFIX } from './recent.ts';

/** Forgets every team’s table of recent dossiers: they belong to whoever used this device. */
export async function forgetRecent(store: KeyStore): Promise<void> {
  const keys = Object.keys(await browser.storage.local.get(null)).filter((key) => key.startsWith(RECENT_PREFIX));
  for (const key of keys) store.write(key, null);
}
