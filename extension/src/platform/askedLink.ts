import { browser } from 'wxt/browser';

const KEY = 'asked-link';

/** Says over which tab the menu of a link was opened, to the popup that this opens: it cannot be handed anything. Null: over none. */
export function putAskedLink(asked: { readonly tabId: number; readonly link: string } | null): Promise<void> {
  return asked === null ? browser.storage.session.remove(KEY) : browser.storage.session.set({ [KEY]: asked });
}

/** The link that the popup over a tab was opened on, told once: the next popup is about the page again. */
export async function takeAskedLink(tabId: number): Promise<string | null> {
  const asked = (await browser.storage.session.get(KEY))[KEY] as { tabId: number; link: string } | undefined;
  if (asked === undefined) return null;
  await putAskedLink(null);
  return asked.tabId === tabId ? asked.link : null;
}
