import type { Platform } from '@liasse/ui';
import { makeAccountPlatform } from '@liasse/ui/account';
import { browser } from 'wxt/browser';
import { openJobStore } from '../background/jobStore.ts';
import { openAccountPorts } from './accountPorts.ts';
import { makeClipPort } from './clipPort.ts';
import { rememberRecent } from './recent.ts';

/** The extension's side of the app: session and settings in extension storage, tabs, the clip of the side panel. */
export async function openExtensionPlatform(kind: 'extension' | 'side-panel'): Promise<Platform> {
  const ports = await openAccountPorts();
  const account = makeAccountPlatform(ports);
  const currentTeam = () => account.session.getSnapshot().current.team.id;
  return {
    ...account,
    kind,
    signOut: async (options) => {
      const outcome = await account.signOut(options);
      // What waits in captures under way, and what the popup would offer, belongs to who used this device.
      if (options.erase) {
        await openJobStore().clear();
        const keys = Object.keys(await browser.storage.local.get(null)).filter((key) => key.startsWith('dossiers/'));
        for (const key of keys) ports.store.write(key, null);
      }
      return outcome;
    },
    rememberDossiers: (team, dossiers) => rememberRecent(ports.store, team, dossiers),
    openAddress: (url) => {
      // Only what a person may open from a page: a captured link is the page's word.
      if (/^(?:https?:|mailto:)/.test(url)) void browser.tabs.create({ url });
    },
    clip: kind === 'side-panel' ? makeClipPort(currentTeam) : null,
  };
}
