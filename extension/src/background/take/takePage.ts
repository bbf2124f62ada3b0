import type { TakeProgress } from '../../capture/handover.ts';
import type { Job } from '../jobStore.ts';
import type { PageTaker } from './pageTaker.ts';
import { type Pulled, pull } from './pull.ts';

/** What was taken, as the page's word. `page` is null when only the address is kept. */
export interface TakenPage {
  readonly facts: unknown;
  readonly page: Pulled | null;
}

/**
 * Takes the page a job is about, if it is still there. The person asked for the page they saw: when the tab shows another
 * one by now, its address alone is kept, with what the popup had read.
 */
export async function takePage(
  job: Job,
  taker: PageTaker,
  options: { readonly signal: AbortSignal; readonly report: (progress: TakeProgress) => void },
): Promise<TakenPage> {
  if (job.take === 'address') return { facts: job.facts, page: null };
  const target = { tabId: job.tab.id, documentId: job.tab.documentId };
  if ((await taker.addressOf(target.tabId)) !== job.tab.url) return { facts: job.facts, page: null };
  const facts = job.facts ?? (await taker.run('/page-facts.js', target));
  return { facts, page: await pull(taker, target, { take: job.take }, options) };
}
