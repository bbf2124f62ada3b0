import { browser } from 'wxt/browser';

const CLIP = 'clip';
const PANEL = 'panel';
const FILE = 'file';

/** The links that the menu was opened on, until the popup that this opens has asked for them: it cannot be handed one. */
export class AskedLinks {
  #asked: { readonly tabId: number; readonly link: string } | null = null;

  put(tabId: number, link: string): void {
    this.#asked = { tabId, link };
  }

  /** Forgets it: the next popup over this tab is about the page again. */
  take(tabId: number): string | null {
    const asked = this.#asked;
    this.#asked = null;
    return asked?.tabId === tabId ? asked.link : null;
  }
}

/** The context menu: the popup, as by the toolbar button, for the page or for the file behind a link, and the side panel. */
export function installMenus(links: AskedLinks): void {
  browser.runtime.onInstalled.addListener(() => {
    browser.contextMenus.create({
      id: CLIP,
      title: browser.i18n.getMessage('clip'),
      contexts: ['page', 'selection', 'link', 'image'],
    });
    browser.contextMenus.create({
      id: FILE,
      title: browser.i18n.getMessage('clipFile'),
      contexts: ['link'],
      targetUrlPatterns: ['http://*/*', 'https://*/*'],
    });
    browser.contextMenus.create({
      id: PANEL,
      title: browser.i18n.getMessage('openPanel'),
      contexts: ['page', 'action'],
    });
  });
  // Both must be asked for in the turn of the click: it is the person's gesture that allows them.
  browser.contextMenus.onClicked.addListener(({ menuItemId, linkUrl }, tab) => {
    if (menuItemId === FILE && tab?.id !== undefined && linkUrl !== undefined) links.put(tab.id, linkUrl);
    if (menuItemId === CLIP || menuItemId === FILE) void browser.action.openPopup();
    else if (menuItemId === PANEL) void openPanel(tab?.windowId);
  });
}

/** Opens the side panel: Chrome's, or Firefox's sidebar. */
export async function openPanel(windowId: number | undefined): Promise<void> {
  if (import.meta.env.FIREFOX) {
    await (browser as unknown as { sidebarAction: { open(): Promise<void> } }).sidebarAction.open();
  } else if (windowId !== undefined) {
    await browser.sidePanel.open({ windowId });
  }
}
