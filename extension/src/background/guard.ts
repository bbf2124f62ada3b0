import type { RefusalCode } from '@liasse/core';
import { browser } from 'wxt/browser';
import type { Request } from '../messaging/contract.ts';
import { allowsSite, type Policy } from '../platform/policy.ts';

/** Why a page may not be kept, before any job is made. */
export function refusalOf(
  policy: Policy,
  { url, isPrivate }: { readonly url: string; readonly isPrivate: boolean },
  fromPrivate: 'refuse' | 'keep',
): RefusalCode | null {
  if (!allowsSite(policy, url)) return 'site-not-allowed';
  if (isPrivate && fromPrivate === 'refuse') return 'private-window';
  return null;
}

/** The guard of a browser. The worker asks the browser itself: what a message says of a tab is not enough. */
export const browserGuard =
  (policy: () => Promise<Policy>) => async (tab: Request<'clip.start'>['tab'], fromPrivate: 'refuse' | 'keep') => {
    const found = await browser.tabs.get(tab.id).catch(() => null);
    // A tab that is gone may have been private, where Liasse sees such windows at all: what is not known is not kept.
    const isPrivate = found?.incognito ?? (await browser.extension.isAllowedIncognitoAccess());
    return refusalOf(await policy(), { url: tab.url, isPrivate }, fromPrivate);
  };
