import { browser } from 'wxt/browser';

/** Opens the app's page in a tab. */
export function openApp(path = '/'): void {
  void browser.tabs.create({ url: browser.runtime.getURL(`/app.html#${path}`) });
  close();
}
