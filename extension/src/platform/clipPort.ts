import { BlobHash, type DossierId, type TeamId } from '@liasse/core';
import type { ClipPort, Outcome } from '@liasse/ui';
import { browser } from 'wxt/browser';
import { ask } from '../messaging/ask.ts';
import type { Policy } from './policy.ts';
import { frontTab, lookInside, type SeenTab, titleOf } from './tab.ts';

type Page = Outcome<{ readonly title: string; readonly url: string }>;

const NOT_GRANTED: Page = { ok: false, code: 'page-not-granted' };

/**
 * The side panel's clip of the page beside it. Without a grant the panel does not even know the tab's address; the icon or the
 * shortcut grants it, and a navigation elsewhere takes it away.
 *
 * @param team - the one on screen
 * @param policy - the one that this device read last
 */
export function makeClipPort(team: () => TeamId, policy: () => Policy): ClipPort {
  const listeners = new Set<() => void>();
  let seen: SeenTab | null = null;
  let page: Page = NOT_GRANTED;

  const look = async () => {
    const tab = await frontTab(policy());
    seen = tab === null || tab.url === '' ? null : await lookInside(tab);
    const next: Page = seen === null ? NOT_GRANTED : pageOf(seen);
    if (JSON.stringify(next) === JSON.stringify(page)) return;
    page = next;
    for (const listener of [...listeners]) listener();
  };
  browser.tabs.onActivated.addListener(() => void look());
  browser.tabs.onUpdated.addListener((_id, { status }, { active }) => {
    if (active && status !== 'loading') void look();
  });
  // A click on the icon opens the popup, whose looking at the page means that a grant was just given.
  browser.windows.onFocusChanged.addListener(() => void look());
  addEventListener('focus', () => void look());
  void look();

  return {
    page: {
      subscribe: (listener) => {
        const own = () => listener();
        listeners.add(own);
        return () => listeners.delete(own);
      },
      getSnapshot: () => page,
    },
    clip: async (dossier: DossierId) => {
      await look();
      if (seen === null) return { ok: false, code: 'page-not-granted' };
      if (seen.capturable.can === 'nothing') return { ok: false, code: 'unsupported-page' };
      const answer = await ask(browser.runtime.sendMessage, 'clip.start', {
        jobId: crypto.randomUUID(),
        tab: { id: seen.id, url: seen.url, documentId: seen.documentId },
        take: seen.capturable.can,
        fromPrivate: 'refuse',
        versionOf: null,
        title: titleOf(seen),
        facts: seen.facts,
        team: team(),
        dossier: { id: dossier, title: '' },
      });
      if (!answer.ok) return { ok: false, code: answer.code };
      return { ok: true, value: { snapshot: BlobHash.safeParse(answer.value.snapshot).data ?? null } };
    },
  };
}

function pageOf(tab: SeenTab): Page {
  if (tab.capturable.can === 'nothing') return { ok: false, code: 'unsupported-page' };
  if (tab.capturable.can === 'address' && tab.capturable.because === 'not-granted') return NOT_GRANTED;
  return { ok: true, value: { title: titleOf(tab), url: tab.url } };
}
