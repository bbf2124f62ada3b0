import type { Job } from './jobStore.ts';

/** What is used of the browser to take a page. */
export interface PageTaker {
  /** The address of a tab now; undefined when there is no such tab, or it is not granted. */
  addressOf(tabId: number): Promise<string | undefined>;
  /** Runs one of the extension's scripts in the tab's top document; null when it could not be run. */
  run(
    script: '/page-facts.js' | '/page-content.js',
    target: { readonly tabId: number; readonly documentId: string | null },
  ): Promise<unknown>;
}

/** What was taken, as the page's word; nulls when only the address is kept. */
export interface TakenPage {
  readonly facts: unknown;
  readonly content: unknown;
  readonly kept: 'page' | 'address';
}

/**
 * Takes the page a job is about, if it is still there. The person asked for the page they saw: when the tab shows another
 * one by now, its address alone is kept, with what the popup had read.
 */
export async function takePage(job: Job, taker: PageTaker): Promise<TakenPage> {
  const address: TakenPage = { facts: job.facts, content: null, kept: 'address' };
  if (job.take === 'address') return address;
  const target = { tabId: job.tab.id, documentId: job.tab.documentId };
  if ((await taker.addressOf(target.tabId)) !== job.tab.url) return address;
  const facts = job.facts ?? (await taker.run('/page-facts.js', target));
  const content = await taker.run('/page-content.js', target);
  return content === null ? { ...address, facts } : { facts, content, kept: 'page' };
}
