import { browser } from 'wxt/browser';
import type { PageTaker } from './takePage.ts';

/** Takes pages through `chrome.scripting`, under the grant that the person's gesture gave. */
export const browserPageTaker: PageTaker = {
  addressOf: async (tabId) => {
    try {
      return (await browser.tabs.get(tabId)).url;
    } catch {
      return undefined;
    }
  },
  run: async (script, { tabId, documentId }) => {
    try {
      // Naming the document keeps a page that navigates meanwhile from being taken for the one that was seen.
      const target = documentId === null ? { tabId } : { tabId, documentIds: [documentId] };
      const [first] = await browser.scripting.executeScript({ target, files: [script] });
      return first?.result ?? null;
    } catch {
      // No grant any more, a page that admits no script, a tab that was closed: all the same to the job.
      return null;
    }
  },
};
