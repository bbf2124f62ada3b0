import { browser } from 'wxt/browser';
import type { FormSide } from '../../capture/forms/formSide.ts';
import type { PageSide } from '../../capture/handover.ts';

/** A document in a tab. Naming it keeps a page that navigates meanwhile from being taken for the one that was seen. */
export interface Target {
  readonly tabId: number;
  readonly documentId: string | null;
}

/** What is used of the browser to take a page. */
export interface PageTaker {
  /** The address of a tab now; undefined when there is no such tab, or it is not granted. */
  addressOf(tabId: number): Promise<string | undefined>;
  /** Runs one of the extension's scripts in the tab's top document; null when it could not be run. */
  run(script: PageScript, target: Target): Promise<unknown>;
  /** The frames that stand in a tab's document itself, and that document, as far as the extension is let in. */
  framesOf(tabId: number): Promise<readonly { readonly documentId: string; readonly url: string }[]>;
  /** Calls the page's side, once `/page-content.js` has run there; null when it is not there. */
  call(target: Target, method: keyof PageSide, args: readonly unknown[]): Promise<unknown>;
  /** The same of the form's side, once `/page-form.js` has run there. */
  callForm(target: Target, method: keyof FormSide, args: readonly unknown[]): Promise<unknown>;
}

type PageScript =
  | '/page-facts.js'
  | '/page-content.js'
  | '/page-second-reader.js'
  | '/page-form.js'
  | '/page-file.js'
  | '/page-shot.js';

/** Takes pages through `chrome.scripting`, under the grant that the person's gesture gave. */
export const browserPageTaker: PageTaker = {
  addressOf: async (tabId) => {
    try {
      return (await browser.tabs.get(tabId)).url;
    } catch {
      return undefined;
    }
  },
  run: (script, target) => inPage({ target: targetOf(target), files: [script] }),
  call: (target, method, args) => callIn(target, 'liassePage', method, args),
  callForm: (target, method, args) => callIn(target, 'liasseForm', method, args),
  framesOf: async (tabId) => {
    try {
      const found = await browser.scripting.executeScript({
        target: { tabId, allFrames: true },
        func: () => (window.parent === window.top ? location.href : null),
      });
      return found.flatMap(({ documentId, result }) =>
        typeof result === 'string' && documentId !== undefined ? [{ documentId, url: result }] : [],
      );
    } catch {
      return [];
    }
  },
};

const callIn = (target: Target, side: 'liassePage' | 'liasseForm', method: string, args: readonly unknown[]) =>
  inPage({
    target: targetOf(target),
    // Sent as its source: nothing of this file exists there.
    func: (sideName: string, name: string, given: string) => {
      const sides = globalThis as unknown as Record<string, Record<string, (...args: readonly unknown[]) => unknown>>;
      return sides[sideName]?.[name]?.(...(JSON.parse(given) as readonly unknown[])) ?? null;
    },
    // As text: Chrome drops every property that is null on the way in.
    args: [side, method, JSON.stringify(args)],
  });

const targetOf = ({ tabId, documentId }: Target) =>
  documentId === null ? { tabId } : { tabId, documentIds: [documentId] };

type Injection = Parameters<typeof browser.scripting.executeScript>[0];

/** No grant any more, a page that admits no script, a tab that was closed: all the same to who asks. */
async function inPage(injection: unknown): Promise<unknown> {
  try {
    const [first] = await browser.scripting.executeScript(injection as Injection);
    return first?.result ?? null;
  } catch {
    return null;
  }
}
