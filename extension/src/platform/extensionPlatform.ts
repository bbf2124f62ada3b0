import type { Platform } from '@liasse/ui';
import { makeAccountPlatform } from '@liasse/ui/account';
import { browser } from 'wxt/browser';
import { openJobStore } from '../background/jobStore.ts';
import { openAccountPorts } from './accountPorts.ts';
import { makeClipPort } from './clipPort.ts';
import { openKnownPages, pagesScope } from './knownPages.ts';
import { rememberRecent } from './recent.ts';

/** The extension's side of the app: session and settings in extension storage, tabs, the clip of the side panel. */
export async function openExtensionPlatform(kind: 'extension' | 'side-panel'): Promise<Platform> {
  const ports = await openAccountPorts();
  const account = makeAccountPlatform(ports);
  const pages = openKnownPages();
  const currentTeam = () => account.session.getSnapshot().current.team.id;
  return {
    ...account,
    kind,
    signOut: async (options) => {
      const outcome = await account.signOut(options);
      // What waits in captures under way, and what the popup would offer, belongs to who used this device.
      if (options.erase) {
        await Promise.all([openJobStore().clear(), pages.clear()]);
        const keys = Object.keys(await browser.storage.local.get(null)).filter((key) => key.startsWith('dossiers/'));
        for (const key of keys) ports.store.write(key, null);
      }
      return outcome;
    },
    rememberPieces: (team, dossier, pieces) => {
      const workspace = account.session.getSnapshot().workspaces.find((known) => known.team.id === team);
      if (workspace === undefined) return;
      // A table for convenience: where it cannot be written, a page only fails to say that it is known.
      pages.see(pagesScope(workspace.scope, team), dossier, pieces).catch(() => {});
    },
    rememberDossiers: (team, dossiers) => rememberRecent(ports.store, team, dossiers),
    openAddress: (url) => {
      // Only what a person may open from a page: a captured link is the page's word.
      if (/^(?:https?:|mailto:)/.test(url)) void browser.tabs.create({ url });
    },
    clip: kind === 'side-panel' ? makeClipPort(currentTeam) : null,
  };
}
