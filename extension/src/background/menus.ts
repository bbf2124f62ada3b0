import { browser } from 'wxt/browser';
import { putAskedLink } from '../platform/askedLink.ts';

const CLIP = 'clip';
const PANEL = 'panel';
const FILE = 'file';

/** The context menu: the popup, as by the toolbar button, for the page or for the file behind a link, and the side panel. */
export function installMenus(): void {
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
    void putAskedLink(
      menuItemId === FILE && tab?.id !== undefined && linkUrl !== undefined ? { tabId: tab.id, link: linkUrl } : null,
    );
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
