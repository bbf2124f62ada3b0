import { browser } from 'wxt/browser';
import { type Capturable, capturable } from '../capture/capturable.ts';
import { allowsSite, type Policy } from './policy.ts';

/** The tab in front, and what can be done with it. `facts`: what the page says of itself, once it could be asked. */
export interface SeenTab {
  readonly id: number;
  readonly windowId: number;
  readonly url: string;
  readonly title: string;
  readonly documentId: string | null;
  /** In a private window: nothing is kept of it unless the person says so. */
  readonly isPrivate: boolean;
  readonly capturable: Capturable;
  readonly facts: unknown;
  /** The link that the context menu was opened on, to take the file behind it. */
  readonly link?: string | null;
}

/**
 * The tab in front of this window; null when there is none. Nothing of the page is touched.
 *
 * @param policy - the one that this device read last; where that says too little, the worker refuses
 */
export async function frontTab(policy: Policy): Promise<SeenTab | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) return null;
  const able = capturable(tab.url);
  return {
    id: tab.id,
    windowId: tab.windowId,
    url: tab.url ?? '',
    title: tab.title ?? '',
    documentId: null,
    isPrivate: tab.incognito,
    capturable:
      able.can !== 'nothing' && !allowsSite(policy, tab.url ?? '') ? { can: 'nothing', because: 'policy' } : able,
    facts: null,
  };
}

/** Asks the page what it is. What cannot be asked keeps its address alone. */
export async function lookInside(tab: SeenTab): Promise<SeenTab> {
  if (tab.capturable.can !== 'page') return tab;
  try {
    const [answer] = await browser.scripting.executeScript({ target: { tabId: tab.id }, files: ['/page-facts.js'] });
    const facts: unknown = answer?.result ?? null;
    const documentId = (answer as { documentId?: string } | undefined)?.documentId ?? null;
    const isPdf = contentTypeIn(facts) === 'application/pdf';
    return { ...tab, facts, documentId, ...(isPdf && { capturable: { can: 'file' } as const }) };
  } catch {
    const because = tab.url.startsWith('file:') ? 'file' : 'not-granted';
    return { ...tab, capturable: { can: 'address', because } };
  }
}

function contentTypeIn(facts: unknown): string | null {
  const type = typeof facts === 'object' && facts !== null && 'contentType' in facts ? facts.contentType : null;
  return typeof type === 'string' ? type : null;
}

/** What people would call the file behind an address. */
export function fileNameIn(address: string): string {
  try {
    return decodeURIComponent(new URL(address).pathname.split('/').findLast((part) => part !== '') ?? address);
  } catch {
    return address;
  }
}

/** The page's own title, else the tab's. Foreign: shown as text, and judged again by the worker. */
export function titleOf({ facts, title: shown, link, url }: SeenTab): string {
  // A file that has no title is shown by its address.
  const title = shown === url.replace(/^https?:\/\//u, '') ? fileNameIn(url) : shown;
  const own =
    link != null ? null : typeof facts === 'object' && facts !== null && 'title' in facts ? facts.title : null;
  return (typeof own === 'string' && own.trim() !== '' ? own : title).replace(/\s+/gu, ' ').trim().slice(0, 500);
}
