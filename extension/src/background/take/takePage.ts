import { Coverage, type FormCapture } from '@liasse/core';
import { z } from 'zod';
import type { TakeProgress } from '../../capture/handover.ts';
import type { Job } from '../jobStore.ts';
import type { ShotPorts } from '../shot/shotPorts.ts';
import { type TakenScreenshot, takeShot } from '../shot/takeShot.ts';
import { takeForm } from './formTaker.ts';
import type { PageTaker, Target } from './pageTaker.ts';
import { type Pulled, pull } from './pull.ts';

/** What was taken. `page` is the page's word; both are null when only the address is kept. */
export interface TakenPage {
  readonly facts: unknown;
  readonly page: Pulled | null;
  /** Of the page, when its form was asked for. */
  readonly form: FormCapture | null;
  readonly screenshot: TakenScreenshot | null;
}

/**
 * Takes the page a job is about, if it is still there. The person asked for the page they saw: when the tab shows another
 * one by now, its address alone is kept, with what the popup had read.
 */
export async function takePage(
  job: Job,
  taker: PageTaker,
  options: {
    readonly shots: ShotPorts;
    readonly signal: AbortSignal;
    readonly report: (progress: TakeProgress) => void;
  },
): Promise<TakenPage> {
  const { take } = job;
  const address: TakenPage = { facts: job.facts, page: null, form: null, screenshot: null };
  if (take === 'address') return address;
  const target = { tabId: job.tab.id, documentId: job.tab.documentId };
  if ((await taker.addressOf(target.tabId)) !== job.tab.url) return address;
  // What a page says of itself is not said of a file that it links to.
  const facts = job.link == null ? (job.facts ?? (await taker.run('/page-facts.js', target))) : null;
  if (take === 'visible' || take === 'full-page') {
    await taker.run('/page-shot.js', target);
    const order = { target, url: job.tab.url, extent: take };
    return { ...address, facts, screenshot: await takeShot(order, options.shots, options) };
  }
  // First: copying a page may take seconds, and people type on.
  const form = take === 'form' ? await takeForm(taker, target, job.form?.ticked ?? []) : null;
  // A further step of a form brings its fields, and no second copy of the page.
  if (job.form?.stepOf) return { ...address, facts, form };
  const page = await pull(taker, target, { take: take === 'form' ? 'page' : take, link: job.link ?? null }, options);
  if (page === null) return { ...address, facts, form };
  if (take === 'file') return page.files.length === 0 ? { ...address, facts } : { ...address, facts, page };
  return { ...address, facts, page: { ...page, content: await readAgain(page.content, taker, target) }, form };
}

const Read = z.looseObject({ coverage: Coverage.nullable() });
const ReadAgain = z.object({ blocks: z.array(z.unknown()), coverage: Coverage });

/** Where the readers lost too much of a text, one more is brought: too large to be in the page before it is needed. */
async function readAgain(content: unknown, taker: PageTaker, target: Target): Promise<unknown> {
  const first = Read.safeParse(content).data;
  if (first?.coverage == null || first.coverage.kept >= first.coverage.gate) return content;
  const again = ReadAgain.safeParse(await taker.run('/page-second-reader.js', target)).data;
  if (again === undefined || again.coverage.kept < again.coverage.gate) return content;
  return { ...first, text: again.blocks, coverage: again.coverage };
}
