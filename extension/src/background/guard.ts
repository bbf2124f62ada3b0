import type { RefusalCode } from '@liasse/core';
import { browser } from 'wxt/browser';
import type { Request } from '../messaging/contract.ts';
import { allowsSite, type Policy } from '../platform/policy.ts';

/** What is asked for, as far as it decides whether it may be kept. */
export type Asked = Pick<Request<'clip.start'>, 'tab' | 'link' | 'fromPrivate'>;

/** Why a page, or the file behind one of its links, may not be kept, before any job is made. */
export function refusalOf(policy: Policy, { tab, link, fromPrivate }: Asked, isPrivate: boolean): RefusalCode | null {
  if (!allowsSite(policy, tab.url) || (link != null && !allowsSite(policy, link))) return 'site-not-allowed';
  if (isPrivate && fromPrivate === 'refuse') return 'private-window';
  return null;
}

/** What is asked of the browser. */
export interface Windows {
  readonly tabs: { get(tabId: number): Promise<{ readonly incognito: boolean }> };
  readonly extension: { isAllowedIncognitoAccess(): Promise<boolean> };
}

/** The guard of a browser. The worker asks the browser itself: what a message says of a tab is not enough. */
export const browserGuard =
  (policy: () => Promise<Policy>, windows: Windows = browser) =>
  async (asked: Asked) => {
    const found = await windows.tabs.get(asked.tab.id).catch(() => null);
    // A tab that is gone may have been private, where Liasse sees such windows at all: what is not known is not kept.
    const isPrivate = found?.incognito ?? (await windows.extension.isAllowedIncognitoAccess());
    return refusalOf(await policy(), asked, isPrivate);
  };
