import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { BrowserContext } from '@playwright/test';
import type { BenchOptions } from '../bench.ts';
import { ONLY_THIS_MACHINE, openPlainBrowser, settle, visit } from './browser.ts';
import { Liasse, type LiasseCapture } from './liasse.ts';
import { compare, type Fidelity, lookAtOriginal, type Original } from './measure/fidelity.ts';
import { Origins } from './origins.ts';
import type { CapturePage } from './pages.ts';
import { SingleFile } from './peer/singleFile.ts';
import type { OurResult, PageResult, PeerResult } from './results.ts';
import { addedBytes, readStored, type Stored } from './stored.ts';

interface Taken {
  readonly page: CapturePage;
  readonly original: Original;
  readonly peer: (Omit<PeerResult, keyof Fidelity> & { readonly file: string }) | string;
  /** Null where everything is of one origin. */
  readonly bare: OurTaken | string | null;
  readonly granted: OurTaken | string;
}

type OurTaken = Omit<OurResult, keyof Fidelity> & { readonly capture: LiasseCapture };

/**
 * Takes each page with everyone in turn while the sites answer; then stops the sites, cuts the network, and holds each copy
 * against what the page was.
 *
 * @param options.pictures, options.bytes - parts of the measures that take long, and that articles do without
 */
export async function takePages(
  pages: readonly CapturePage[],
  options: { pictures: boolean; bytes: boolean; log: BenchOptions['log'] },
): Promise<readonly PageResult[]> {
  const undo: (() => Promise<void> | void)[] = [];
  try {
    const folder = mkdtempSync(join(tmpdir(), 'liasse-copies-'));
    undo.push(() => rmSync(folder, { recursive: true, force: true }));
    const origins = await Origins.open();
    let areOpen = true;
    const closeOrigins = async () => {
      if (areOpen) await origins.close();
      areOpen = false;
    };
    undo.push(closeOrigins);
    const plain = await openPlainBrowser();
    undo.push(() => plain.close());
    const peer = await SingleFile.open(ONLY_THIS_MACHINE);
    undo.push(() => peer.close());
    const bare = await Liasse.open({ granted: [], args: ONLY_THIS_MACHINE });
    undo.push(() => bare.close());
    const granted = await Liasse.open({ granted: [origins.other], args: ONLY_THIS_MACHINE });
    undo.push(() => granted.close());

    const online = await plain.context({ offline: false });
    const results: PageResult[] = [];
    const taken: Taken[] = [];
    for (const page of pages) {
      const original = await orWhy(async () => lookAtOriginal(await visit(online, page, origins.here), options));
      if (typeof original === 'string') {
        options.log(`  not seen ${page.name}: ${original}`);
        results.push({ page, peer: original, bare: original, granted: original, isTakenTwice: false });
        continue;
      }
      const one: Taken = {
        page,
        original,
        peer: await orWhy(() => takeWithPeer(peer, page, origins, folder)),
        bare:
          page.hasOther || page.hasDead
            ? await orWhy(() => takeWithUs(bare, page, origins, { bytes: false, completes: false }))
            : null,
        granted: await orWhy(() =>
          takeWithUs(granted, page, origins, { ...options, completes: page.hasOther === true }),
        ),
      };
      options.log(
        `  taken ${page.name}: ${[one.peer, one.bare ?? 'as granted', one.granted].map(shortly).join(' · ')}`,
      );
      taken.push(one);
    }

    await closeOrigins();
    const offline = await plain.context({ offline: true });
    await bare.profile.context.setOffline(true);
    await granted.profile.context.setOffline(true);
    for (const { page, original, ...copies } of taken) {
      const peer = await held(copies.peer, ({ file }) => compareFile(original, offline, file));
      const withGrant = await held(copies.granted, ({ capture }) => compareShown(original, granted, capture));
      const result: PageResult = {
        page,
        peer,
        bare:
          copies.bare === null
            ? withGrant
            : await held(copies.bare, ({ capture }) => compareShown(original, bare, capture)),
        granted: withGrant,
        isTakenTwice: copies.bare !== null,
      };
      options.log(
        `  held ${page.name}: ${[result.peer, result.bare, result.granted].map(fidelityShortly).join(' · ')}`,
      );
      results.push(result);
    }
    return results;
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function takeWithPeer(peer: SingleFile, page: CapturePage, origins: Origins, folder: string) {
  const { context } = peer.profile;
  const live = await visit(context, page, origins.here);
  const { html, inPageMs } = await peer.capture(live, { waitsForLazy: true });
  // Its first call stops the frames that wait: they wait again in a page loaded afresh only.
  if (page.hasDead) await visit(context, page, origins.here);
  const { inPageMs: withoutWaitMs } = await peer.capture(live, { waitsForLazy: false });
  const file = join(folder, `${page.name}.html`);
  writeFileSync(file, html);
  const whole = gzipSync(html).byteLength;
  // It stores a page whole each time.
  return { file, inPageMs, withoutWaitMs, bytes: { first: whole, unchanged: whole, changed: whole } };
}

async function takeWithUs(
  liasse: Liasse,
  page: CapturePage,
  origins: Origins,
  { bytes, completes }: { bytes: boolean; completes: boolean },
): Promise<OurTaken> {
  const stored = async (known: Stored | null) => readStored(await liasse.profile.worker(), known);
  const take = async () => liasse.capture(await visit(liasse.profile.context, page, origins.here));
  const before = await stored(null);
  const capture = await take();
  const isCompleted = completes && (await liasse.complete(capture));
  const first = await stored(before);
  const added = addedBytes(before, first);
  const { inPageMs, savedMs, said } = capture;
  const result = { capture, inPageMs, savedMs, said, isCompleted, documentBytes: added.document };
  if (!bytes) return { ...result, bytes: null };
  await take();
  const second = await stored(first);
  origins.change(page.path, withOneParagraphChanged);
  await take();
  const third = await stored(second);
  origins.change(page.path, (html) => html);
  return {
    ...result,
    bytes: {
      first: added.blobs,
      unchanged: addedBytes(first, second).blobs,
      changed: addedBytes(second, third).blobs,
    },
  };
}

const withOneParagraphChanged = (html: string): string => {
  const at = /<p\b[^>]*>[^<]{20,}/.exec(html) ?? /<(?:p|li|td|h1|div)\b[^>]*>[^<]{5,}/.exec(html);
  if (at === null) throw new Error('no paragraph to change');
  const end = at.index + at[0].length;
  return `${html.slice(0, end)} Cette phrase a été ajoutée depuis la première capture. ${html.slice(end)}`;
};

async function compareFile(original: Original, context: BrowserContext, file: string): Promise<Fidelity> {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(pathToFileURL(file).href);
  await settle(page);
  return compare(original, page, page.mainFrame());
}

async function compareShown(original: Original, liasse: Liasse, capture: LiasseCapture): Promise<Fidelity> {
  const { page, frame } = await liasse.show(capture);
  return compare(original, page, frame);
}

/** A capture that fails is a result too: its reason. */
async function orWhy<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
  }
}

async function held<T extends object>(
  taken: T | string,
  compareIt: (taken: T) => Promise<Fidelity>,
): Promise<(T & Fidelity) | string> {
  if (typeof taken === 'string') return taken;
  const fidelity = await orWhy(() => compareIt(taken));
  return typeof fidelity === 'string' ? fidelity : { ...taken, ...fidelity };
}

const shortly = (taken: { inPageMs: number; savedMs?: number } | string): string =>
  typeof taken === 'string'
    ? taken.slice(0, 80)
    : `${Math.round(taken.inPageMs)}${taken.savedMs === undefined ? '' : `/${Math.round(taken.savedMs)}`} ms`;

const fidelityShortly = (result: Fidelity | string): string =>
  typeof result === 'string'
    ? result.slice(0, 80)
    : `${[result.text, result.picture, result.nodes, result.form].map((share) => share?.toFixed(3) ?? '–').join(' ')} (${result.why.slice(0, 3).join(', ')})`;
