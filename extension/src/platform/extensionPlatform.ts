import type { Outcome, Platform } from '@liasse/ui';
import { makeAccountPlatform } from '@liasse/ui/account';
import { browser } from 'wxt/browser';
import { openAccountPorts } from './accountPorts.ts';
import { makeClipPort } from './clipPort.ts';
import { completeWithLeave, completionOf } from './completing.ts';
import { forgetHere } from './forgetHere.ts';
import { openKnownPages, pagesScope } from './knownPages.ts';
import { KnownPolicy } from './knownPolicy.ts';
import { isOver, lastUse, noteUse } from './lastUse.ts';
import { allowsServer, NO_POLICY } from './policy.ts';
import { rememberRecent } from './recent.ts';
import { keepSignInAwake } from './signInAlarm.ts';

/** The extension's side of the app: session and settings in extension storage, tabs, the clip of the side panel. */
export async function openExtensionPlatform(kind: 'extension' | 'side-panel'): Promise<Platform> {
  const ports = await openAccountPorts();
  const account = makeAccountPlatform(ports);
  const pages = openKnownPages();
  const policy = new KnownPolicy(ports.store);
  const remembered = () => policy.remembered ?? NO_POLICY;
  // Where the time is over, the worker ends it first; what this page would note then would keep everything.
  if (!isOver(remembered(), lastUse(ports.store), Date.now())) noteUse(ports.store, Date.now());
  /** Asks a server only where the administration allows it; the policy may have changed since this page was opened. */
  const ifAllowed = async <T>(address: string, ask: () => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    allowsServer(await policy.standing(), address) ? ask() : { ok: false, code: 'server-not-allowed' };
  const { browserSignIn } = account;
  if (browserSignIn !== null) {
    const wake = () => void keepSignInAwake(browser.alarms, browserSignIn.state.getSnapshot().waiting !== null);
    browserSignIn.state.subscribe(wake);
    wake();
  }
  const currentTeam = () => account.session.getSnapshot().current.team.id;
  return {
    ...account,
    kind,
    fixedServer: { subscribe: policy.onElsewhere, getSnapshot: () => remembered().server },
    previewLink: (link) => ifAllowed(link, () => account.previewLink(link)),
    signUp: (link, form) => ifAllowed(link, () => account.signUp(link, form)),
    acceptLink: (link) => ifAllowed(link, () => account.acceptLink(link)),
    signIn: (server, form) => ifAllowed(server, () => account.signIn(server, form)),
    signOut: async (options) => {
      const outcome = await account.signOut(options);
      if (options.erase === 'device') await forgetHere(ports.store);
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
    complete: {
      offer: (pieceId) => completionOf(currentTeam(), pieceId),
      run: (pieceId, offer) => completeWithLeave(currentTeam(), pieceId, offer),
    },
    clip: kind === 'side-panel' ? makeClipPort(currentTeam, remembered) : null,
  };
}
